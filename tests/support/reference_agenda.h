#pragma once
/// An agenda that is right at a glance: an ordered map by (instant, number).
///
/// Handles are the numbers themselves. It is what sim/kernel.h is compared with.

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "sim/quantity.h"

namespace weir::testing {

template <class Event>
class ReferenceAgenda {
 public:
  using Number = std::uint64_t;

  SimTime now() const { return now_; }
  std::uint64_t executed() const { return executed_; }
  std::size_t pending() const { return events_.size(); }
  SimTime next() const { return events_.empty() ? kNever : events_.begin()->first.first; }

  Number at(SimTime when, const Event& event) {
    events_.emplace(std::pair(when, number_), event);
    instants_.emplace(number_, when);
    return number_++;
  }

  bool is_pending(Number number) const { return instants_.contains(number); }

  bool cancel(Number number) {
    const auto entry = instants_.find(number);
    if (entry == instants_.end()) return false;
    events_.erase({entry->second, number});
    instants_.erase(entry);
    return true;
  }

  Number rearm(Number number, SimTime when) {
    const Event event = events_.at({instants_.at(number), number});
    cancel(number);
    return at(when, event);
  }

  /// The next event if it is due by `end`.
  std::optional<Event> step(SimTime end) {
    if (next() > end) return std::nullopt;
    const auto first = events_.begin();
    const Event event = first->second;
    now_ = first->first.first;
    ++executed_;
    instants_.erase(first->first.second);
    events_.erase(first);
    return event;
  }

  void advance(SimTime end) { now_ = std::max(now_, end); }

 private:
  SimTime now_{};
  Number number_ = 0;
  std::uint64_t executed_ = 0;
  std::map<std::pair<SimTime, Number>, Event> events_;
  std::map<Number, SimTime> instants_;
};

}  // namespace weir::testing
