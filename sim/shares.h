#pragma once
/// Which of several things a number falls on, where each has a share.
///
/// The shares lie one behind the other on a line; a number from 0 to 1 is a place on it. A guide
/// table, as long as there are things, tells where to begin to look: about two steps on, however
/// many things there are (Chen and Asau, "On generating random variates from an empirical
/// distribution", AIIE Transactions 6(2), 1974).

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace weir {

class Shares {
 public:
  /// REQUIRES: not empty; none is negative.
  explicit Shares(std::span<const double> shares);

  /// The index of the thing at `place`. REQUIRES: 0 <= place < 1.
  std::size_t at(double place) const {
    const double on_line = place * ends_.back();
    const auto part = static_cast<std::size_t>(place * static_cast<double>(first_.size()));
    std::size_t i = first_[std::min(part, first_.size() - 1)];
    while (i + 1 < ends_.size() && on_line >= ends_[i]) ++i;
    return i;
  }

 private:
  std::vector<double> ends_;          // of each share on the line
  std::vector<std::uint32_t> first_;  // the thing at the begin of each equal part of the line
};

}  // namespace weir
