#pragma once
/// What is known of a message only while it is in an attempt.
///
/// Attempts go on over connections, of which there are few at a time: their table stays small
/// however many messages wait.

#include <vector>

#include "models/delivery/message.h"
#include "models/reply.h"

namespace weir {

struct Lane;

struct Attempt {
  SimTime started{};
  std::uint16_t on_connection = 1;  // how many messages the connection has carried, with this one
  std::uint16_t unknown = 0;        // of the recipients
  std::uint16_t next_organisation = Message::kNone16;  // as the site admitted the message
  std::uint8_t tried = 0;                              // hosts tried
  std::uint8_t passed = 0;                             // hosts of the hop gone through with that
  bool checked = false;  // once accepted, recipients that do not exist will have been taken out
  Reply reply = Reply::accepted;
};

/// A message in an attempt, and what belongs to it.
struct Underway {
  Id<Message> id;
  Message& message;
  Attempt& attempt;
  Lane& lane;
};

class AttemptTable {
 public:
  /// Begins one, whose cell the message keeps as its link.
  Attempt& begin(Message& message) {
    if (free_.empty()) {
      message.link = static_cast<std::uint32_t>(cells_.size());
      return cells_.add({});
    }
    message.link = free_.back();
    free_.pop_back();
    return cells_[message.link] = {};
  }

  /// REQUIRES: the message is in an attempt, as for end().
  Attempt& of(const Message& message) { return cells_[message.link]; }

  /// Frees the cell; what was known of the attempt.
  Attempt end(const Message& message) {
    free_.push_back(message.link);
    return cells_[message.link];
  }

 private:
  Cells<Attempt> cells_;
  std::vector<std::uint32_t> free_;
};

}  // namespace weir
