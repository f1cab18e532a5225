#pragma once
/// Instants and gaps that all sources compute alike.

#include <algorithm>
#include <optional>

#include "models/source/source.h"

namespace weir::source {

/// `t` + `d`, or kNever when that lies beyond the range of instants. REQUIRES: d is not negative.
inline SimTime after(SimTime t, Duration d) { return t > kNever - d ? kNever : t + d; }

/// An exponential gap. One that is beyond the range of durations never ends, so that no clamp needs
/// to be counted: after() makes kNever of it, and the source is exhausted.
inline SimTime after_exponential(SimTime t, double mean_seconds, Draw& draw) {
  std::uint64_t clamped = 0;
  const Duration gap = to_duration(draw.exponential() * mean_seconds, Duration::max(), clamped);
  return clamped > 0 ? kNever : after(t, gap);
}

/// Mean seconds between two arrivals, not rounded to nanoseconds.
inline double mean_gap(Rate<Message> rate) {
  return to_seconds(rate.period) / static_cast<double>(rate.count);
}

/// The end of a source that has one.
inline SimTime end_of(SimTime begin, std::optional<Duration> until) {
  return until ? after(begin, *until) : kNever;
}

}  // namespace weir::source
