#pragma once
/// Drives one controller as a lane does, with mail that never ends, against a site of so many
/// connections: small enough to be checked by reading.

#include <functional>
#include <queue>

#include "models/control/controller.h"
#include "tests/models/make_model.h"

namespace weir::control::testing {

using namespace weir::testing;

inline std::unique_ptr<Controller> controller(std::string_view name, const Keys& keys = {}) {
  return make_model<Controller>(catalogue(), name, keys);
}

inline std::vector<std::string> problems(std::string_view name, const Keys& keys) {
  return problems_of(catalogue(), name, keys, "s.toml");
}

/// A refusal of the message, with the connection that carried it the only one.
inline Refusal refusal(Duration when, Reply reply, std::int64_t busy = 1) {
  return {.now = at(when), .reply = reply, .stage = Stage::transaction, .busy = busy};
}

/// A connection that was turned away.
inline Refusal turned_away(Duration when, std::int64_t busy = 1,
                           Reply reply = Reply::concurrency_limited) {
  return {.now = at(when), .reply = reply, .stage = Stage::connection, .busy = busy};
}

class Drive {
 public:
  struct Site {
    std::int64_t connections = 1'000'000;  // one more is turned away
    Duration connect_time{};
    /// How long the nth transaction takes, n from 0.
    std::function<Duration(std::uint64_t)> transaction_time = [](std::uint64_t) {
      return Duration{1s};
    };
  };

  Drive(std::unique_ptr<Controller> controller, Site site)
      : controller_(std::move(controller)), site_(std::move(site)) {}

  /// Runs until `end`.
  void run(Duration end) {
    pump();
    while (!agenda_.empty() && agenda_.top().when <= at(end)) {
      const Event event = agenda_.top();
      agenda_.pop();
      now_ = event.when;
      event.act();
    }
  }

  const std::vector<SimTime>& messages() const { return messages_; }  // when each was started
  const std::vector<SimTime>& connections() const { return connections_; }
  std::uint64_t accepted() const { return accepted_; }
  std::uint64_t refused() const { return refused_; }
  std::int64_t most_open() const { return most_open_; }

 private:
  struct Event {
    SimTime when;
    std::uint64_t number;
    std::function<void()> act;
    bool operator>(const Event& other) const {
      return std::pair(when, number) > std::pair(other.when, other.number);
    }
  };

  void in(Duration wait, std::function<void()> act) {
    agenda_.push({now_ + wait, ++scheduled_, std::move(act)});
  }

  /// Wakes the lane at `when`; whether that is later than now.
  bool waits_until(SimTime when) {
    if (when <= now_) return false;
    if (!(now_ < wakes_at_ && wakes_at_ <= when)) {
      wakes_at_ = when;
      in(when - now_, [this] { pump(); });
    }
    return true;
  }

  bool may_start() {
    return !waits_until(controller_->held_until()) && !waits_until(controller_->next_message(now_));
  }

  void pump() {
    while (may_start() && busy_ < controller_->connection_limit(now_) &&
           !waits_until(controller_->next_connection(now_))) {
      most_open_ = std::max(most_open_, ++busy_);
      controller_->connection_started(now_);
      connections_.push_back(now_);
      start();
      in(site_.connect_time, [this] { connected(); });
    }
  }

  void start() {
    controller_->message_started(now_);
    messages_.push_back(now_);
  }

  void connected() {
    if (open_ < site_.connections) {
      ++open_;
      transact(1);
      return;
    }
    ++refused_;
    controller_->refused(turned_away(now_.time_since_epoch(), busy_--));
    pump();
  }

  void transact(std::int64_t carried) {
    in(site_.transaction_time(transactions_++), [this, carried] { replied(carried); });
  }

  void replied(std::int64_t carried) {
    ++accepted_;
    controller_->succeeded(now_, busy_);
    if (carried < controller_->messages_per_connection(now_) &&
        busy_ <= controller_->connection_limit(now_) && may_start()) {
      start();
      transact(carried + 1);
    } else {
      --busy_;
      --open_;
    }
    pump();
  }

  std::unique_ptr<Controller> controller_;
  Site site_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> agenda_;
  SimTime now_{};
  SimTime wakes_at_ = SimTime::min();
  std::uint64_t scheduled_ = 0;
  std::uint64_t transactions_ = 0;
  std::uint64_t accepted_ = 0;
  std::uint64_t refused_ = 0;
  std::int64_t busy_ = 0;
  std::int64_t open_ = 0;
  std::int64_t most_open_ = 0;
  std::vector<SimTime> messages_;
  std::vector<SimTime> connections_;
};

}  // namespace weir::control::testing
