#pragma once
/// What a scenario would send hour by hour if no receiver ever refused: computed, not simulated.
///
/// Until the first refusal a receiver changes nothing about what is sent, so that one outlook
/// serves all receivers. Counts are means, made whole by carrying the rest on; arrivals are those
/// that a run with the same key would see. Left out: retries, bounce messages, outages. A thousand
/// times cheaper than a run, and meant to screen plans: what is printed comes from runs.

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/scenario/scenario.h"

namespace weir::experiments {

struct OutlookHour {
  std::uint32_t accepted = 0;  // recipients
  throttle::Evidence evidence;

  /// Of so many alike.
  OutlookHour times(std::uint32_t count) const;

  bool operator==(const OutlookHour&) const = default;
};

/// What one address sends to one site; stands for several that send the same and are of one /24 and
/// domain.
struct OutlookLane {
  std::uint32_t address = 0;
  std::uint32_t alike = 0;  // another of them
  std::uint32_t count = 1;
  std::uint32_t site = 0;
  std::vector<OutlookHour> hours;
};

struct Outlook {
  std::vector<OutlookLane> lanes;
  std::vector<throttle::AddressInfo> addresses;
  // Of the source that is asked about, in recipients, hour by hour:
  std::vector<double> submitted;
  std::vector<double> released;
  double deliverable = 1.0;  // share of what is released that is delivered

  /// When `volume` recipients have been delivered, in hours; beyond the horizon what is missing is
  /// taken to come at the mean rate, so that a plan that sends more is always better.
  double hours_to_deliver(double volume) const;

  /// How long the plan holds the mail, in hours: mean, and the quantile `q` over recipients.
  double hours_held() const;
  double hours_held(double q) const;
};

/// What is missing for an outlook, or "" when it can be made: sources that begin inside a system or
/// go to several sites in turn cannot be foreseen this way.
std::string cannot_foresee(const WorldConfig& config);

/// Uses up the sources of `config`. REQUIRES: cannot_foresee(config) is empty.
Outlook foresee(WorldConfig& config, std::uint32_t source);

}  // namespace weir::experiments
