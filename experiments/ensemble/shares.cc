#include "experiments/ensemble/shares.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/estimate/unknown_share.h"
#include "experiments/compare/findings.h"
#include "experiments/ensemble/receiver_draws.h"
#include "experiments/scenario/scenario.h"

namespace weir::experiments {
namespace {

constexpr std::array<std::string_view, 2> kRanked{"days_to_deliver", "window_hours"};

/// The values of a figure, receiver by receiver, and which receivers these are.
struct NestedValues {
  std::vector<double> values;
  std::vector<std::size_t> receivers;
};

NestedValues values_of(FigureShares& result, const VariantFigures& runs, Duration horizon) {
  NestedValues nested;
  for (std::size_t first = 0; first < runs.receivers.size(); first += runs.traffics) {
    std::vector<double> group;
    std::uint64_t at_horizon = 0;
    for (std::size_t run = first; run < first + runs.traffics; ++run) {
      if (std::isinf(result.figure.of(runs.receivers[run]))) ++at_horizon;
      group.push_back(compared_value(result.figure, runs.receivers[run], horizon));
    }
    if (std::ranges::any_of(group, [](double value) { return std::isnan(value); })) {
      ++result.left_out;
      continue;
    }
    result.at_horizon += at_horizon;
    nested.values.insert(nested.values.end(), group.begin(), group.end());
    nested.receivers.push_back(first / runs.traffics);
  }
  result.receivers = nested.receivers.size();
  return nested;
}

std::vector<RankedUnknown> rank(const NestedValues& nested, std::uint64_t traffics,
                                const UnknownDraws& unknowns) {
  std::vector<double> draws;
  for (const std::size_t receiver : nested.receivers)
    draws.insert(draws.end(), unknowns.by_receiver[receiver].begin(),
                 unknowns.by_receiver[receiver].end());
  const std::size_t classes = std::min(analysis::kUsualClasses, nested.receivers.size() / 4);
  std::vector<RankedUnknown> ranked;
  for (const analysis::UnknownShare& unknown :
       analysis::rank_unknowns(nested.values, traffics, draws, unknowns.paths.size(), classes))
    ranked.push_back({unknowns.paths[unknown.unknown], unknown.share});
  return ranked;
}

}  // namespace

UnknownDraws unknown_draws(const Setting& root, std::uint64_t seed, std::uint64_t receivers) {
  Problems ignored;  // they were checked before
  UnknownDraws draws;
  for (const Unknown& unknown : find_unknowns(root, ignored)) draws.paths.push_back(unknown.path);
  const Dependence dependence = read_dependence(root, ignored);
  for (std::uint64_t receiver = 0; receiver < receivers; ++receiver)
    draws.by_receiver.push_back(receiver_draws(root, dependence, seed, receiver));
  return draws;
}

std::vector<FigureShares> find_shares(const std::vector<ComparedFigure>& figures,
                                      const VariantFigures& runs, const UnknownDraws& unknowns,
                                      Duration horizon) {
  std::vector<FigureShares> all;
  for (const ComparedFigure& figure : figures) {
    FigureShares& result = all.emplace_back();
    result.figure = figure;
    const NestedValues nested = values_of(result, runs, horizon);
    if (result.receivers < 2) continue;
    result.shares = analysis::variance_shares(nested.values, runs.traffics);
    const bool varies = result.shares->between + result.shares->within > 0;
    if (varies && std::ranges::count(kRanked, figure.name) > 0 &&
        result.receivers >= kFewestToRank && !unknowns.paths.empty())
      result.ranking = rank(nested, runs.traffics, unknowns);
  }
  return all;
}

}  // namespace weir::experiments
