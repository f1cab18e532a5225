#include "sim/random.h"

#include <cmath>

#include "sim/check.h"

namespace weir {

Duration to_duration(double seconds, Duration horizon, std::uint64_t& clamped) {
  WEIR_CHECK(!std::isnan(seconds), "a duration was computed from no number");
  // Not floor(x + 0.5): that sum is rounded, and moves whole nanoseconds from 52 days on.
  const double below = std::floor(seconds * 1e9);
  const double ns = below + (seconds * 1e9 - below >= 0.5 ? 1.0 : 0.0);
  if (ns >= 0.0 && ns < 0x1.0p63) {
    const Duration duration{static_cast<std::int64_t>(ns)};
    if (duration <= horizon) return duration;
  }
  ++clamped;
  return ns < 0.0 ? Duration::zero() : horizon;
}

}  // namespace weir
