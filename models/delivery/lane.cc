#include "models/delivery/lane.h"

namespace weir {

void Lane::push(MessageTable& messages_in_flight, Id<Message> id) {
  messages_in_flight.cell(id.index).link = Id<Message>::kNone;
  if (tail == Id<Message>::kNone) {
    head = id.index;
  } else {
    messages_in_flight.cell(tail).link = id.index;
  }
  tail = id.index;
  ++queued;
}

Id<Message> Lane::pop(MessageTable& messages_in_flight) {
  WEIR_ASSERT(queued > 0, "an empty queue was popped");
  const std::uint32_t index = head;
  head = messages_in_flight.cell(index).link;
  if (head == Id<Message>::kNone) {
    tail = head;
  } else {
    messages_in_flight.fetch(head);  // it is the next one asked for
  }
  --queued;
  return messages_in_flight.id_of(index);
}

}  // namespace weir
