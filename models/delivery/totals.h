#pragma once
/// What a world says of itself when asked: the books of each source, and what happened.

#include <array>

#include "models/delivery/event.h"
#include "models/recorder.h"

namespace weir {

/// What became of a source's mail, in message x recipient.
struct SourceTotals {
  std::uint64_t messages = 0;  // submitted, as messages
  std::uint64_t submitted = 0;
  std::uint64_t expanded = 0;
  std::array<std::uint64_t, kOutcomes> finished{};
  std::uint64_t held = 0;
  std::uint64_t in_flight = 0;

  std::uint64_t of(Outcome outcome) const { return finished[static_cast<std::size_t>(outcome)]; }
};

/// One domain event, for finding the first at which two runs differ.
struct Happened {
  SimTime when;
  Happening what;
  std::uint64_t name;
  friend bool operator==(const Happened&, const Happened&) = default;
};

}  // namespace weir
