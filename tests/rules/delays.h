#pragma once
/// How long mail took, by source.

#include <algorithm>
#include <vector>

#include "tests/support/scenario_run.h"

namespace weir::testing {

/// The delays of what was delivered of a source, the shortest first.
inline std::vector<Duration> delays_of(const ScenarioRun& run, std::uint32_t source) {
  std::vector<Duration> delays;
  for (const FinishRecord& f : run.record().finishes)
    if (f.source == source && f.outcome == Outcome::delivered) delays.push_back(f.delay);
  std::sort(delays.begin(), delays.end());
  return delays;
}

/// So many messages of the same delay.
inline std::vector<Duration> each(std::size_t messages, Duration delay) {
  return std::vector<Duration>(messages, delay);
}

}  // namespace weir::testing
