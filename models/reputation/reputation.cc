#include "models/reputation/reputation.h"

#include <cmath>

namespace weir::reputation {

void Reputation::fade_to(std::int64_t hour, const Rule& rule) {
  if (recipients_ > 0.0 || badness_ > 0.0) {
    const double hours = static_cast<double>(hour - hour_);
    const double kept = std::exp2(-hours * (to_seconds(1h) / to_seconds(rule.half_life)));
    recipients_ *= kept;
    badness_ *= kept;
  }
  hour_ = hour;
}

bool Reputation::condemns(const Rule& rule) const {
  return recipients_ >= rule.condemned_recipients && value(rule) < rule.condemned;
}

}  // namespace weir::reputation
