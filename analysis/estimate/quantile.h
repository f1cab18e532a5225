#pragma once
/// Quantiles with intervals: exact ranks for independent samples, sections for dependent ones.
///
/// The p-quantile of n samples is, as in Sketch, the one at 0-based position floor(p (n - 1)) of
/// all sorted.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/estimate/estimate.h"
#include "analysis/sketch.h"

namespace weir::analysis {

/// Which of n sorted independent samples hold a quantile between them.
struct QuantileRanks {
  std::uint64_t low = 0;   // counted from 1; 0: even the smallest sample may lie above the quantile
  std::uint64_t high = 0;  // at most n + 1: even the largest may lie below it
  double coverage = 0.0;   // how often they do, for a continuous distribution; at least as asked
};

/// The narrowest ranks with at most half of (1 - confidence) beyond each (David and Nagaraja,
/// "Order Statistics", 2003, 7.1). Exact, for any continuous distribution: how many samples lie
/// below the quantile is binomial. `samples` > 0 and p in (0, 1) (std::domain_error); about log2(n)
/// steps.
QuantileRanks quantile_ranks(std::uint64_t samples, double p,
                             Probability confidence = kUsualConfidence);

/// The p-quantile of independent samples, of any order, with the interval of those ranks.
///
/// Where a rank does not exist, the interval ends at an infinity, with Doubt::few_samples.
Estimate estimate_quantile(std::vector<double> samples, double p,
                           Probability confidence = kUsualConfidence);

/// The same from a sketch of at least one value, with the interval widened by its relative error.
Estimate estimate_quantile(const Sketch& samples, double p,
                           Probability confidence = kUsualConfidence);

/// How many sections sectioned_quantile makes of a series unless told otherwise.
inline constexpr std::size_t kUsualSections = 20;

/// The p-quantile of a stationary series, by sectioning (Asmussen and Glynn, "Stochastic
/// Simulation", 2007, III.5a): Student's t from how the quantiles of `sections` adjacent sections
/// spread around that of all samples.
///
/// Assumes sections so long that their quantiles are independent and nearly normal. Doubted when
/// von Neumann's test at 5 % finds them dependent, with fewer than ten sections, and when a section
/// is expected to have fewer than ten samples beyond the quantile, or fewer than tell as much as
/// two independent ones: rules of ours, the second drawn where intervals called 95 % hold the
/// quantiles of M/M/1 sojourns in 93 % of runs. Samples at the front that fill no section are left
/// out. Needs at least two sections with a sample each (std::domain_error).
Estimate sectioned_quantile(std::span<const double> series, double p,
                            std::size_t sections = kUsualSections,
                            Probability confidence = kUsualConfidence);

}  // namespace weir::analysis
