#pragma once
/// From a question to a plan one can trust: search, race, reaction, validation, and what else a
/// reader wants to know before sending mail by it.

#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate/comparison.h"
#include "analysis/estimate/unknown_share.h"
#include "experiments/tune/reaction_search.h"
#include "experiments/tune/tuner.h"

namespace weir::experiments {

/// How much is spent; the answer does not depend on `jobs`.
struct TuningOptions {
  TuneBudget budget;
  std::uint64_t generations = 50;
  std::vector<FamilyName> families{FamilyName::geometric, FamilyName::growth};
  std::optional<std::uint64_t> validate;  // receivers; none: 10 / risk, at least 200
  std::vector<double> frontier;           // other risks to show
  std::vector<TunedPlan> known;           // plans of this question that are good already
  std::function<void(const std::string& what, double share)> progress;
};

/// A plan really run, beside the tuned one at the same receivers.
struct ComparedPlan {
  std::string name;
  std::uint64_t receivers = 0;
  std::uint64_t windows = 0;  // receivers that opened one
  double risk = 0.0;
  double upper95 = 0.0;  // exact one-sided bound
  double days = 0.0;     // mean, at most the horizon
  double delivered = 0.0;
  std::optional<analysis::PairedDifference> behind;   // its days minus those of the tuned plan
  std::optional<analysis::PairedDifference> riskier;  // its windows minus those of the tuned plan
};

/// What another risk, or another number of addresses, would cost or save; by outlook.
struct FrontierPoint {
  double asked = 0.0;
  std::size_t addresses = 1;
  double days = 0.0;  // infinite: no plan keeps it
  double risk = 0.0;  // at the large panel
  double cost = 0.0;
  double days_apart = 0.0;       // if addresses had no limits in common
  std::vector<TunedPlan> plans;  // the best of each family
};

/// What knowing one unknown of the receiver would be worth.
struct UnknownWorth {
  std::string path;
  double share = 0.0;  // of the margin's variance over receivers
  double days = 0.0;   // of the best scale of the plan, were it known to be at its median
};

struct Tuning {
  TunedPlan plan;
  double days = 0.0;  // by outlook
  std::optional<TunedPlan> geometric;
  BestReaction reaction;
  std::uint64_t race_rounds = 0;
  std::optional<ComparedPlan> validation;  // none: not asked for
  std::vector<ComparedPlan> against;
  double gap = 0.0;                 // validated risk minus the promised one
  std::vector<std::string> broken;  // constraints that the validation refutes, in words
  std::vector<FrontierPoint> frontier;
  std::vector<FrontierPoint> pools;  // by number of addresses
  std::vector<UnknownWorth> unknowns;
  std::optional<double> dependent_risk;  // with 0.7 between strictness and growth
  std::optional<double> certain_days;    // if the receiver in the middle were the only one
  Setting tuned;                         // the whole scenario with the plan
};

/// The fastest plans by outlook of pools of these sizes, in their order; days infinite without one.
std::vector<FrontierPoint> best_of_pools(const Study& study, const std::vector<std::int64_t>& sizes,
                                         const TuningOptions& options, Memo& memo,
                                         Problems& problems);

/// Nothing when no plan of the families keeps the risk.
std::optional<Tuning> tune(const Study& study, const TuningOptions& options, Memo& memo);

}  // namespace weir::experiments
