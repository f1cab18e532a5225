#include "experiments/command/precision.h"

#include <fmt/core.h>

#include "experiments/command/chosen.h"
#include "sim/calendar.h"

namespace weir::experiments {

std::string precision_problem(const PrecisionOptions& until) {
  if (!until.asked && (until.precision || !until.figure.empty() || until.most))
    return "--precision, --figure and --most go with --replications auto";
  if (!until.asked) return "";
  if (!until.precision || until.figure.empty())
    return "--replications auto needs --precision and --figure, such as --precision '5 %' "
           "--figure days_to_deliver";
  if (until.most.value_or(kMostReplications) < analysis::kFewestReplications)
    return fmt::format("--most {}: fewer than {} tell nothing of how sure a mean is", *until.most,
                       analysis::kFewestReplications);
  return "";
}

std::optional<MeanGoal> goal_of(const PrecisionOptions& options, Duration horizon,
                                std::string& fault) {
  if (!options.asked) return std::nullopt;
  const auto figure =
      figure_to_know(compared_figures(days_begun(horizon), kDeliveredShare), options.figure, fault);
  if (!figure) {
    fault.insert(0, "--figure ");
    return std::nullopt;
  }
  return MeanGoal{
      .figure = *figure,
      .precision = {.relative_error = read_share("--precision", *options.precision, fault),
                    .most = options.most.value_or(kMostReplications)},
      .horizon = horizon};
}

}  // namespace weir::experiments
