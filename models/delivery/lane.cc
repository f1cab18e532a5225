#include "models/delivery/lane.h"

namespace weir {

void Lane::push(MessageTable& messages_in_flight, Id<Message> id) {
  messages_in_flight.cell(id.index).next = Id<Message>::kNone;
  if (tail == Id<Message>::kNone) {
    head = id.index;
  } else {
    messages_in_flight.cell(tail).next = id.index;
  }
  tail = id.index;
  ++queued;
}

Id<Message> Lane::pop(MessageTable& messages_in_flight) {
  WEIR_ASSERT(queued > 0, "an empty queue was popped");
  const std::uint32_t index = head;
  head = messages_in_flight.cell(index).next;
  if (head == Id<Message>::kNone) tail = head;
  --queued;
  return messages_in_flight.id_of(index);
}

}  // namespace weir
