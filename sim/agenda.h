#pragma once
/// The pending events of a kernel, by ascending instant, equals in the order in which they came.
///
/// Events lie in slots; what is compared and moved are records of 16 bytes that name a slot. Few
/// are kept in a tournament, many in a ladder; the agenda moves from one to the other by itself,
/// with a distance between up and down so that it does not move often. Those of a delay line wait
/// there; between structures, the number that stands in the slot decides about equals.
///
/// Cancelling moves the generation of the event's slot on and leaves the record behind, dead. Dead
/// records are dropped where one is met, or swept when they outnumber the living by 1,024.

#include <algorithm>
#include <cstdint>

#include "sim/delay_line.h"
#include "sim/ladder.h"
#include "sim/timer.h"
#include "sim/timer_slots.h"
#include "sim/tournament.h"

namespace weir {

template <class Event>
class Agenda {
 public:
  std::size_t pending() const { return slots_.pending(); }
  std::size_t dead() const { return dead_; }

  /// REQUIRES: `when` is not before any instant that take() was asked up to.
  TimerId add(SimTime when, const Event& event) {
    const TimerId timer = slots_.take(event);
    add_record({when, timer});
    return timer;
  }

  bool is_pending(TimerId timer) const { return slots_.holds(timer); }

  /// Whether there was something to cancel. O(1) amortized.
  bool cancel(TimerId timer) {
    if (!slots_.holds(timer)) return false;
    slots_.give_back(timer);
    ++dead_;
    keep_few_dead();
    return true;
  }

  /// REQUIRES: is_pending(timer).
  const Event& event(TimerId timer) const { return slots_.event(timer); }

  /// REQUIRES: delay_lines() < DelayLines::kMost.
  DelayLineId add_line(Duration delay) { return lines_.add(delay); }
  std::size_t delay_lines() const { return lines_.size(); }
  Duration delay(DelayLineId line) const { return lines_.delay(line); }

  /// REQUIRES: `when` is the present and the delay of the line.
  TimerId add(DelayLineId line, SimTime when, const Event& event) {
    const TimerId timer = slots_.take(event);
    lines_.push(line, {when, timer}, slots_.number(timer));
    return timer;
  }

  /// Takes away the first event if it is due by `end`; false if none is. Calls `fetch` with events
  /// that may come soon, so that memory that they name can be on its way.
  template <class Fetch>
  bool take(SimTime end, SimTime& when, Event& event, const Fetch& fetch) {
    const Ahead<Fetch> ahead{slots_, fetch};
    while (true) {
      const AgendaRecord first = lines_.empty() ? take_first(end, ahead) : take_of_both(end, ahead);
      if (first.when == kNever) return false;
      if (slots_.holds(first.timer)) [[likely]] {
        when = floor_ = first.when;
        event = slots_.event(first.timer);
        slots_.give_back(first.timer);
        if (dead_ > kSpareDead) [[unlikely]]
          keep_few_dead();
        return true;
      }
      --dead_;
    }
  }

  /// The instant of the first event, or kNever. O(pending): for those who look on.
  SimTime next() const {
    SimTime first = kNever;
    const auto look = [&](const AgendaRecord& record) {
      if (slots_.holds(record.timer)) first = std::min(first, record.when);
    };
    is_many_ ? many_.for_each(look) : few_.for_each(look);
    lines_.for_each(look);
    return first;
  }

  /// For tests of wrapping.
  void start_generations_at(std::uint32_t generation) { slots_.start_generations_at(generation); }

 private:
  static constexpr std::size_t kSpareDead = 1'024;
  static constexpr std::size_t kFewAgain = 64;
  static constexpr std::size_t kCached = 4'096;  // slots that stay in the caches by themselves

  /// Has slots on their way when there are so many that they are not in the caches, and then, by
  /// `fetch`, what their events name.
  template <class Fetch>
  struct Ahead {
    const TimerSlots<Event>& slots;
    const Fetch& fetch;

    std::size_t pending() const { return slots.pending(); }
    bool is_wanted() const { return pending() > kCached; }
    void far(const AgendaRecord& record) const { slots.fetch(record.timer); }
    void near(const AgendaRecord& record) const { fetch(slots.event(record.timer)); }
  };

  void add_record(const AgendaRecord& record) {
    if (is_many_) return many_.push(record);
    if (few_.is_full()) [[unlikely]] {
      move_to_many();
      return many_.push(record);
    }
    few_.push(record, slots_.number(record.timer));
  }

  template <class Fetch>
  AgendaRecord first(SimTime end, const Ahead<Fetch>& ahead) {
    return is_many_ ? many_.first(end, ahead) : few_.first();
  }

  /// Takes away the first record, or answers kNoRecord when it is not due by `end`.
  template <class Fetch>
  AgendaRecord take_first(SimTime end, const Ahead<Fetch>& ahead) {
    const AgendaRecord found = first(end, ahead);
    if (found.when > end) return kNoRecord;
    if (found.when != kNever) drop_first();
    return found;
  }

  /// The same, of those in lines and the others.
  template <class Fetch>
  AgendaRecord take_of_both(SimTime end, const Ahead<Fetch>& ahead) {
    const AgendaRecord in_line = lines_.first();
    const AgendaRecord other = first(std::min(end, in_line.when), ahead);
    if (!is_first_in_line(in_line, other)) return take_first(end, ahead);
    if (in_line.when > end) return kNoRecord;
    dead_ -= lines_.drop_first(slots_, ahead);
    return in_line;
  }

  /// A dead one is no rival: its slot may have another's number by now, and it must go first.
  bool is_first_in_line(const AgendaRecord& in_line, const AgendaRecord& other) const {
    if (in_line.when != other.when) return in_line.when < other.when;
    return in_line.when != kNever && slots_.holds(other.timer) &&
           lines_.first_number() < slots_.number(other.timer);
  }

  void drop_first() {
    if (!is_many_) return few_.drop_first();
    if (many_.drop_first() && slots_.pending() + dead_ < kFewAgain) move_to_few();
  }

  [[gnu::noinline]] void move_to_many() {
    many_.start(floor_);
    is_many_ = true;
    for (AgendaRecord first = few_.first(); first.when != kNever; first = few_.first()) {
      many_.push(first);
      few_.drop_first();
    }
  }

  [[gnu::noinline]] void move_to_few() {
    struct Ignore {
      std::size_t pending() const { return 0; }
      bool is_wanted() const { return false; }
      void far(const AgendaRecord&) const {}
      void near(const AgendaRecord&) const {}
    };
    for (AgendaRecord first = many_.first(kNever, Ignore{}); first.when != kNever;
         first = many_.first(kNever, Ignore{})) {
      few_.push(first, slots_.number(first.timer));
      many_.drop_first();
    }
    is_many_ = false;
  }

  /// The living get fewer by running, too. A record is swept once, so a cancel still costs O(1).
  void keep_few_dead() {
    if (dead_ <= pending() + kSpareDead) return;
    if (!is_many_) move_to_many();
    many_.sweep([this](const AgendaRecord& record) { return slots_.holds(record.timer); });
    lines_.sweep(slots_);
    dead_ = 0;
  }

  TimerSlots<Event> slots_;
  Tournament few_;
  Ladder many_;
  DelayLines lines_;
  bool is_many_ = false;
  std::size_t dead_ = 0;
  SimTime floor_{};  // no event comes before it any more
};

}  // namespace weir
