#pragma once
/// Mean and variance of a stream of numbers, in one pass and without cancellation.

#include <cmath>
#include <cstdint>

namespace weir::analysis {

/// Running mean and variance (Welford 1962; merge after Chan, Golub, LeVeque 1983).
///
/// A merge depends on its order in the last bits: merge replications in their order.
class Moments {
 public:
  void add(double value) {
    ++count_;
    const double before = value - mean_;
    mean_ += before / static_cast<double>(count_);
    squares_ += before * (value - mean_);
  }

  void merge(const Moments& other) {
    if (other.count_ == 0) return;
    const double mine = static_cast<double>(count_);
    const double theirs = static_cast<double>(other.count_);
    const double apart = other.mean_ - mean_;
    count_ += other.count_;
    mean_ += apart * (theirs / (mine + theirs));
    squares_ += other.squares_ + apart * apart * (mine * theirs / (mine + theirs));
  }

  std::uint64_t count() const { return count_; }

  /// 0 without values.
  double mean() const { return mean_; }

  /// Unbiased sample variance; 0 with fewer than two values.
  double variance() const { return count_ < 2 ? 0.0 : squares_ / static_cast<double>(count_ - 1); }

  double deviation() const { return std::sqrt(variance()); }

  /// Standard error of the mean of independent values; 0 with fewer than two.
  double standard_error() const {
    return count_ < 2 ? 0.0 : std::sqrt(variance() / static_cast<double>(count_));
  }

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;  // sum of squared distances from the mean
};

}  // namespace weir::analysis
