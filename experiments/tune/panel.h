#pragma once
/// Many receivers that there may be, and how near a plan comes to the limits of each.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiments/scenario/scenario.h"
#include "experiments/tune/outlook.h"

namespace weir::experiments {

/// Receivers spread evenly over the unknowns of a scenario: Sobol' points, shifted as a whole by
/// the seed and the panel's number, so that no two panels hold the same receiver.
class Panel {
 public:
  /// `robust` false: one receiver, the one in the middle. An unknown that is `known` is at its
  /// median at all of them. Costs some 20 microseconds a receiver.
  Panel(const Setting& root, std::size_t receivers, std::uint64_t seed, std::uint64_t number,
        bool robust, std::optional<std::size_t> known = {});

  std::size_t size() const { return throttles_.size(); }

  /// Paths of what is unknown, and where in (0, 1) receiver `i` lies along each.
  const std::vector<std::string>& unknowns() const { return unknowns_; }
  const std::vector<double>& point(std::size_t i) const { return points_[i]; }

  /// The whole of a scenario with the same unknowns as receiver `i` makes it.
  Setting scenario(std::size_t i, const Setting& root) const;

  /// The largest volumes over limits that the outlook comes to at receiver `i`, above 1 when a
  /// window would open; nothing when the receiver limits no volume. Costs some 0.1 ms for 45 days.
  std::optional<throttle::Margin> margin(std::size_t i, const Outlook& outlook) const;

  /// The largest of both, for each receiver.
  std::vector<double> margins(const Outlook& outlook) const;

 private:
  Dependence dependence_;
  std::vector<std::string> unknowns_;
  std::vector<std::vector<double>> points_;
  std::vector<std::vector<SettingTable>> throttles_;  // by receiver and site
};

/// 0 where nothing is limited.
double largest(const std::optional<throttle::Margin>& margin);

/// The least m such that at most `share` of the margins are above it.
double upper_quantile(std::vector<double> margins, double share);

/// How many are above 1.
std::uint64_t exceeding(const std::vector<double>& margins);

}  // namespace weir::experiments
