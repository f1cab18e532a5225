#pragma once
/// Records by ascending instant, equals by number: in a tournament while they are few, in a ladder
/// when they are many. It moves from one to the other by itself, with a distance between up and
/// down so that it does not move often.

#include "sim/ladder.h"
#include "sim/timer.h"
#include "sim/tournament.h"

namespace weir {

class FewOrMany {
 public:
  /// REQUIRES: `record.when` is not before what first() was asked up to; `number` is larger than
  /// that of every record of the same instant.
  void push(const AgendaRecord& record, std::uint64_t number) {
    if (is_many_) return many_.push(record);
    if (few_.is_full()) [[unlikely]] {
      move_to_many();
      return many_.push(record);
    }
    few_.push(record, number);
  }

  /// The first record, or one later than `end` when none is due by then. For `ahead` see ladder.h.
  template <class Ahead>
  AgendaRecord first(SimTime end, const Ahead& ahead) {
    return is_many_ ? many_.first(end, ahead) : few_.first();
  }

  /// Takes away the first record, or answers kNoRecord when it is not due by `end`. `size` is how
  /// many there are; `slots` knows their numbers.
  template <class Ahead, class Slots>
  AgendaRecord take(SimTime end, const Ahead& ahead, std::size_t size, const Slots& slots) {
    if (is_many_) return take_of_many(end, ahead, size, slots);
    const AgendaRecord first = few_.first();
    if (first.when > end || first.when == kNever) return kNoRecord;
    few_.drop_first();
    floor_ = first.when;
    return first;
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    is_many_ ? many_.for_each(visit) : few_.for_each(visit);
  }

  /// Drops those that `slots` does not hold. O(size).
  template <class Slots>
  void sweep(const Slots& slots) {
    if (!is_many_) move_to_many();
    many_.sweep([&slots](const AgendaRecord& record) { return slots.holds(record.timer); });
  }

 private:
  static constexpr std::size_t kFewAgain = Tournament::kMost / 4;

  struct NothingAhead {
    static std::size_t pending() { return 0; }
    static bool is_wanted() { return false; }
    static void far(const AgendaRecord&) {}
    static void near(const AgendaRecord&) {}
  };

  template <class Ahead, class Slots>
  AgendaRecord take_of_many(SimTime end, const Ahead& ahead, std::size_t size, const Slots& slots) {
    const AgendaRecord first = many_.first(end, ahead);
    if (first.when > end || first.when == kNever) return kNoRecord;
    floor_ = first.when;
    if (many_.drop_first() && size < kFewAgain) move_to_few(slots);
    return first;
  }

  [[gnu::noinline]] void move_to_many() {
    many_.start(floor_);
    is_many_ = true;
    for (AgendaRecord first = few_.first(); first.when != kNever; first = few_.first()) {
      many_.push(first);
      few_.drop_first();
    }
  }

  template <class Slots>
  [[gnu::noinline]] void move_to_few(const Slots& slots) {
    for (AgendaRecord first = many_.first(kNever, NothingAhead{}); first.when != kNever;
         first = many_.first(kNever, NothingAhead{})) {
      few_.push(first, slots.number(first.timer));
      many_.drop_first();
    }
    is_many_ = false;
  }

  Tournament few_;
  Ladder many_;
  bool is_many_ = false;
  SimTime floor_{};  // nothing comes before it any more
};

}  // namespace weir
