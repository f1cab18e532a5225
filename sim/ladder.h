#pragma once
/// Many records, by ascending instant, equals in the order in which they were pushed.
///
/// The simple idea: records lie unsorted in buckets of time, in the order in which they came. The
/// bucket whose time has come is sorted, stably, into a run that is worked off from the front; one
/// that is too full for that is spread over narrower buckets first. Nothing changes the order of
/// equals on the way, so no number of order is kept.
///
/// A record is moved as often as bytes tell its instant from the present, two or three times, and
/// each move is a copy to the end of a bucket: what it costs hardly grows with how many there are.
/// How wide buckets are is fitted to how densely events have run: wide enough that opening one is
/// shared by many, narrow enough that little is scheduled into the run itself.

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "sim/radix_buckets.h"
#include "sim/sorted_run.h"
#include "sim/timer.h"

namespace weir {

class Ladder {
 public:
  /// REQUIRES: nothing is in it. From here on nothing is pushed that is before `when`.
  void start(SimTime when) {
    buckets_.set_base(ticks(when));
    run_end_ = fitted_at_ = when;
    executed_ = 0;
  }

  /// REQUIRES: `record.when` is not before start(), nor before what first() was asked up to.
  void push(const AgendaRecord& record) {
    if (record.when < run_end_) [[unlikely]] {
      insert(record);
    } else {
      buckets_.push(record);
    }
  }

  /// The first record, or one later than `end` when none is due by then. If ahead.is_wanted(), it
  /// is told of records that come later: ahead.far(record), then ahead.near(record), so that memory
  /// that they name can be on its way. ahead.pending() says about how many are in the ladder.
  template <class Ahead>
  AgendaRecord first(SimTime end, const Ahead& ahead) {
    if (run_.empty()) [[unlikely]]
      if (!open_run(end, ahead)) return kNoRecord;
    if (ahead.is_wanted() && kAhead < run_.size()) ahead.near(run_[kAhead]);
    return run_[0];
  }

  /// Whether that was the last of a run. REQUIRES: first() has just returned it.
  bool drop_first() {
    run_.drop_front();
    ++executed_;
    return run_.empty();
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t i = 0; i < run_.size(); ++i) visit(run_[i]);
    buckets_.for_each(visit);
  }

  /// Drops those that `keeps` does not keep. O(size).
  template <class Keeps>
  void sweep(const Keeps& keeps) {
    run_.keep_if(keeps);
    buckets_.keep_if(keeps);
  }

 private:
  static constexpr std::size_t kAhead = 24;      // records in the run
  static constexpr std::size_t kLongest = 128;   // of a run as it is opened
  static constexpr std::size_t kTooLong = 512;   // of a run that has grown
  static constexpr std::size_t kSample = 4'096;  // events, to judge the density by

  /// Makes a run of the first bucket that has records. False when none begins by `end`.
  template <class Ahead>
  [[gnu::noinline]] bool open_run(SimTime end, const Ahead& ahead) {
    if (executed_ >= std::max<std::size_t>(kSample, ahead.pending())) fit_width(ahead.pending());
    while (!buckets_.empty()) {
      const auto first = buckets_.first();
      if (instant(first.begin) > end) return false;
      Bucket opened = buckets_.take(first);
      const std::size_t count = opened.count_to(kLongest);
      if (first.level == 0 || count <= kLongest) {
        open(opened, first, count, ahead);
        return true;
      }
      buckets_.drain(opened, [this](const AgendaRecord& record) { buckets_.push(record); });
    }
    return false;
  }

  template <class Ahead>
  void open(Bucket& opened, const RadixBuckets::Span& span, std::size_t count, const Ahead& ahead) {
    run_level_ = span.level;
    run_end_ = buckets_.end_of(span);
    if (const Bucket* next = buckets_.first_of(span.level); next != nullptr && ahead.is_wanted())
      next->for_each([&ahead](const AgendaRecord& record) { ahead.far(record); });
    if (count > kLongest) count = opened.count_to(~std::size_t{0});
    run_.assign(opened, count, span.begin, buckets_.width_lg(span.level));
    buckets_.discard(opened);
    if (!ahead.is_wanted()) return;
    for (std::size_t i = 0; i < std::min(kAhead, run_.size()); ++i) ahead.near(run_[i]);
  }

  /// How many events a bucket shall have. Among few, many of what they schedule falls into the run.
  static double fitting(std::size_t pending) {
    return std::clamp(static_cast<double>(pending) / 32.0, 12.0, 32.0);
  }

  /// REQUIRES: the run is empty. Shifts the bytes, so that buckets are as wide as is fitting.
  void fit_width(std::size_t pending) {
    const double gap = to_ticks(run_end_ - fitted_at_) / static_cast<double>(executed_);
    fitted_at_ = run_end_;
    executed_ = 0;
    const double width_lg = std::log2(std::max(gap * fitting(pending), 1.0));
    if (std::abs(width_lg - buckets_.width_lg(run_level_)) < 0.8) return;
    const auto whole = static_cast<unsigned>(std::lround(width_lg));
    const unsigned offset =
        (RadixBuckets::kBits - whole % RadixBuckets::kBits) % RadixBuckets::kBits;
    if (offset == buckets_.offset()) return;
    buckets_.set_offset(offset);
    run_end_ = instant(buckets_.base());  // the bucket of the run, which is empty, is none any more
  }

  static double to_ticks(Duration span) { return static_cast<double>(span.count()); }

  [[gnu::noinline]] void insert(const AgendaRecord& record) {
    run_.insert(record);
    if (run_.size() > kTooLong && run_level_ > 0) shorten_run();
  }

  /// Gives back to the buckets what lies beyond the bucket of the run's first record, on the
  /// highest level that leaves little.
  void shorten_run() {
    const SimTime first = run_[0].when;
    if (ticks(first) < buckets_.base()) return;  // pushed while the clock stood still
    while (run_level_ > 0 && run_.size() > kTooLong) {
      const std::uint64_t begin = buckets_.begin_of(first, --run_level_);
      buckets_.set_base(begin);
      run_end_ = buckets_.end_of({run_level_, begin});
      run_.drop_from(run_end_, [this](const AgendaRecord& record) { buckets_.push(record); });
    }
  }

  RadixBuckets buckets_;       // of what is not before run_end_
  SimTime run_end_{};          // what is earlier belongs to the run
  std::size_t run_level_ = 0;  // whose bucket the run was
  SortedRun run_;
  SimTime fitted_at_{};
  std::size_t executed_ = 0;  // since then
};

}  // namespace weir
