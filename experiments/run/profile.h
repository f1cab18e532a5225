#pragma once
/// What a run spent its time on, by kind of event: `weir run --profile`.

#include <cstdint>
#include <string_view>
#include <vector>

#include "models/delivery/event_profile.h"

namespace weir::experiments {

/// Time as it was estimated from a sample. The time of all events and of the agenda is 1.
struct TimeFigures {
  double share = 0;
  double margin = 0;  // of the share: it lies within, with 95 % confidence
  double ns = 0;      // of one, on average
};

struct EventFigures {
  std::string_view name;
  std::uint64_t count = 0;
  std::uint64_t ties = 0;  // at the same instant as the event before
  TimeFigures time;
};

struct ProfileFigures {
  std::vector<EventFigures> kinds;  // that there were any of, the most time first
  TimeFigures agenda;               // finding the next event
  std::uint64_t events = 0;
  std::uint64_t ties = 0;
  std::uint64_t measured = 0;
  std::uint64_t left_out = 0;  // of the measured: so long that something had interrupted them
};

ProfileFigures figures_of(const EventProfile& profile);

/// The clock to profile with.
std::uint64_t wall_nanoseconds();

}  // namespace weir::experiments
