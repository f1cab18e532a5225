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

double Profile::accept_unopposed(std::int64_t hour, std::int64_t recipients,
                                 const LimitRule& rule) {
  if (hour != limit_hour_) refresh(hour, rule);
  accept(hour, recipients);
  return margin();
}

/// How much of its limit is used with `more`: of 24 hours, or of the hour where that is more. What
/// was accepted before any limit was computed, in the time before the run, is above none.
double Profile::use_with(std::int64_t more) const {
  const auto share = [more](std::int64_t volume, std::int64_t limit) {
    if (limit == 0 && more == 0) return 0.0;
    return static_cast<double>(volume + more) / static_cast<double>(limit);
  };
  return std::max(share(history_.volume(), limit_), share(history_.this_hour(), hour_limit_));
}

void Profile::forget_all() {
  const double margin = this->margin();
  *this = {};
  margin_ = margin;
}

void Profile::forget_history() {
  if (!is_noted_) note_margin(0);
  history_ = {};
  baseline_ = 0.0;
  baseline_stale_ = false;
  limit_hour_ = kStale;
}

void Profile::refresh(std::int64_t hour, const LimitRule& rule) {
  if (!is_noted_) note_margin(0);
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
