#include "models/delivery/lane_plan.h"

#include <map>

namespace weir {

LanePlan plan_lanes(const WorldConfig& config) {
  LanePlan plan;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> lane_at;
  const auto lanes_for = [&](std::uint32_t pool, std::uint32_t site) {
    std::vector<std::uint32_t> lanes;
    for (const std::uint32_t address : config.pools[pool].addresses) {
      const auto next = static_cast<std::uint32_t>(plan.lanes.size());
      const auto [entry, is_new] = lane_at.emplace(std::pair{address, site}, next);
      if (is_new) plan.lanes.push_back({address, site, pool});
      lanes.push_back(entry->second);
    }
    return lanes;
  };
  for (const SourceConfig& source : config.sources)
    plan.of_source.push_back(lanes_for(source.pool, source.site));
  if (config.notices.route)
    plan.of_notices = lanes_for(config.notices.route->pool, config.notices.route->site);
  return plan;
}

}  // namespace weir
