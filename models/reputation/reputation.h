#pragma once
/// How far a receiver trusts a sender: a number from 0 to 100 out of what became of its mail.
///
/// R = 100 max(0, 1 - sum of weight x share), shrunk towards a prior as if that many recipients
/// had been seen at it. Evidence fades by half in a half-life, in steps of one hour: that is exact
/// at each hour and costs nothing within one. Since the weights are constants, all bad signs are
/// kept as one weighted sum. Card: docs/models/reputation.md.

#include <algorithm>
#include <cstdint>

#include "models/throttle/policy.h"
#include "sim/quantity.h"

namespace weir::reputation {

/// How evidence becomes a number, and the number a limit.
struct Rule {
  double complaint = 100.0;  // weight of a share of 1 of all recipients
  double trap = 500.0;
  double unknown = 2.0;
  double spam = 5.0;
  Duration half_life{240h};
  double prior = 70.0;
  double prior_recipients = 500.0;
  double full = 60.0;  // from here on a limit is whole
  double least = 0.1;  // a limit is never cut below this share of it
  double condemned = 20.0;
  double condemned_recipients = 1000.0;
};

class Reputation {
 public:
  /// Lets evidence fade up to `hour`.
  void roll_to(std::int64_t hour, const Rule& rule) {
    if (hour != hour_) fade_to(hour, rule);
  }

  /// REQUIRES: rolled to the present hour.
  /// By what became of the mail alone: a hijacked server passes SPF too (S3-08).
  void add(const throttle::Evidence& evidence, const Rule& rule) {
    recipients_ += evidence.recipients;
    badness_ += rule.complaint * evidence.complaints + rule.trap * evidence.traps +
                rule.unknown * evidence.unknown + rule.spam * evidence.spam;
  }

  /// 0 to 100.
  double value(const Rule& rule) const { return gain(rule) / weight(rule); }

  /// The share of its limit that the sender keeps, in [least, 1].
  double share_of_limit(const Rule& rule) const {
    // Most are far above: no rounding of a division would take them below 1.
    if (gain(rule) >= rule.full * weight(rule) * (1.0 + 1e-9)) return 1.0;
    return std::clamp(value(rule) / rule.full, rule.least, 1.0);
  }

  /// Whether there is enough bad evidence to put an address on the block list.
  bool condemns(const Rule& rule) const;

 private:
  void fade_to(std::int64_t hour, const Rule& rule);

  double gain(const Rule& rule) const {
    const double good = std::max(0.0, recipients_ - badness_);
    return 100.0 * good + rule.prior * rule.prior_recipients;
  }
  double weight(const Rule& rule) const { return recipients_ + rule.prior_recipients; }

  double recipients_ = 0.0;  // faded
  double badness_ = 0.0;     // sum of weight x count, faded
  std::int64_t hour_ = 0;
};

}  // namespace weir::reputation
