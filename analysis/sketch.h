#pragma once
/// Quantiles of millions of values in a few kilobytes, with a guaranteed relative error.
///
/// The method is DDSketch (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch
/// with relative-error guarantees", VLDB 2019, arXiv 1908.10693): a histogram whose bucket bounds
/// grow by a constant factor. All counts are integers, so a merge gives the same sketch in any
/// order, for any number of threads. Nothing here calls libm.

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "sim/quantity.h"

namespace weir::analysis {

/// What a sketch promises: quantiles within `relative_error` of the sample they stand for.
struct SketchAccuracy {
  double relative_error = 0.01;  // in (0, 0.5]
  double smallest = 1e-3;        // > 0; below it the error is absolute, and less than `smallest`

  friend bool operator==(const SketchAccuracy&, const SketchAccuracy&) = default;
};

/// A mergeable histogram of values in [0, 1e18] and of how many values were infinite.
class Sketch {
 public:
  /// One bucket for writing: `count` values in [lower, the next possible lower bound).
  struct Bucket {
    double lower;
    std::uint64_t count;
  };

  explicit Sketch(SketchAccuracy accuracy = {});

  /// Counts `value` `count` times. Infinity counts as add_infinite; anything else outside
  /// [0, 1e18] throws std::out_of_range.
  void add(double value, std::uint64_t count = 1);

  /// Counts a duration, in seconds; its sum stays exact to the nanosecond.
  void add(Duration value, std::uint64_t count = 1);

  /// Counts values that never came: a message not delivered has an infinite delay.
  void add_infinite(std::uint64_t count = 1) { infinite_ += count; }

  /// Adds all that `other` counted. The accuracies must be equal (std::invalid_argument).
  void merge(const Sketch& other);

  /// The value at 0-based position floor(p (n - 1)) of all n values sorted, infinite ones last.
  ///
  /// Within the relative error for values of at least `smallest`; exact for p = 0 and p = 1.
  /// Infinity when the position falls among the infinite; nothing when n = 0; p in [0, 1].
  std::optional<double> quantile(double p) const;

  std::uint64_t count() const { return finite_ + infinite_; }
  std::uint64_t finite_count() const { return finite_; }
  std::uint64_t infinite_count() const { return infinite_; }

  /// Exact bounds of the finite values; nothing without any.
  std::optional<double> min() const;
  std::optional<double> max() const;

  /// Sum of the finite values, each rounded to a billionth.
  double sum() const;
  /// Mean of the finite values; nothing without any.
  std::optional<double> mean() const;

  /// The buckets that hold something, ascending; values below `smallest` stand in one at 0.
  std::vector<Bucket> buckets() const;

  const SketchAccuracy& accuracy() const { return accuracy_; }

  /// Whether both counted the same, whatever the order.
  friend bool operator==(const Sketch& a, const Sketch& b);

 private:
  __extension__ using Billionths = __int128;

  void count_finite(double value, std::uint64_t count, Billionths billionths);
  std::int32_t index_of(double value) const;
  double lower_bound(std::int32_t index) const;
  double middle_of(std::int32_t index) const;
  double value_at(std::uint64_t position) const;
  std::uint64_t& cell(std::int32_t index);
  void reserve_cells(std::int32_t index);

  SketchAccuracy accuracy_;
  double buckets_per_octave_;          // scale of the interpolated logarithm
  std::vector<std::uint64_t> counts_;  // counts_[i] is the bucket first_index_ + i
  std::int32_t first_index_ = 0;
  std::uint64_t below_smallest_ = 0;
  std::uint64_t finite_ = 0;
  std::uint64_t infinite_ = 0;
  Billionths sum_ = 0;
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
};

}  // namespace weir::analysis
