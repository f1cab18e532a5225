#pragma once
/// Many entries, by ascending instant, equals in the order in which they were pushed.
///
/// The simple idea: entries lie unsorted in buckets of time, in the order in which they came. The
/// bucket whose time has come is sorted, stably, into a short run that is worked off from the
/// front; one that is too full for that is spread over narrower buckets first. Nothing changes the
/// order of equals on the way, so no number of order is kept.
///
/// An entry is moved as often as bytes tell its instant from the present, two or three times, and
/// each move is a copy to the end of a bucket: what it costs hardly grows with how many there are.
/// How wide buckets are is fitted so that one holds a few entries when it is opened.
///
/// Entries whose timer the `slots` do not hold any more are dead, and dropped where one is met.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/quantity.h"
#include "sim/radix_buckets.h"
#include "sim/timer_slots.h"

namespace weir {

template <class Entry>
class Ladder {
 public:
  std::size_t size() const { return size_; }

  /// REQUIRES: size() == 0. From here on nothing is pushed that is before `when`.
  void start(SimTime when) {
    buckets_.set_base(Buckets::ticks(when));
    run_end_ = when;
    run_.clear();
    next_ = 0;
  }

  /// REQUIRES: `when` is not before start(), nor before what front() was asked up to.
  template <class Event>
  void push(SimTime when, TimerId timer, const Event& event) {
    ++size_;
    if (when < run_end_) {
      insert({when, timer, event});
      return;
    }
    Entry& entry = buckets_.room_for(when);
    entry.when = when;
    entry.timer = timer;
    entry.event = event;
  }

  /// The first living entry if it is due by `end`, else null; valid until the next call. Calls
  /// `fetch` with entries that come soon, so that memory that they name can be on its way.
  template <class Fetch>
  const Entry* front(const TimerSlots& slots, SimTime end, const Fetch& fetch) {
    while (true) {
      while (next_ < run_.size()) {
        if (slots.holds(run_[next_].timer)) return run_[next_].when <= end ? &run_[next_] : nullptr;
        ++next_;
        --size_;
      }
      if (!open_run(slots, end, fetch)) return nullptr;
    }
  }

  /// REQUIRES: front() has just returned it.
  void drop_front() {
    ++next_;
    --size_;
  }

  /// Also those that are dead.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t i = next_; i < run_.size(); ++i) visit(run_[i]);
    buckets_.for_each(visit);
  }

  /// Drops the dead. O(size()).
  void sweep(const TimerSlots& slots) {
    drop_worked_off();
    std::erase_if(run_, [&](const Entry& entry) { return !slots.holds(entry.timer); });
    rebuild(slots, buckets_.offset());
  }

 private:
  using Buckets = RadixBuckets<Entry>;

  static constexpr std::size_t kLongest = 32;     // of a run as it is opened: sorting is quadratic
  static constexpr std::size_t kTooLong = 64;     // of a run that has grown
  static constexpr std::size_t kWorkedOff = 512;  // entries before their memory is used again
  static constexpr std::size_t kSample = 4'096;   // entries, to judge the width by
  static constexpr double kFewest = 2.5;          // in a bucket as it is opened, on average
  static constexpr double kMost = 14.0;
  static constexpr double kFitting = 6.0;

  /// Makes a run of the first bucket that has entries. False when none begins by `end`.
  template <class Fetch>
  bool open_run(const TimerSlots& slots, SimTime end, const Fetch& fetch) {
    run_.clear();
    next_ = 0;
    if (opened_entries_ >= kSample) fit_width(slots);
    while (!buckets_.empty()) {
      const auto first = buckets_.first();
      if (Buckets::instant(first.begin) > end) return false;
      Bucket<Entry> opened = buckets_.take(first);
      if (first.level > 0 && opened.size() > kLongest) {
        drain_living(slots, opened, [this](const Entry& entry) { place(entry); });
        continue;
      }
      run_level_ = first.level;
      run_end_ = buckets_.end_of(first);
      fetch_next(slots, first.level, fetch);
      drain_living(slots, opened, [this](const Entry& entry) { insert(entry); });
      opened_entries_ += run_.size();
      ++opened_runs_;
      if (!run_.empty()) return true;
    }
    return false;
  }

  void place(const Entry& entry) { buckets_.room_for(entry.when) = entry; }

  template <class Visit>
  void drain_living(const TimerSlots& slots, Bucket<Entry>& bucket, const Visit& visit) {
    buckets_.drain(bucket, [&](const Entry& entry) {
      if (slots.holds(entry.timer)) {
        visit(entry);
      } else {
        --size_;
      }
    });
  }

  /// What lies in the bucket after the one being opened comes next.
  template <class Fetch>
  void fetch_next(const TimerSlots& slots, std::size_t level, const Fetch& fetch) const {
    if (const Bucket<Entry>* bucket = buckets_.first_of(level))
      bucket->for_first_chunk([&](const Entry& entry) {
        slots.fetch(entry.timer);
        fetch(entry);
      });
  }

  /// Shifts the bytes so that the buckets that are opened hold a few entries: opening many that
  /// hold hardly one costs as much as sorting few that hold many.
  void fit_width(const TimerSlots& slots) {
    const double mean = static_cast<double>(opened_entries_) / static_cast<double>(opened_runs_);
    opened_entries_ = opened_runs_ = 0;
    if (mean > kFewest && mean < kMost) return;
    const auto wider = static_cast<int>(std::lround(std::log2(kFitting / mean)));
    rebuild(slots,
            static_cast<unsigned>(static_cast<int>(buckets_.offset()) - wider) % Buckets::kBits);
    run_end_ = Buckets::instant(buckets_.base());  // the run is empty, its bucket none any more
  }

  /// Behind all of the run that is not later.
  void insert(const Entry& entry) {
    if (next_ >= kWorkedOff) drop_worked_off();
    std::size_t at = run_.size();
    run_.push_back(entry);
    for (; at > next_ && run_[at - 1].when > entry.when; --at) run_[at] = run_[at - 1];
    run_[at] = entry;
    if (run_.size() - next_ > kTooLong) shorten_run();
  }

  void drop_worked_off() {
    run_.erase(run_.begin(), run_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
  }

  /// Gives back to the buckets what lies beyond the bucket of the run's first entry, on the highest
  /// level that leaves little.
  void shorten_run() {
    const SimTime first = run_[next_].when;
    if (Buckets::ticks(first) < buckets_.base()) return;  // pushed while the clock stood still
    for (std::size_t level = run_level_; level-- > 0;) {
      const std::uint64_t begin = buckets_.begin_of(first, level);
      buckets_.set_base(begin);
      run_end_ = buckets_.end_of({level, begin});
      run_level_ = level;
      const auto beyond =
          std::find_if(run_.begin() + static_cast<std::ptrdiff_t>(next_), run_.end(),
                       [this](const Entry& entry) { return entry.when >= run_end_; });
      for (auto entry = beyond; entry != run_.end(); ++entry) place(*entry);
      run_.erase(beyond, run_.end());
      if (run_.size() - next_ <= kTooLong) return;
    }
  }

  void rebuild(const TimerSlots& slots, unsigned offset) {
    const auto is_living = [&](const Entry& entry) { return slots.holds(entry.timer); };
    size_ = run_.size() - next_ + buckets_.rebuild(offset, is_living);
  }

  Buckets buckets_;            // of what is not before run_end_
  SimTime run_end_{};          // what is earlier belongs to the run
  std::size_t run_level_ = 0;  // whose bucket the run was
  std::size_t next_ = 0;       // of the run
  std::vector<Entry> run_;
  std::size_t size_ = 0;  // those that are dead included
  std::size_t opened_entries_ = 0;
  std::size_t opened_runs_ = 0;
};

}  // namespace weir
