#include "models/throttle/profile.h"

#include <algorithm>
#include <cmath>

namespace weir::throttle {
namespace {

/// The whole recipients in a limit. A limit that is whole but for rounding errors stays whole.
std::int64_t whole(double limit) {
  constexpr double kMost = 0x1.0p62;
  return static_cast<std::int64_t>(std::min(std::floor(limit + 1e-6), kMost));
}

}  // namespace

double Profile::reputation_at(std::int64_t hour, const LimitRule& rule) const {
  reputation::Reputation then = reputation_;
  then.roll_to(hour, rule.reputation);
  return then.value(rule.reputation);
}

void Profile::forget_history() {
  history_ = {};
  baseline_ = 0.0;
  baseline_stale_ = false;
  limit_hour_ = kStale;
}

void Profile::refresh(std::int64_t hour, const LimitRule& rule) {
  roll_history(hour);
  if (baseline_stale_) baseline_ = history_.baseline(rule.weights);
  baseline_stale_ = false;
  reputation_.roll_to(hour, rule.reputation);
  share_ = reputation_.share_of_limit(rule.reputation);
  const double limit = rule.factor * std::max(rule.probation, rule.growth * baseline_) * share_;
  limit_ = whole(limit);
  hour_limit_ = whole(rule.hour_share * limit);
  limit_hour_ = hour;
}

}  // namespace weir::throttle
