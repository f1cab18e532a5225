#pragma once
/// How much of what varies is due to the unknown receiver, and how much to chance in the traffic.
///
/// A nested design: `groups` drawn at random, each with the same number of independent replications
/// (Searle, Casella, McCulloch, "Variance Components", 1992, chapter 3). The one-way random-effects
/// model y_ij = mean + group_i + noise_ij; estimated by the analysis of variance. The interval of
/// the share is exact when both parts are normal and the noise is alike in all groups.

#include <cstddef>
#include <span>
#include <vector>

#include "analysis/estimate/estimate.h"

namespace weir::analysis {

/// Two kinds of not knowing, apart.
struct VarianceShares {
  Estimate mean;           // over both; its error is that of the group means
  double between = 0.0;    // variance of what groups expect; 0 when estimated below 0
  double within = 0.0;     // variance among the replications of one group
  Estimate between_share;  // between / (between + within), in [0, 1]
};

/// From `values[i * each + j]`, replication j of group i. Needs at least two groups of `each` >= 2
/// (std::domain_error). An estimate below 0 is reported as 0, with Doubt::negative_variance; below
/// ten groups, Doubt::few_samples.
VarianceShares variance_shares(std::span<const double> values, std::size_t each,
                               Probability confidence = kUsualConfidence);

}  // namespace weir::analysis
