#pragma once
/// ns-3's schedulers as sides of comparisons. The build looks for libns3-dev; without it each
/// MakeSide here is empty.

#include <cstdint>

#include "bench/harness/side.h"

namespace weir::bench::peers {

/// ns-3's ways of keeping pending events.
enum class Ns3Scheduler : std::uint8_t { map, heap, priority_queue, calendar, list };

/// The hold model of B1, exponential, payload touched.
MakeSide ns3_hold(Ns3Scheduler scheduler, const Load& load);

}  // namespace weir::bench::peers
