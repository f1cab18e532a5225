#pragma once
/// Handles of scheduled events, and what the agenda moves about of them.

#include "sim/quantity.h"

namespace weir {

/// Names one scheduled event. It goes stale when the event has run or was cancelled.
struct Timer;
using TimerId = Id<Timer>;

/// When, and which event: all that is compared and moved. The event itself lies still in its slot.
struct AgendaRecord {
  SimTime when;
  TimerId timer;
};
static_assert(sizeof(AgendaRecord) == 16, "four to a cache line");

/// The record that no other comes after, of no event: what an empty structure answers.
inline constexpr AgendaRecord kNoRecord{kNever, {}};

/// Instants as the unsigned numbers that radix and tournament compare. A run begins at 0.
constexpr std::uint64_t ticks(SimTime when) {
  return static_cast<std::uint64_t>(when.time_since_epoch().count());
}
constexpr SimTime instant(std::uint64_t ticks) {
  return SimTime{Duration{static_cast<std::int64_t>(ticks)}};
}

}  // namespace weir
