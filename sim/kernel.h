#pragma once
/// The clock and the agenda: the only code that decides what happens next.
///
/// Order is part of the contract. Events run by ascending instant; events at the same instant run
/// in the order in which they were scheduled, on every machine. Scheduling at now() runs after all
/// that is already due. A cancelled event never runs; re-arming is cancelling and scheduling anew.
///
/// How the agenda keeps that order is told in agenda.h. Once it has grown, nothing is allocated.

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "sim/agenda.h"
#include "sim/check.h"
#include "sim/quantity.h"
#include "sim/units.h"

namespace weir {

template <class Event>
class Kernel {
  static_assert(std::is_trivially_copyable_v<Event> && sizeof(Event) <= 16,
                "an event is a short note that names things by Id; it owns nothing");

 public:
  SimTime now() const { return now_; }
  std::uint64_t executed() const { return executed_; }  // events run so far
  std::size_t pending() const { return agenda_.pending(); }
  std::size_t dead() const { return agenda_.dead(); }

  /// The instant of the next event, or kNever. O(pending()) at worst.
  SimTime next() const { return agenda_.next(); }

  /// REQUIRES: now() <= when < kNever.
  TimerId at(SimTime when, const Event& event) {
    WEIR_CHECK(when >= now_, "an event was scheduled before now");
    WEIR_CHECK(when < kNever, "an event was scheduled for never");
    return agenda_.add(when, event);
  }

  /// REQUIRES: delay >= 0, and now() + delay is an instant; else a failed check naming the delay.
  TimerId in(Duration delay, const Event& event) {
    if (delay < Duration::zero() || delay >= kNever - now_) [[unlikely]]
      refuse_delay(delay);
    return agenda_.add(now_ + delay, event);
  }

  /// A line for events that are all scheduled with this delay, which is cheaper; the order among
  /// all events is the same. REQUIRES: delay >= 0. At most DelayLines::kMost.
  DelayLineId delay_line(Duration delay) {
    WEIR_CHECK(delay >= Duration::zero(), "a negative delay: " + to_text(delay));
    WEIR_CHECK(agenda_.delay_lines() < DelayLines::kMost, "too many delay lines");
    return agenda_.add_line(delay);
  }

  /// REQUIRES: `line` is of this kernel, and now() + its delay is an instant.
  TimerId in(DelayLineId line, const Event& event) {
    WEIR_CHECK(line.index < agenda_.delay_lines(), "no delay line of this kernel");
    const Duration delay = agenda_.delay(line);
    if (delay >= kNever - now_) [[unlikely]]
      refuse_delay(delay);
    return agenda_.add(line, now_ + delay, event);
  }

  bool is_pending(TimerId timer) const { return agenda_.is_pending(timer); }

  /// Whether there was something to cancel: a stale or empty handle is none. O(1) amortized.
  bool cancel(TimerId timer) { return agenda_.cancel(timer); }

  /// Moves a pending event to `when`, behind what is already scheduled for that instant.
  /// REQUIRES: is_pending(timer).
  TimerId rearm(TimerId timer, SimTime when) {
    WEIR_CHECK(is_pending(timer), "only a pending event can be re-armed");
    const Event event = agenda_.event(timer);
    cancel(timer);
    return at(when, event);
  }

  /// Runs the next event, if it is due by `end`. `handle(event)` may schedule and cancel. If there
  /// is a `handle.prefetch(event)`, it is called ahead of events where the agenda has them at hand.
  template <class Handler>
  bool step(SimTime end, Handler&& handle) {
    const auto fetch = [&]([[maybe_unused]] const Event& soon) {
      if constexpr (requires { handle.prefetch(soon); }) handle.prefetch(soon);
    };
    Event due;
    if (!agenda_.take(end, now_, due, fetch)) return false;
    ++executed_;
    check_context().now = now_;
    check_context().event = executed_;
    handle(due);
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
  void start_generations_at(std::uint32_t generation) { agenda_.start_generations_at(generation); }

 private:
  [[gnu::cold, gnu::noinline]] void refuse_delay(Duration delay) const {
    WEIR_CHECK(delay >= Duration::zero(), "a negative delay: " + to_text(delay));
    WEIR_CHECK(delay < kNever - now_, "now + a delay of " + to_text(delay) + " is no instant");
  }

  SimTime now_{};
  std::uint64_t executed_ = 0;
  Agenda<Event> agenda_;
};

}  // namespace weir
