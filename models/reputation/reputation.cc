#include "models/reputation/reputation.h"

#include <algorithm>
#include <cmath>

namespace weir::reputation {

void Reputation::roll_to(std::int64_t hour, const Rule& rule) {
  if (hour == hour_) return;
  if (recipients_ > 0.0 || badness_ > 0.0) {
    const double hours = static_cast<double>(hour - hour_);
    const double kept = std::exp2(-hours * (to_seconds(1h) / to_seconds(rule.half_life)));
    recipients_ *= kept;
    badness_ *= kept;
  }
  hour_ = hour;
}

/// By what became of the mail alone: a hijacked server passes SPF too (S3-08).
void Reputation::add(const throttle::Evidence& evidence, const Rule& rule) {
  recipients_ += evidence.recipients;
  badness_ += rule.complaint * evidence.complaints + rule.trap * evidence.traps +
              rule.unknown * evidence.unknown + rule.spam * evidence.spam;
}

double Reputation::value(const Rule& rule) const {
  const double good = std::max(0.0, recipients_ - badness_);
  return (100.0 * good + rule.prior * rule.prior_recipients) /
         (recipients_ + rule.prior_recipients);
}

double Reputation::share_of_limit(const Rule& rule) const {
  return std::clamp(value(rule) / rule.full, rule.least, 1.0);
}

bool Reputation::condemns(const Rule& rule) const {
  return recipients_ >= rule.condemned_recipients && value(rule) < rule.condemned;
}

}  // namespace weir::reputation
