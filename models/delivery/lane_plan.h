#pragma once
/// Which lanes a configuration makes: one for each (address, hop) that some source, some system or
/// the notices may use, whichever pools the address is in.

#include <map>
#include <vector>

#include "models/delivery/config.h"

namespace weir {

struct LanePlan {
  struct Route {
    std::uint32_t address = 0;
    std::uint32_t hop = 0;
    std::uint32_t pool = 0;  // the first that uses it; its settings hold
  };
  std::vector<Route> lanes;

  /// The lanes from the addresses of a pool to a hop, in the order of the pool.
  /// REQUIRES: they were planned.
  const std::vector<std::uint32_t>& of(std::uint32_t pool, std::uint32_t hop) const {
    return groups.at({pool, hop});
  }

  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> groups;
};

LanePlan plan_lanes(const WorldConfig& config);

}  // namespace weir
