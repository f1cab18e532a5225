#include "sim/random.h"

#include <cmath>

#include "sim/check.h"

namespace weir {

Duration to_duration(double seconds, Duration horizon, std::uint64_t& clamped) {
  const double ns = seconds * 1e9;
  if (ns >= -0.5 && ns < 0x1.0p63) {
    // Not floor(x + 0.5): that sum is rounded, and moves whole nanoseconds from 52 days on.
    const auto below = static_cast<std::int64_t>(ns);
    const Duration duration{below + (ns - static_cast<double>(below) >= 0.5 ? 1 : 0)};
    if (duration <= horizon) return duration;
  }
  WEIR_CHECK(!std::isnan(seconds), "a duration was computed from no number");
  ++clamped;
  return ns < 0.0 ? Duration::zero() : horizon;
}

}  // namespace weir
