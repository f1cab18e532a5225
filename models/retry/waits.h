#pragma once
/// What several schedules share: sums that stay inside time, and lists of waits.

#include <limits>
#include <vector>

#include "sim/params.h"

namespace weir::retry {

/// What a wait between two attempts, and the life of a message, may sensibly be.
inline constexpr Bounds<Duration> kWaits{1s, 8'760h};
inline constexpr Bounds<Duration> kLifetimes{1s, 87'600h};

/// The lifetime of schedules that end by themselves: beyond any run, and safe to add to an instant.
inline constexpr Duration kUnlimited = 876'000h;

/// `now + wait`, or kNever where that is beyond the end of time.
constexpr SimTime later(SimTime now, Duration wait) {
  return wait > kNever - now ? kNever : now + wait;
}

/// `wait` doubled `times` times, or the longest Duration where that does not fit.
constexpr Duration doubled(Duration wait, std::uint32_t times) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const bool fits = times < 63 && wait.count() <= kMost >> times;
  return fits ? Duration{wait.count() << times} : Duration::max();
}

/// The wait after attempt number `attempts`; the last of the list serves all later ones too.
/// REQUIRES: waits is not empty, attempts >= 1.
Duration wait_after(const std::vector<Duration>& waits, std::uint32_t attempts);

/// Reports an empty list, and waits outside kWaits.
void check_waits(const std::vector<Duration>& waits, std::string_view key, const ParamsPlace& at);

}  // namespace weir::retry
