#pragma once
/// The scenarios that the benchmarks of whole runs are made of, by how much there is to do.

#include <cstdint>
#include <string>

#include "experiments/run/summary.h"
#include "experiments/scenario/scenario.h"
#include "sim/setting.h"

namespace weir::bench::mail {

/// A scenario, and what must come of it.
struct Simulation {
  Setting root;
  std::string (*problem)(const experiments::Summary&);  // why a result is wrong; empty if right
};

/// `warmup-90k` with about so many messages: volumes and the receiver's limit times k, the same 45
/// days, the receiver in the middle of the ensemble.
Simulation warmup(std::uint64_t messages);

/// So many messages wait for their retries, and none ever passes: each is tried every five minutes,
/// 300,000 attempts in all or two for each message, whichever is more.
Simulation in_flight(std::uint64_t messages);

/// So many messages have been tried once, in vain, and wait.
Simulation waiting(std::uint64_t messages);

/// A day of 200,000 messages from one pool of so many addresses to one site.
Simulation addresses(std::uint64_t count);

/// The same from one address to so many sites, each with a throttle of its own.
Simulation sites(std::uint64_t count);

}  // namespace weir::bench::mail
