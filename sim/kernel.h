#pragma once
/// The clock and the agenda: the only code that decides what happens next.
///
/// Order is part of the contract. Events run by ascending instant; events at the same instant run
/// in the order in which they were scheduled, on every machine. Scheduling at now() runs after all
/// that is already due. A cancelled event never runs; re-arming is cancelling and scheduling anew.
///
/// The simple idea: a binary heap of 16-byte records {instant, slot, generation}; the event itself
/// and its 64-bit scheduling number stay in the slot, and the number is read only on a tie. So
/// cancelling is O(1): the slot's generation moves on and the record, now dead, is dropped when it
/// comes up, or swept when the dead outnumber the living by 1,024. A slot is used again only after
/// its record has left. Scheduling and running cost O(log n) and, once grown, no allocation.

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/check.h"
#include "sim/quantity.h"
#include "sim/units.h"

namespace weir {

/// Names one scheduled event. It goes stale when the event has run or was cancelled.
struct Timer;
using TimerId = Id<Timer>;

template <class Event>
class Kernel {
  static_assert(std::is_trivially_copyable_v<Event> && sizeof(Event) <= 16,
                "an event is a short note that names things by Id; it owns nothing");

 public:
  SimTime now() const { return now_; }
  std::uint64_t executed() const { return executed_; }  // events run so far
  std::size_t pending() const { return heap_.size() - dead_; }
  std::size_t dead() const { return dead_; }

  /// The instant of the next event, or kNever. Drops dead records at the front.
  SimTime next() {
    drop_dead();
    return heap_.empty() ? kNever : heap_.front().when;
  }

  /// REQUIRES: now() <= when < kNever.
  TimerId at(SimTime when, const Event& event) {
    WEIR_CHECK(when >= now_, "an event was scheduled before now");
    WEIR_CHECK(when < kNever, "an event was scheduled for never");
    const std::uint32_t slot = take_slot();
    slots_[slot].event = event;
    slots_[slot].number = next_number_++;
    slots_[slot].live = true;
    heap_.push_back({when, slot, slots_[slot].generation});
    std::push_heap(heap_.begin(), heap_.end(), runs_later());
    return {slot, slots_[slot].generation};
  }

  /// REQUIRES: delay >= 0, and now() + delay is an instant; else a failed check naming the delay.
  TimerId in(Duration delay, const Event& event) {
    WEIR_CHECK(delay >= Duration::zero(), "a negative delay: " + to_text(delay));
    WEIR_CHECK(delay < kNever - now_, "now + a delay of " + to_text(delay) + " is no instant");
    return at(now_ + delay, event);
  }

  bool is_pending(TimerId timer) const {
    return timer.index < slots_.size() && slots_[timer.index].generation == timer.generation &&
           slots_[timer.index].live;
  }

  /// Whether there was something to cancel: a stale or empty handle is none. O(1) amortized.
  bool cancel(TimerId timer) {
    if (!is_pending(timer)) return false;
    slots_[timer.index].live = false;
    ++dead_;
    keep_few_dead();
    return true;
  }

  /// Moves a pending event to `when`, behind what is already scheduled for that instant.
  /// REQUIRES: is_pending(timer).
  TimerId rearm(TimerId timer, SimTime when) {
    WEIR_CHECK(is_pending(timer), "only a pending event can be re-armed");
    const Event event = slots_[timer.index].event;
    cancel(timer);
    return at(when, event);
  }

  /// Runs the next event, if it is due by `end`. `handle(event)` may schedule and cancel.
  template <class Handler>
  bool step(SimTime end, Handler&& handle) {
    drop_dead();
    if (heap_.empty() || heap_.front().when > end) return false;
    const Record due = pop();
    const Event event = slots_[due.slot].event;
    release(due.slot);
    keep_few_dead();
    now_ = due.when;
    ++executed_;
    check_context().now = now_;
    check_context().event = executed_;
    handle(event);
    return true;
  }

  /// Runs all events up to and including `end`, then sets the clock to `end`.
  template <class Handler>
  void run_until(SimTime end, Handler&& handle) {
    while (step(end, handle)) {
    }
    now_ = std::max(now_, end);
  }

  /// Like run_until, but asks `stop()` before each event and then leaves the clock where it is.
  /// Returns whether it was stopped.
  template <class Handler, class Stop>
  bool run_until(SimTime end, Handler&& handle, Stop&& stop) {
    while (!stop())
      if (!step(end, handle)) {
        now_ = std::max(now_, end);
        return false;
      }
    return true;
  }

  /// Starts the generation of slots given out from here on at `generation`; for tests of wrapping.
  void start_generations_at(std::uint32_t generation) { first_generation_ = generation; }

 private:
  static constexpr std::size_t kSpareDead = 1'024;

  struct Record {
    SimTime when;
    std::uint32_t slot;
    std::uint32_t generation;
  };
  static_assert(sizeof(Record) == 16);

  struct Slot {
    Event event;
    std::uint64_t number = 0;  // order of scheduling
    std::uint32_t generation = 0;
    bool live = false;
  };

  auto runs_later() const {
    return [this](const Record& a, const Record& b) {
      return a.when != b.when ? a.when > b.when : slots_[a.slot].number > slots_[b.slot].number;
    };
  }

  std::uint32_t take_slot() {
    if (!free_.empty()) {
      const std::uint32_t slot = free_.back();
      free_.pop_back();
      return slot;
    }
    WEIR_CHECK(slots_.size() < TimerId::kNone, "more than 2^32 - 1 events are pending");
    slots_.emplace_back().generation = first_generation_;
    free_.reserve(slots_.capacity());  // giving a slot back never allocates
    return static_cast<std::uint32_t>(slots_.size() - 1);
  }

  /// Gives the slot back once its record has left; one whose generation would wrap is retired.
  void release(std::uint32_t slot) {
    slots_[slot].live = false;
    if (++slots_[slot].generation != 0) free_.push_back(slot);
  }

  Record pop() {
    std::pop_heap(heap_.begin(), heap_.end(), runs_later());
    const Record record = heap_.back();
    heap_.pop_back();
    return record;
  }

  void drop_dead() {
    while (dead_ > 0 && !slots_[heap_.front().slot].live) {
      release(pop().slot);
      --dead_;
    }
  }

  /// The living get fewer by running, too. A record is swept once, so a cancel still costs O(1).
  void keep_few_dead() {
    if (dead_ > pending() + kSpareDead) sweep();
  }

  void sweep() {
    std::erase_if(heap_, [this](const Record& record) {
      if (slots_[record.slot].live) return false;
      release(record.slot);
      return true;
    });
    std::make_heap(heap_.begin(), heap_.end(), runs_later());
    dead_ = 0;
  }

  SimTime now_{};
  std::uint64_t next_number_ = 0;
  std::uint64_t executed_ = 0;
  std::size_t dead_ = 0;
  std::uint32_t first_generation_ = 0;
  std::vector<Record> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace weir
