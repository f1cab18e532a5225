#pragma once
/// Differences between alternatives that ran under common random numbers.
///
/// The i-th replication of each alternative saw the same arrivals and the same chance, so that the
/// differences vary less than the values. Assumed is that replications are independent of each
/// other and that differences are nearly normal.

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/estimate/estimate.h"

namespace weir::analysis {

/// The mean of b - a, and what pairing the runs was worth.
struct PairedDifference {
  Estimate estimate;         // of b - a; doubted below ten pairs
  double correlation = 0.0;  // between a and b; 0 when one of them is constant

  /// (Var a + Var b) / Var (b - a): how many times the replications independent runs would need.
  /// Below 1, pairing did harm. Infinite for a constant difference of things that vary; 1 when
  /// nothing varies.
  double variance_reduction = 1.0;
};

/// Student's t for the mean of b - a (Law, "Simulation Modeling and Analysis", 10.2.1). Needs
/// equally many, at least two (std::domain_error).
PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   Probability confidence = kUsualConfidence);

/// Which end of the scale is best.
enum class Best : std::uint8_t { largest, smallest };

/// How one alternative stands against the best of the others: its mean minus theirs.
///
/// An interval that ends at 0 on the better side excludes the alternative as the best, one that
/// ends at 0 on the worse side makes it the best.
struct AgainstBest {
  double difference = 0.0;
  Interval interval;  // always holds 0 or ends there
};

/// All alternatives against the best of the others (MCB, Hsu 1984), simultaneously at `confidence`.
///
/// For paired replications the bounds are Bonferroni's over the k - 1 paired differences (as Nelson
/// and Matejcik, Management Science 41, 1995): valid under any correlation, and a little wide.
/// `replications[i]` are those of alternative i: at least two alternatives, with equally many, at
/// least two (std::domain_error). Quadratic in the alternatives.
std::vector<AgainstBest> against_best(std::span<const std::vector<double>> replications, Best best,
                                      Probability confidence = kUsualConfidence);

}  // namespace weir::analysis
