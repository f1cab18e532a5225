#include "models/delivery/lane_plan.h"

namespace weir {

LanePlan plan_lanes(const WorldConfig& config) {
  LanePlan plan;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> lane_at;
  const auto add = [&](std::uint32_t pool, std::uint32_t hop) {
    const auto group = static_cast<std::uint32_t>(plan.groups.size());
    if (!plan.group_at.try_emplace({pool, hop}, group).second) return;
    const std::vector<std::uint32_t>& addresses = config.pools[pool].addresses;
    plan.groups.push_back({pool, hop, plan.members.size(), addresses.size()});
    for (const std::uint32_t address : addresses) {
      const auto next = static_cast<std::uint32_t>(plan.lanes.size());
      const auto [entry, is_new] = lane_at.emplace(std::pair{address, hop}, next);
      if (is_new) plan.lanes.push_back({address, hop, pool});
      plan.members.push_back(entry->second);
    }
  };
  for (const SourceConfig& source : config.sources)
    if (!source.start)
      for (const SourceRoute& route : source.routes) add(source.pool, route.hop);
  if (config.notices.route) add(config.notices.route->pool, config.notices.route->hop);
  for (const SystemConfig& system : config.systems)
    for (const std::uint32_t pool : system.pools)
      for (const std::uint32_t hop : system.hops) add(pool, hop);
  return plan;
}

}  // namespace weir
