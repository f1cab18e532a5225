#pragma once
/// The pending events of a kernel, by ascending instant, equals in the order in which they came.
///
/// Few are kept in a tournament, many in a ladder; the agenda moves from one to the other by
/// itself, with a distance between up and down so that it does not move often.
///
/// Cancelling moves the generation of the event's slot on and leaves the entry behind, dead. Dead
/// entries are dropped where one is met, or swept when they outnumber the living by 1,024.

#include <algorithm>
#include <cstdint>
#include <utility>

#include "sim/ladder.h"
#include "sim/quantity.h"
#include "sim/timer_slots.h"
#include "sim/tournament.h"

namespace weir {

template <class Event>
class Agenda {
 public:
  struct Entry {
    SimTime when;
    TimerId timer;
    Event event;
  };

  std::size_t pending() const { return slots_.pending(); }
  std::size_t dead() const { return few_.size() + many_.size() - slots_.pending(); }

  /// REQUIRES: `when` is not before any instant that take() was asked up to.
  TimerId add(SimTime when, const Event& event) {
    const TimerId timer = slots_.take();
    if (is_many_) {
      many_.push(when, timer, event);
    } else {
      few_.push(when, timer, event);
      if (few_.size() > kFew) move_to_many();
    }
    return timer;
  }

  bool is_pending(TimerId timer) const { return slots_.holds(timer); }

  /// Whether there was something to cancel. O(1) amortized.
  bool cancel(TimerId timer) {
    if (!slots_.holds(timer)) return false;
    slots_.give_back(timer);
    keep_few_dead();
    return true;
  }

  /// Takes away the first event if it is due by `end`; false if none is. Calls `fetch` with events
  /// that come soon, so that memory that they name can be on its way.
  template <class Fetch>
  bool take(SimTime end, Entry& first, const Fetch& fetch) {
    if (!(is_many_ ? take_of_many(end, first, fetch) : take_of_few(end, first))) return false;
    slots_.give_back(first.timer);
    floor_ = first.when;
    keep_few_dead();
    return true;
  }

  /// The instant of the first event, or kNever. O(pending): for those who look on.
  SimTime next() const {
    SimTime first = kNever;
    const auto look = [&](const Entry& entry) {
      if (slots_.holds(entry.timer)) first = std::min(first, entry.when);
    };
    few_.for_each(look);
    many_.for_each(look);
    return first;
  }

  /// For tests of wrapping.
  void start_generations_at(std::uint32_t generation) { slots_.start_generations_at(generation); }

 private:
  static constexpr std::size_t kSpareDead = 1'024;
  static constexpr std::size_t kFew = 512;
  static constexpr std::size_t kFewAgain = 128;

  bool take_of_few(SimTime end, Entry& first) {
    while (few_.size() > 0) {
      first = few_.first();
      const bool living = slots_.holds(first.timer);
      if (living && first.when > end) return false;
      few_.drop_first();
      if (living) return true;
    }
    return false;
  }

  template <class Fetch>
  bool take_of_many(SimTime end, Entry& first, const Fetch& fetch) {
    const Entry* front =
        many_.front(slots_, end, [&fetch](const Entry& entry) { fetch(entry.event); });
    if (front == nullptr) return false;
    first = *front;
    many_.drop_front();
    if (many_.size() < kFewAgain) move_to_few();
    return true;
  }

  void move_to_many() {
    many_.start(floor_);
    for (; few_.size() > 0; few_.drop_first())
      if (const Entry& first = few_.first(); slots_.holds(first.timer))
        many_.push(first.when, first.timer, first.event);
    is_many_ = true;
  }

  void move_to_few() {
    const auto ignore = [](const Entry&) {};
    while (const Entry* front = many_.front(slots_, kNever, ignore)) {
      few_.push(front->when, front->timer, front->event);
      many_.drop_front();
    }
    is_many_ = false;
  }

  /// The living get fewer by running, too. An entry is swept once, so a cancel still costs O(1).
  void keep_few_dead() {
    if (dead() <= pending() + kSpareDead) return;
    if (!is_many_) move_to_many();  // which drops them
    many_.sweep(slots_);
  }

  TimerSlots slots_;
  Tournament<Entry> few_;
  Ladder<Entry> many_;
  bool is_many_ = false;
  SimTime floor_{};  // no event comes before it any more
};

}  // namespace weir
