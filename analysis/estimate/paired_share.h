#pragma once
/// The difference of two shares that were counted in the same pairs of runs.
///
/// Student's t says nothing sensible of rare hits: without any it is sure that there are none. The
/// score interval of Tango ("Equivalence test and confidence interval for the difference in
/// proportions for the paired-sample design", Statistics in Medicine 17, 1998) holds about as often
/// as it says down to ten pairs, stays within [-1, 1], and has a width also where no pair differs.

#include <cstdint>

#include "analysis/estimate/estimate.h"

namespace weir::analysis {

/// Pairs (a, b) by what happened in them. What happened in both or in neither does not matter.
struct PairedHits {
  std::uint64_t only_a = 0;
  std::uint64_t only_b = 0;
  std::uint64_t pairs = 0;  // all of them: at least 1, and at least only_a + only_b
};

/// The share of b less the share of a, with Tango's score interval; doubted below ten pairs.
/// std::domain_error for impossible counts.
Estimate paired_share_difference(const PairedHits& hits, Probability confidence = kUsualConfidence);

}  // namespace weir::analysis
