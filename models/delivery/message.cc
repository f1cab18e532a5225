#include "models/delivery/message.h"

namespace weir {
namespace {

using enum MessageState;

bool is_allowed(MessageState from, MessageState to) {
  switch (from) {
    case finished:
      return to == queued || to == in_system;
    case queued:
      return to == connecting || to == sending || to == waiting || to == finished;
    case connecting:
      return to == sending || to == waiting || to == finished;
    case sending:
      return to == connecting || to == waiting || to == in_system || to == finished;
    case waiting:
    case in_system:
      return to == queued || to == finished;
  }
  return false;
}

}  // namespace

void Message::enter(MessageState to) {
  WEIR_CHECK(is_allowed(state, to), "a message cannot change to that state from where it is");
  state = to;
}

Id<Message> MessageTable::create() {
  ++live_;
  if (!free_.empty()) {
    const std::uint32_t index = free_.back();
    free_.pop_back();
    cells_[index] = Message{};
    return id_of(index);
  }
  WEIR_CHECK(cells_.size() < Id<Message>::kNone, "more than 2^32 - 1 messages are in flight");
  cells_.emplace_back();
  generations_.push_back(first_generation_);
  return id_of(static_cast<std::uint32_t>(cells_.size() - 1));
}

void MessageTable::remove(Id<Message> id) {
  WEIR_CHECK(is_live(id), "a message was removed twice");
  WEIR_CHECK(cells_[id.index].state == finished, "only a finished message is removed");
  --live_;
  // A cell whose generation would wrap is retired: no old id may ever fit it again.
  if (++generations_[id.index] != 0) free_.push_back(id.index);
}

}  // namespace weir
