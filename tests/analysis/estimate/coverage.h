#pragma once
/// How often intervals hold the truth, by the thousand.

#include <cmath>
#include <cstdint>

#include "analysis/interval.h"

namespace weir::analysis {

inline constexpr std::uint64_t kThousands = 4'000;

/// How many of kThousands intervals, each from one call of `experiment`, hold `truth`.
template <class Experiment>
std::uint64_t count_held(double truth, Experiment experiment) {
  std::uint64_t held = 0;
  for (std::uint64_t i = 0; i < kThousands; ++i) {
    const Interval interval = experiment();
    if (interval.contains(truth)) ++held;
  }
  return held;
}

/// A share that others measured over `runs` runs, whose error counts beside ours.
struct Measured {
  double share;
  double runs;
};

/// Whether `hits` of `trials` fit what others measured, at z = 5.
inline bool fits(std::uint64_t hits, Measured measured, std::uint64_t trials = kThousands) {
  const auto ours = static_cast<double>(trials);
  const double variance =
      measured.share * (1.0 - measured.share) * (1.0 / measured.runs + 1.0 / ours);
  return std::abs(static_cast<double>(hits) / ours - measured.share) < 5.0 * std::sqrt(variance);
}

}  // namespace weir::analysis
