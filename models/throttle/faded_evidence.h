#pragma once
/// What became of an address's mail, each kind of evidence by itself, fading by half in a
/// half-life.
///
/// Fades in steps of one hour, as reputation does (models/reputation/reputation.h), which keeps one
/// weighted sum instead.

#include <cmath>

#include "models/throttle/policy.h"

namespace weir::throttle {

struct FadedEvidence {
  double recipients = 0.0;
  double spam = 0.0;
  double traps = 0.0;
  double complaints = 0.0;
  std::int64_t hour = 0;

  void fade_to(std::int64_t now, Duration half_life) {
    if (now == hour) return;
    const double kept =
        std::exp2(-static_cast<double>(now - hour) * (to_seconds(1h) / to_seconds(half_life)));
    for (double* count : {&recipients, &spam, &traps, &complaints}) *count *= kept;
    hour = now;
  }

  void add(std::int64_t now, const Evidence& evidence, Duration half_life) {
    fade_to(now, half_life);
    recipients += evidence.recipients;
    spam += evidence.spam;
    traps += evidence.traps;
    complaints += evidence.complaints;
  }

  double share_of(double count) const { return recipients > 0.0 ? count / recipients : 0.0; }
};

}  // namespace weir::throttle
