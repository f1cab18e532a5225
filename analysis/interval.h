#pragma once
/// Confidence intervals for means and shares.
///
/// Same input, same bits (with one C library). An argument outside the domain stated throws
/// std::domain_error.

#include <cstdint>
#include <span>

#include "analysis/distribution.h"  // IWYU pragma: export
#include "analysis/moments.h"
#include "sim/quantity.h"

namespace weir::analysis {

/// A closed range of numbers.
struct Interval {
  double low = 0.0;
  double high = 0.0;

  constexpr bool contains(double x) const { return low <= x && x <= high; }
  constexpr double half_width() const { return (high - low) / 2.0; }
};

/// How sure an interval is meant to be, in (0, 1).
inline constexpr Probability kUsualConfidence{0.95};

/// What a two-sided interval leaves on each side. Throws std::domain_error outside (0, 1).
double tail_of(Probability confidence);

/// The mean of independent samples, with its confidence interval.
struct MeanEstimate {
  double mean = 0.0;
  double standard_error = 0.0;
  Interval interval;
  std::uint64_t count = 0;
};

/// Mean and Student t interval. Needs at least two samples.
MeanEstimate estimate_mean(std::span<const double> samples,
                           Probability confidence = kUsualConfidence);

/// Student's t interval for a mean whose standard error has `degrees` > 0 degrees of freedom.
Interval student_interval(double mean, double standard_error, double degrees,
                          Probability confidence = kUsualConfidence);

/// Student's t interval for the mean of independent samples. Needs at least two.
Interval student_interval(const Moments& samples, Probability confidence = kUsualConfidence);

/// Wilson's score interval for `hits` of `trials` > 0: right on average, also near 0 and 1.
Interval wilson_interval(std::uint64_t hits, std::uint64_t trials,
                         Probability confidence = kUsualConfidence);

/// Clopper and Pearson's exact interval for `hits` of `trials` > 0: never too sure.
Interval clopper_pearson_interval(std::uint64_t hits, std::uint64_t trials,
                                  Probability confidence = kUsualConfidence);

/// One-sided exact bound: the share is at most this, with the confidence given.
double clopper_pearson_upper(std::uint64_t hits, std::uint64_t trials,
                             Probability confidence = kUsualConfidence);

}  // namespace weir::analysis
