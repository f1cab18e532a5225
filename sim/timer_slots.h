#pragma once
/// Handles of pending events: a slot each, and which generation of it is meant.

#include <cstdint>
#include <vector>

#include "sim/check.h"
#include "sim/quantity.h"

namespace weir {

/// Names one scheduled event. It goes stale when the event has run or was cancelled.
struct Timer;
using TimerId = Id<Timer>;

/// For each slot the generation that is pending, or would be next. None is ever 0: a slot whose
/// generation wraps stays at 0 and is retired, and nobody holds a handle to it.
class TimerSlots {
 public:
  std::size_t pending() const { return pending_; }

  bool holds(TimerId timer) const {
    return timer.index < generations_.size() && generations_[timer.index] == timer.generation;
  }

  TimerId take() {
    ++pending_;
    if (free_.empty()) return add();
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    return {slot, generations_[slot]};
  }

  /// REQUIRES: holds(timer).
  void give_back(TimerId timer) {
    --pending_;
    if (++generations_[timer.index] != 0) free_.push_back(timer.index);
  }

  /// Has the memory of a slot on its way, for give_back().
  void fetch(TimerId timer) const { __builtin_prefetch(&generations_[timer.index], 1); }

  /// For tests of wrapping: slots that are added from here on begin with this generation.
  void start_generations_at(std::uint32_t generation) { first_generation_ = generation; }

 private:
  TimerId add() {
    WEIR_CHECK(generations_.size() < TimerId::kNone, "more than 2^32 - 1 events are pending");
    generations_.push_back(first_generation_);
    free_.reserve(generations_.capacity());  // giving a slot back never allocates
    return {static_cast<std::uint32_t>(generations_.size() - 1), first_generation_};
  }

  std::size_t pending_ = 0;
  std::uint32_t first_generation_ = 1;
  std::vector<std::uint32_t> generations_;
  std::vector<std::uint32_t> free_;
};

}  // namespace weir
