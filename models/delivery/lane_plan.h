#pragma once
/// Which lanes a configuration makes: one for each (address, site) that some source or the notices
/// use, whichever pools the address is in.

#include <vector>

#include "models/delivery/config.h"

namespace weir {

struct LanePlan {
  struct Route {
    std::uint32_t address = 0;
    std::uint32_t site = 0;
    std::uint32_t pool = 0;  // the first that uses it; its settings hold
  };
  std::vector<Route> lanes;
  std::vector<std::vector<std::uint32_t>> of_source;  // lane of each address of the source's pool
  std::vector<std::uint32_t> of_notices;              // empty: they are delivered locally
};

LanePlan plan_lanes(const WorldConfig& config);

}  // namespace weir
