#include "models/filter/params.h"

#include <algorithm>
#include <cmath>

namespace weir::filter {

void FilterParams::check(const FilterParams& p, const ParamsPlace& at) {
  const auto uses = [&](SpamAction action) {
    return p.spam_action == action || p.high_confidence_action == action;
  };
  if (p.high_confidence_level < p.spam_level)
    at.report("high_confidence_level", "must not be below spam_level: raise it");
  if (p.user_notice && !uses(SpamAction::quarantine))
    at.report("user_notice",
              "only means something with the action \"quarantine\" (S4-36): "
              "set spam_action or high_confidence_action to it");
  if (uses(SpamAction::redirect) && !p.redirect_to)
    at.report("redirect_to", "name the domain that redirected spam goes to");
  bool valid = p.clean_levels.size() == 5;
  double sum = 0.0;
  for (const double weight : p.clean_levels) {
    valid = valid && weight >= 0.0 && std::isfinite(weight);
    sum += weight;
  }
  if (!valid || sum <= 0.0)
    at.report("clean_levels", "expected five weights, none negative and not all zero");
}

}  // namespace weir::filter
