#pragma once
/// Two kinds of not knowing: how much of each figure is due to the receiver that nobody knows, and
/// how much to chance in the traffic; and which unknown would be most worth knowing.

#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate/variance_share.h"
#include "experiments/compare/figure.h"

namespace weir::experiments {

/// An unknown and its share of all that varies.
struct RankedUnknown {
  std::string path;
  double share = 0;
};

/// One figure over R receivers with the same number of traffics each.
struct FigureShares {
  ComparedFigure figure;
  std::uint64_t receivers = 0;                     // in which every run has a value
  std::uint64_t left_out = 0;                      // of the others
  std::uint64_t at_horizon = 0;                    // runs that ended before: counted as the horizon
  std::optional<analysis::VarianceShares> shares;  // nothing with fewer than two receivers
  std::vector<RankedUnknown> ranking;              // of some figures; the largest first
};

/// The unknowns of some receivers.
struct UnknownDraws {
  std::vector<std::string> paths;
  std::vector<std::vector<double>> by_receiver;  // each in the order of paths
};
UnknownDraws unknown_draws(const Setting& root, std::uint64_t seed, std::uint64_t receivers);

/// With fewer receivers, unknowns are not ranked.
inline constexpr std::uint64_t kFewestToRank = 20;

/// All `figures` of runs with at least two traffics a receiver. Ranked are the unknowns of
/// days_to_deliver and window_hours.
std::vector<FigureShares> find_shares(const std::vector<ComparedFigure>& figures,
                                      const VariantFigures& runs, const UnknownDraws& unknowns,
                                      Duration horizon);

}  // namespace weir::experiments
