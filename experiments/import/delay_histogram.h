#pragma once
/// Quantiles of delays in constant memory.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace weir::experiments {

/// Counts delays from 1 ms to 10^7 s in bins of equal ratio: quantiles are within 1 %.
class DelayHistogram {
 public:
  void add(double seconds) {
    max_ = std::max(max_, seconds);
    ++count_;
    ++bins_[bin_of(seconds)];
  }

  /// The delay that `share` of all do not exceed; 0 when there are none.
  double quantile(double share) const {
    const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
    std::uint64_t passed = 0;
    for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
      passed += bins_[bin];
      if (passed >= rank && passed > 0) return std::min(value_of(bin), max_);
    }
    return 0;
  }

  double max() const { return max_; }

 private:
  static constexpr double kLeast = 1e-3;
  static constexpr double kRatio = 1.02;
  static constexpr std::size_t kBins = 1164;  // kLeast * kRatio^(kBins - 1) > 1e7

  static std::size_t bin_of(double seconds) {
    if (!(seconds > kLeast)) return 0;
    const auto bin = 1 + std::floor(std::log(seconds / kLeast) / std::log(kRatio));
    return std::min(kBins - 1, static_cast<std::size_t>(std::min(bin, 1e6)));
  }

  /// The middle of a bin; below the least, delays count as none.
  static double value_of(std::size_t bin) {
    if (bin == 0) return 0;
    return kLeast * std::pow(kRatio, static_cast<double>(bin) - 0.5);
  }

  std::vector<std::uint64_t> bins_ = std::vector<std::uint64_t>(kBins);
  std::uint64_t count_ = 0;
  double max_ = 0;
};

}  // namespace weir::experiments
