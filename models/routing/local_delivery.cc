#include "models/routing/local_delivery.h"

#include <algorithm>

namespace weir::routing {
namespace {

/// Whether none of the hosts that the domain's MX asks first is a door of the system.
bool leads_elsewhere(const Network& network, std::uint32_t domain, std::uint32_t system) {
  const auto groups = mail_hosts(network.domains[domain]);
  return !groups.empty() &&
         std::none_of(groups.front().begin(), groups.front().end(),
                      [&](std::uint32_t site) { return network.sites[site].system == system; });
}

bool lists_as_stale(const Organisation& organisation, std::uint32_t domain) {
  return std::find(organisation.stale.begin(), organisation.stale.end(), domain) !=
         organisation.stale.end();
}

}  // namespace

bool share_server(const Network& network, std::uint32_t a, std::uint32_t b, Draw& draw) {
  const Organisation& first = network.organisations[a];
  const Organisation& second = network.organisations[b];
  if (a == b) return true;
  if (first.system == kNone || first.system != second.system) return false;
  if (!first.server.empty() && first.server == second.server) return true;
  const RoutingParams& params = network.systems[first.system].params;
  return params.colocation == Colocation::probability && draw.happens(params.colocation_share);
}

Servers::Servers(const Network& network, const std::function<Draw(std::uint64_t)>& draw_of) {
  const auto count = static_cast<std::uint32_t>(network.organisations.size());
  shared_.assign(count, std::vector<bool>(count, false));
  for (std::uint32_t a = 0; a < count; ++a)
    for (std::uint32_t b = a + 1; b < count; ++b) {
      Draw draw = draw_of(pair_key(a, b));
      shared_[a][b] = shared_[b][a] = share_server(network, a, b, draw);
    }
}

LocalDelivery deliver_locally(const Network& network, const Servers& servers,
                              std::uint32_t organisation, std::uint32_t domain) {
  if (organisation == kNone || domain == kNone) return {};
  const std::uint32_t system = network.organisations[organisation].system;
  const std::uint32_t owner = network.domains[domain].organisation;
  if (owner != kNone && servers.share(organisation, owner))
    return {.organisation = owner, .bypasses = leads_elsewhere(network, domain, system)};
  for (std::uint32_t o = 0; o < network.organisations.size(); ++o)
    if (servers.share(organisation, o) && lists_as_stale(network.organisations[o], domain))
      return {.organisation = o, .stale = true};
  return {};
}

}  // namespace weir::routing
