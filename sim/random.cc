#include "sim/random.h"

#include <cmath>

#include "sim/check.h"

namespace weir {

Duration to_duration(double seconds, Duration horizon, std::uint64_t& clamped) {
  WEIR_CHECK(!std::isnan(seconds), "a duration was computed from no number");
  const double ns = std::floor(seconds * 1e9 + 0.5);
  if (ns >= 0.0 && ns <= static_cast<double>(horizon.count()) && ns < 0x1.0p63)
    return Duration{static_cast<std::int64_t>(ns)};
  ++clamped;
  return ns < 0.0 ? Duration::zero() : horizon;
}

}  // namespace weir
