#pragma once
/// ns-3 as a side of comparisons. The build looks for libns3-dev; without it each MakeSide here is
/// empty.

#include <array>
#include <cstdint>
#include <string_view>

#include "bench/harness/side.h"

namespace weir::bench::peers {

/// ns-3's ways of keeping pending events; `map` is its default.
enum class Ns3Scheduler : std::uint8_t { map, heap, priority_queue, calendar, list };

inline constexpr std::array<std::string_view, 5> kNs3Schedulers{"map", "heap", "priority queue",
                                                                "calendar", "list"};
constexpr std::string_view name_of(Ns3Scheduler scheduler) {
  return kNs3Schedulers[static_cast<std::size_t>(scheduler)];
}

/// The hold model of B1, exponential, payload touched, on the scheduler alone.
MakeSide ns3_hold(Ns3Scheduler scheduler, const Load& load);

/// M/M/1 in ns-3's simulator, by callbacks. A process has one simulator: one such side at a time.
MakeSide ns3_mm1(Ns3Scheduler scheduler, const Load& load);

}  // namespace weir::bench::peers
