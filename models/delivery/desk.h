#pragma once
/// A source's desk: arrivals that its plan has not let go yet, and where the next one comes from.

#include <deque>
#include <memory_resource>
#include <optional>
#include <vector>

#include "models/delivery/paced_pool.h"
#include "models/source/source.h"
#include "sim/kernel.h"
#include "sim/shares.h"

namespace weir {

/// The position in its pool of the address that takes the next held message; or nobody does yet,
/// and a plan may let it go at `ask_again`.
struct Release {
  static constexpr auto kNobody = static_cast<std::size_t>(-1);
  std::size_t position = kNobody;
  SimTime ask_again = kNever;
};

struct Desk {
  source::Arrival upcoming;                         // not arrived yet
  std::uint64_t next_serial = 0;                    // of the next arrival
  std::uint64_t next_release = 0;                   // serial of the first held message
  std::pmr::unsynchronized_pool_resource memory{};  // so that held mail's is used again
  std::pmr::deque<source::Arrival> held{&memory};
  TimerId release_timer;
  bool begun = false;
  std::optional<Shares> shares;       // of its routes, if there are several
  std::size_t upcoming_route = 0;     // of the next arrival, if there are several
  std::vector<std::uint32_t> groups;  // of lanes, by route
  std::optional<PacedPool> paced;     // if its plan paces several addresses, once it has begun
};

}  // namespace weir
