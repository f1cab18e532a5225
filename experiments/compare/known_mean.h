#pragma once
/// As many receivers as it takes until the mean of one figure is known well enough.

#include <optional>
#include <string>

#include "analysis/estimate/replication.h"
#include "experiments/compare/figure.h"

namespace weir::experiments {

/// What is asked: "the mean of days_to_deliver to within 5 %".
struct MeanGoal {
  ComparedFigure figure;
  analysis::Precision precision;
  Duration horizon{};  // counts where the run ended before
};

/// Takes receivers in their order, and says when there are enough.
class KnownMean {
 public:
  using State = analysis::SequentialMean::State;

  /// Throws std::domain_error for a precision out of its range.
  explicit KnownMean(MeanGoal goal);

  /// The next receiver's figure, infinite or NaN as it may be; one with a NaN counts for the cap
  /// alone. REQUIRES: the state is `running`.
  void add(double value);
  void add(const ReceiverFigures& receiver) { add(goal_.figure.of(receiver)); }

  State state() const;
  std::uint64_t receivers() const { return receivers_; }
  const MeanGoal& goal() const { return goal_; }

  /// The mean so far; nothing before the second value.
  std::optional<analysis::Estimate> estimate() const;

 private:
  MeanGoal goal_;
  analysis::SequentialMean mean_;
  std::uint64_t receivers_ = 0;
};

/// The figure of this name whose mean can be known to a share of itself; else `fault` says which
/// there are.
std::optional<ComparedFigure> figure_to_know(const std::vector<ComparedFigure>& figures,
                                             const std::string& name, std::string& fault);

/// "time to deliver 99 %: 15.43 d, 95 % between 15.20 and 15.65; known to within 5 % after 20
/// receivers", or that it is not.
std::string words_on(const KnownMean& mean);

}  // namespace weir::experiments
