#pragma once
/// Confidence intervals for means and shares, and the distributions they rest on.
///
/// Same input, same bits (with one C library). An argument outside the domain stated throws
/// std::domain_error.

#include <cstdint>
#include <span>

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

/// Wilson's score interval for `hits` of `trials` > 0: right on average, also near 0 and 1.
Interval wilson_interval(std::uint64_t hits, std::uint64_t trials,
                         Probability confidence = kUsualConfidence);

/// Clopper and Pearson's exact interval for `hits` of `trials` > 0: never too sure.
Interval clopper_pearson_interval(std::uint64_t hits, std::uint64_t trials,
                                  Probability confidence = kUsualConfidence);

/// One-sided exact bound: the share is at most this, with the confidence given.
double clopper_pearson_upper(std::uint64_t hits, std::uint64_t trials,
                             Probability confidence = kUsualConfidence);

/// P(Z <= z) for a standard normal Z, precise in both tails.
double normal_cdf(double z);

/// The z with normal_cdf(z) = p, for p in (0, 1), to about 1e-15 relative.
double normal_quantile(double p);

/// P(T <= t) for Student's T with `degrees` > 0 degrees of freedom.
double student_t_cdf(double t, double degrees);

/// The t with student_t_cdf(t, degrees) = p, for p in (0, 1).
double student_t_quantile(double p, double degrees);

/// Regularised incomplete beta function I_x(a, b), a, b > 0, x in [0, 1].
double incomplete_beta(double x, double a, double b);

/// The x with incomplete_beta(x, a, b) = p, for p in [0, 1].
double beta_quantile(double p, double a, double b);

/// P(X > x) for a chi-square X with `degrees` > 0 degrees of freedom.
double chi_square_tail(double x, double degrees);

}  // namespace weir::analysis
