#pragma once
/// How much neighbours in a series depend on each other.

#include <span>

#include "sim/quantity.h"

namespace weir::analysis {

/// Sample correlation of neighbours (Box and Jenkins 1976, 2.1), in [-1, 1]; 0 for a constant
/// series or fewer than two values.
double lag_one_correlation(std::span<const double> series);

/// Von Neumann's ratio (1941): the mean squared step over the sample variance, 2 on average for
/// independent values and less when neighbours are alike. Needs three values (std::domain_error);
/// 2 for a constant series.
double von_neumann_ratio(std::span<const double> series);

/// Whether von Neumann's test, two-sided and in its normal approximation, sees no dependence.
///
/// An independent normal series fails with the probability `significance`. The ratio has mean 2
/// and variance 4 (n - 2) / (n^2 - 1).
bool seems_independent(std::span<const double> series,
                       Probability significance = Probability{0.05});

/// The usual (adjusted Fisher-Pearson) sample skewness (Joanes and Gill 1998: G1); 0 for a constant
/// series. Needs three values (std::domain_error).
double sample_skewness(std::span<const double> samples);

}  // namespace weir::analysis
