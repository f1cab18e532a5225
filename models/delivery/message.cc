#include "models/delivery/message.h"

namespace weir {

static_assert(sizeof(Message) == 64, "a message is one cache line");

Id<Message> MessageTable::create(const Message& message) {
  ++live_;
  if (free_ != Message::kNone) {
    const std::uint32_t index = free_;
    Message& cell = cells_[index];
    const std::uint32_t generation = cell.generation;
    free_ = cell.link;
    cell = message;
    cell.generation = generation;
    return {index, generation};
  }
  WEIR_CHECK(cells_.size() < Message::kNone, "more than 2^32 - 1 messages are in flight");
  cells_.add(message).generation = first_generation_;
  return {static_cast<std::uint32_t>(cells_.size() - 1), first_generation_};
}

void MessageTable::remove(Id<Message> id) {
  WEIR_CHECK(is_live(id), "a message was removed twice");
  Message& cell = cells_[id.index];
  WEIR_CHECK(cell.state == MessageState::finished, "only a finished message is removed");
  --live_;
  // A cell whose generation would wrap is retired: no old id may ever fit it again.
  if (++cell.generation == 0) return;
  cell.link = free_;
  free_ = id.index;
}

}  // namespace weir
