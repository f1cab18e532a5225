#pragma once
/// Where scheduled events lie until they run: a slot each, which knows the generation that is
/// meant.

#include <cstdint>

#include "sim/check.h"
#include "sim/growing_array.h"
#include "sim/prefetch.h"
#include "sim/timer.h"

namespace weir {

/// A slot has the generation that is pending, or would be next. None is ever 0: a slot whose
/// generation wraps stays at 0 and is retired, and nobody holds a handle to it.
template <class Event>
class TimerSlots {
 public:
  /// Those that are taken.
  std::size_t pending() const { return static_cast<std::size_t>(taken_ - given_back_); }

  bool holds(TimerId timer) const { return timer.index < slots_.size() && still_holds(timer); }

  /// The same. REQUIRES, here and below: it was held once.
  bool still_holds(TimerId timer) const {
    return slots_[timer.index].generation == timer.generation;
  }

  TimerId take(const Event& event) {
    if (free_ == TimerId::kNone) [[unlikely]]
      add();
    const std::uint32_t index = free_;
    Slot& slot = slots_[index];
    free_ = slot.next_free;
    slot.event = event;
    slot.number = taken_++;
    return {index, slot.generation};
  }

  /// REQUIRES: holds(timer).
  void give_back(TimerId timer) {
    ++given_back_;
    Slot& slot = slots_[timer.index];
    if (++slot.generation == 0) [[unlikely]]
      return;
    slot.next_free = free_;
    free_ = timer.index;
  }

  /// Of a slot that was given out anew since, the event that is there now.
  const Event& event(TimerId timer) const { return slots_[timer.index].event; }

  /// How many were taken before it: the order of scheduling.
  std::uint64_t number(TimerId timer) const { return slots_[timer.index].number; }

  /// Has the memory of a slot on its way.
  void fetch(TimerId timer) const { prefetch(&slots_[timer.index]); }

  /// For tests of wrapping: slots that are added from here on begin with this generation.
  void start_generations_at(std::uint32_t generation) { first_generation_ = generation; }

 private:
  struct Slot {
    Event event;
    std::uint32_t generation;
    std::uint32_t next_free;
    std::uint64_t number;
  };

  void add() {
    WEIR_CHECK(slots_.size() < TimerId::kNone, "more than 2^32 - 1 events are pending");
    free_ = static_cast<std::uint32_t>(slots_.size());
    slots_.push_back({Event{}, first_generation_, TimerId::kNone, 0});
  }

  std::uint64_t taken_ = 0;
  GrowingArray<Slot> slots_;
  std::uint32_t free_ = TimerId::kNone;
  std::uint32_t first_generation_ = 1;
  std::uint64_t given_back_ =
      0;  // apart from taken_: side by side, they are packed for one addition
};

}  // namespace weir
