// Mail of other tenants: counted by the hour, never a message.

#include "models/delivery/world.h"

namespace weir {

/// Their past is told before anything happens; from then on each hour as it begins.
void World::begin_tenants() {
  for (std::uint32_t i = 0; i < config_.tenants.size(); ++i) {
    TenantsConfig& config = config_.tenants[i];
    for (std::int64_t hour = config.tenants.first_hour(); hour < 0; ++hour) send_tenants(i, hour);
    config.tenants.start_counting();
    kernel_.at(now(), TenantsDue{i});
  }
}

void World::send_tenants(std::uint32_t index, std::int64_t hour) {
  TenantsConfig& config = config_.tenants[index];
  Site& site = config_.sites[config.site];
  const SimTime when{hour * 1h};
  for (std::size_t stream = 0; stream < config.tenants.size(); ++stream) {
    const std::uint32_t address = config.tenants.address(stream);
    const tenants::Load load = config.tenants.load(stream, hour);
    const std::uint32_t accepted = site.background(when, address, load.total());
    const auto standing = site.standing(address, when);
    site.judged(
        when, address,
        config.tenants.taken(stream, load, accepted,
                             standing ? standing->reputation : throttle::Standing{}.reputation));
  }
}

void World::on(TenantsDue event) {
  send_tenants(event.tenants, now().time_since_epoch() / 1h);
  wake_site_in_time(config_.tenants[event.tenants].site);
  kernel_.in(1h, TenantsDue{event.tenants});
}

}  // namespace weir
