#pragma once
/// Many entries, by ascending instant, equals in the order in which they were pushed.
///
/// The simple idea: entries lie unsorted in buckets of time, in the order in which they came. The
/// bucket whose time has come is sorted, stably, into a short run that is worked off from the
/// front. Nothing changes the order of equals on the way, so no number of order is kept.
///
/// The buckets are those of a radix heap (Ahuja, Mehlhorn, Orlin and Tarjan 1990), 256 to a level:
/// an entry lies on the level of the highest byte in which its instant differs from `base_`, in the
/// bucket of that byte. A bucket too full for a run is spread over the levels below it. So an entry
/// is moved as often as bytes tell it from the present, two or three times, and each move is a copy
/// to the end of a bucket: what it costs hardly grows with how many there are. Where bytes begin is
/// fitted so that a bucket holds a few entries when it is opened.
///
/// Entries whose timer the `slots` do not hold any more are dead, and dropped where one is met.

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/bucket.h"
#include "sim/quantity.h"
#include "sim/timer_slots.h"

namespace weir {

template <class Entry>
class Ladder {
 public:
  std::size_t size() const { return size_; }

  /// REQUIRES: size() == 0. From here on nothing is pushed that is before `when`.
  void start(SimTime when) {
    base_ = ticks(when);
    run_end_ = when;
    run_.clear();
    next_ = 0;
  }

  /// REQUIRES: `entry.when` is not before start(), nor before what front() was asked up to.
  template <class Event>
  void push(SimTime when, TimerId timer, const Event& event) {
    ++size_;
    if (when < run_end_) {
      insert({when, timer, event});
      return;
    }
    Entry& entry = room_for(when);
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
    for (const Level& level : levels_)
      for (const Bucket<Entry>& bucket : level.buckets) bucket.for_each(visit);
  }

  /// Drops the dead. O(size()).
  void sweep(const TimerSlots& slots) {
    run_.erase(run_.begin(), run_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
    std::erase_if(run_, [&](const Entry& entry) { return !slots.holds(entry.timer); });
    rebuild(slots, offset_);
  }

 private:
  static constexpr unsigned kBits = 8;  // of an instant, for each level
  static constexpr std::size_t kLevels = 9;
  static constexpr std::size_t kWidth = 1U << kBits;
  static constexpr std::size_t kLongest = 32;     // of a run as it is opened: sorting is quadratic
  static constexpr std::size_t kTooLong = 64;     // of a run that has grown
  static constexpr std::size_t kWorkedOff = 512;  // entries before their memory is used again
  static constexpr std::size_t kSample = 4'096;   // entries, to judge the width by
  static constexpr double kFewest = 2.5;          // in a bucket as it is opened, on average
  static constexpr double kMost = 14.0;
  static constexpr double kFitting = 6.0;

  struct Level {
    std::array<std::uint64_t, kWidth / 64> filled{};  // a bit for each bucket
    std::array<Bucket<Entry>, kWidth> buckets{};

    void mark(std::size_t bucket) { filled[bucket / 64] |= 1ULL << (bucket % 64); }
    void unmark(std::size_t bucket) { filled[bucket / 64] &= ~(1ULL << (bucket % 64)); }
    bool empty() const { return (filled[0] | filled[1] | filled[2] | filled[3]) == 0; }

    /// The first filled one; kWidth if there is none.
    std::size_t first() const {
      for (std::size_t word = 0; word < filled.size(); ++word)
        if (filled[word] != 0)
          return word * 64 + static_cast<std::size_t>(std::countr_zero(filled[word]));
      return kWidth;
    }
  };

  static std::uint64_t ticks(SimTime when) {
    return static_cast<std::uint64_t>(when.time_since_epoch().count());
  }
  static SimTime instant(std::uint64_t ticks) {
    return SimTime{Duration{static_cast<std::int64_t>(ticks)}};
  }

  /// The lowest bit of a level's byte: bytes begin `offset_` bits below the lowest bit there is.
  unsigned shift(std::size_t level) const {
    return level == 0 ? 0 : static_cast<unsigned>(kBits * level) - offset_;
  }
  std::uint64_t low_bits(std::size_t level) const {
    return shift(level) < 64 ? (1ULL << shift(level)) - 1 : ~std::uint64_t{0};
  }

  void place(const Entry& entry) { room_for(entry.when) = entry; }

  Entry& room_for(SimTime when) {
    const std::uint64_t differs = ticks(when) ^ base_;
    const auto highest = static_cast<unsigned>(63 - std::countl_zero(differs | 1));
    const std::size_t level = (highest + offset_) / kBits;
    const std::size_t bucket = (ticks(when) >> shift(level)) % kWidth;
    levels_[level].mark(bucket);
    used_ |= 1U << level;
    return levels_[level].buckets[bucket].append(chunks_);
  }

  /// Makes a run of the first bucket that has entries. False when none begins by `end`.
  template <class Fetch>
  bool open_run(const TimerSlots& slots, SimTime end, const Fetch& fetch) {
    run_.clear();
    next_ = 0;
    if (opened_entries_ >= kSample) fit_width(slots);
    while (used_ != 0) {
      const auto level = static_cast<std::size_t>(std::countr_zero(used_));
      const std::size_t bucket = levels_[level].first();
      const std::uint64_t above = base_ & ~low_bits(level + 1);
      const std::uint64_t begin = above | (std::uint64_t{bucket} << shift(level));
      if (instant(begin) > end) return false;
      base_ = begin;
      Bucket<Entry> opened = take_bucket(level, bucket);
      if (level > 0 && opened.size() > kLongest) {
        drain_living(slots, opened, [this](const Entry& entry) { place(entry); });
        continue;
      }
      run_level_ = level;
      run_end_ = end_of(begin, level);
      fetch_next(slots, level, fetch);
      drain_living(slots, opened, [this](const Entry& entry) { insert(entry); });
      opened_entries_ += run_.size();
      ++opened_runs_;
      if (!run_.empty()) return true;
    }
    return false;
  }

  /// The first instant after a bucket; the last bucket of all ends at kNever, before which all is.
  SimTime end_of(std::uint64_t begin, std::size_t level) const {
    const std::uint64_t last = begin | low_bits(level);
    return last >= ticks(kNever) ? kNever : instant(last + 1);
  }

  Bucket<Entry> take_bucket(std::size_t level, std::size_t bucket) {
    Level& of = levels_[level];
    of.unmark(bucket);
    if (of.empty()) used_ &= ~(1U << level);
    return std::exchange(of.buckets[bucket], {});
  }

  template <class Visit>
  void drain_living(const TimerSlots& slots, Bucket<Entry>& bucket, const Visit& visit) {
    bucket.drain(chunks_, [&](const Entry& entry) {
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
    const std::size_t bucket = levels_[level].first();
    if (bucket == kWidth) return;
    levels_[level].buckets[bucket].for_first_chunk([&](const Entry& entry) {
      slots.fetch(entry.timer);
      fetch(entry);
    });
  }

  /// Moves the bytes so that the buckets that are opened hold a few entries: opening many that hold
  /// hardly one costs as much as sorting few that hold many.
  void fit_width(const TimerSlots& slots) {
    const double mean = static_cast<double>(opened_entries_) / static_cast<double>(opened_runs_);
    opened_entries_ = opened_runs_ = 0;
    if (mean > kFewest && mean < kMost) return;
    const auto wider = static_cast<int>(std::lround(std::log2(kFitting / mean)));
    rebuild(slots, static_cast<unsigned>(static_cast<int>(offset_) - wider) % kBits);
    run_end_ = instant(base_);  // the run is empty, and its bucket is none any more
  }

  /// Behind all of the run that is not later.
  void insert(const Entry& entry) {
    if (next_ >= kWorkedOff) {
      run_.erase(run_.begin(), run_.begin() + static_cast<std::ptrdiff_t>(next_));
      next_ = 0;
    }
    std::size_t at = run_.size();
    run_.push_back(entry);
    for (; at > next_ && run_[at - 1].when > entry.when; --at) run_[at] = run_[at - 1];
    run_[at] = entry;
    if (run_.size() - next_ > kTooLong) shorten_run();
  }

  /// Gives back to the buckets what lies beyond the bucket of the run's first entry, on the highest
  /// level that leaves little.
  void shorten_run() {
    if (ticks(run_[next_].when) < base_) return;  // pushed while the clock stood still
    for (std::size_t level = run_level_; level-- > 0;) {
      const std::uint64_t begin = ticks(run_[next_].when) & ~low_bits(level);
      const SimTime end = end_of(begin, level);
      const auto beyond =
          std::find_if(run_.begin() + static_cast<std::ptrdiff_t>(next_), run_.end(),
                       [&](const Entry& entry) { return entry.when >= end; });
      base_ = begin;
      run_end_ = end;
      run_level_ = level;
      for (auto entry = beyond; entry != run_.end(); ++entry) place(*entry);
      run_.erase(beyond, run_.end());
      if (run_.size() - next_ <= kTooLong) return;
    }
  }

  /// Puts the living into the buckets that they belong to with bytes that begin elsewhere. Equals
  /// lie in one bucket, so their order stays.
  void rebuild(const TimerSlots& slots, unsigned offset) {
    Bucket<Entry> all;
    for (Level& level : levels_) {
      for (Bucket<Entry>& bucket : level.buckets) {
        Bucket<Entry> old = std::exchange(bucket, {});
        drain_living(slots, old, [&](const Entry& entry) { all.append(chunks_) = entry; });
      }
      level.filled = {};
    }
    used_ = 0;
    offset_ = offset;
    size_ = run_.size() - next_ + all.size();
    all.drain(chunks_, [this](const Entry& entry) { place(entry); });
  }

  std::uint64_t base_ = 0;     // not after any entry of a bucket
  SimTime run_end_{};          // what is earlier belongs to the run
  std::size_t run_level_ = 0;  // whose bucket the run was
  std::size_t next_ = 0;       // of the run
  std::vector<Entry> run_;
  std::uint32_t used_ = 0;  // a bit for each level that has entries
  std::size_t size_ = 0;    // those that are dead included
  unsigned offset_ = 0;     // in [0, kBits)
  std::size_t opened_entries_ = 0;
  std::size_t opened_runs_ = 0;
  Chunks<Entry> chunks_;
  std::array<Level, kLevels> levels_{};
};

}  // namespace weir
