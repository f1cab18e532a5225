#pragma once
/// What a plan should do when a window opens: cut, hold and come back so that the fewest hours are
/// lost, found by full runs at receivers where one opens.

#include "experiments/tune/full_runs.h"

namespace weir::experiments {

struct BestReaction {
  Reaction reaction;
  std::size_t receivers = 0;  // 0: no window opened anywhere, and nothing was tuned
  double lost_before = 0.0;   // mean hours behind a plan without a window, as the scenario reacts
  double lost = 0.0;          // with the best reaction
  bool is_other = false;      // than the scenario's own
};

class ReactionSearch {
 public:
  /// `days`: of the plan, where no window opens.
  ReactionSearch(const Study& study, FullRuns& runs, const PlanShape& shape, double days)
      : study_(study), runs_(runs), shape_(shape), days_(days) {}

  /// Over the `throttled` receivers of the panel. Sobol' points screen, CMA-ES goes on from the
  /// best with another traffic each generation, and the last few are tried with traffic that none
  /// of them was chosen by, beside the scenario's own.
  BestReaction best(const Panel& panel, const std::vector<std::size_t>& throttled);

  /// Where a point of the unit cube lies: what is left of a cut, and what is taken back, by their
  /// logarithms.
  static constexpr std::size_t kDimension = 4;
  static Reaction at(const analysis::Point& point);

 private:
  using Reactions = std::vector<const Reaction*>;  // null: the scenario's own

  /// Mean hours lost by each, in their order.
  std::vector<double> lost(const std::string& step, std::uint64_t traffic, const Reactions& all);
  std::vector<analysis::Trial> trials(const std::string& step, std::uint64_t traffic,
                                      const std::vector<analysis::Point>& points);
  std::vector<analysis::Point> found();

  const Study& study_;
  FullRuns& runs_;
  PlanShape shape_;
  double days_;
  const Panel* panel_ = nullptr;
  std::vector<std::size_t> throttled_;
};

}  // namespace weir::experiments
