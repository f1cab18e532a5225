#pragma once
/// The servers of a system and the messages that wait for one: first come, first served.

#include <algorithm>

#include "models/delivery/message.h"

namespace weir {

class Stage {
 public:
  Stage(std::int64_t servers, MessageTable& messages) : servers_(servers), messages_(&messages) {}

  /// A message goes through without any work.
  void pass() { ++taken_; }

  /// Whether a server takes the message at once; else it waits its turn.
  bool take(Id<Message> id, SimTime now) {
    ++taken_;
    if (busy_ < servers_) {
      count_busy(now);
      ++busy_;
      return true;
    }
    (*messages_)[id].link = Id<Message>::kNone;
    if (head_ == Id<Message>::kNone) {
      head_ = id.index;
    } else {
      messages_->cell(tail_).link = id.index;
    }
    tail_ = id.index;
    longest_ = std::max(longest_, ++waiting_);
    return false;
  }

  /// A server is through with its message. Whether it takes the next, which is `next` then.
  bool hand_on(SimTime now, Id<Message>& next) {
    if (head_ == Id<Message>::kNone) {
      count_busy(now);
      --busy_;
      return false;
    }
    next = messages_->id_of(head_);
    head_ = messages_->cell(head_).link;
    --waiting_;
    return true;
  }

  std::uint64_t taken() const { return taken_; }
  std::uint64_t waiting() const { return waiting_; }
  std::uint64_t longest_queue() const { return longest_; }

  /// Share of all server time until `now` that was spent working. REQUIRES: now > 0.
  double utilisation(SimTime now) const {
    const Wide busy = busy_time_ + Wide{busy_} * (now - since_).count();
    return static_cast<double>(busy) /
           (static_cast<double>(servers_) * static_cast<double>(now.time_since_epoch().count()));
  }

 private:
  void count_busy(SimTime now) {
    busy_time_ += Wide{busy_} * (now - since_).count();
    since_ = now;
  }

  std::int64_t servers_;
  MessageTable* messages_;
  std::uint32_t head_ = Id<Message>::kNone;
  std::uint32_t tail_ = Id<Message>::kNone;
  std::uint64_t waiting_ = 0;
  std::uint64_t longest_ = 0;
  std::uint64_t taken_ = 0;
  std::int64_t busy_ = 0;
  Wide busy_time_{};  // servers x nanoseconds
  SimTime since_{};
};

}  // namespace weir
