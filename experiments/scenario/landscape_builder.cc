#include "experiments/scenario/landscape_builder.h"

#include <set>

#include "models/purpose.h"
#include "models/system/mail_system.h"

namespace weir::experiments {

std::uint32_t LandscapeBuilder::destination(system::Destination destination) {
  const auto next = static_cast<std::uint32_t>(world_.destinations.size());
  const auto [entry, is_new] = destinations_.try_emplace(destination, next);
  if (!is_new) return entry->second;
  if (destination.domains.size() == 1 && destination.group == Mail::kNone)
    landscape_->single_destinations[{destination.domains.front(), destination.elsewhere}] = next;
  world_.destinations.push_back(std::move(destination));
  return next;
}

/// A single site without particulars is a hop already.
std::uint32_t LandscapeBuilder::hop(const std::string& name, const routing::Hop& hop) {
  const routing::HopManner& m = hop.manner;
  const bool plain = hop.groups.size() == 1 && hop.groups.front().size() == 1 &&
                     m.turn == routing::Turn::connection && m.tls == routing::Tls::opportunistic &&
                     m.dead_for == Duration::zero() &&
                     m.connect_timeout == routing::HopManner{}.connect_timeout;
  if (plain) return hop.groups.front().front();
  const auto next = static_cast<std::uint32_t>(world_.sites.size() + world_.hops.size());
  const auto [entry, is_new] = hops_.try_emplace(hop, next);
  if (is_new) world_.hops.push_back({name, hop});
  return entry->second;
}

std::optional<std::uint32_t> LandscapeBuilder::mail_hop(std::uint32_t domain) {
  const routing::Domain& record = landscape_->network.domains[domain];
  const auto hosts = routing::mail_hosts(record);
  if (hosts.empty()) return std::nullopt;
  return hop("MX of " + record.name, {.groups = hosts, .manner = routing::kMxManner});
}

/// The hops that mail of a system may take, whoever's and wherever it is for.
std::vector<std::uint32_t> LandscapeBuilder::hops_of(std::uint32_t system) const {
  const routing::Network& network = landscape_->network;
  std::vector<std::uint32_t> organisations = network.systems[system].organisations;
  organisations.push_back(Mail::kNone);
  std::set<std::uint32_t> hops;
  const auto add = [&](const routing::Leg& leg) {
    const routing::Route route = landscape_->router->route(leg);
    if (route.way == routing::Way::hop) hops.insert(landscape_->hop_numbers[route.hop]);
  };
  for (const std::uint32_t organisation : organisations)
    for (std::uint32_t domain = 0; domain < network.domains.size(); ++domain) {
      routing::Leg leg{.system = system, .organisation = organisation, .domain = domain};
      add(leg);
      const auto& connectors = routing::Router::connectors(network, system, organisation);
      for (leg.connector = 0; leg.connector < connectors.size(); ++leg.connector) add(leg);
      leg.connector = Mail::kNone;
      leg.mailbox = routing::Mailbox::missing;
      add(leg);
    }
  return {hops.begin(), hops.end()};
}

void LandscapeBuilder::finish(const Chance& chance) {
  system::Landscape& landscape = *landscape_;
  landscape.calendar = world_.calendar;
  for (std::uint32_t domain = 0; domain < landscape.network.domains.size(); ++domain)
    for (const bool elsewhere : {false, true})
      destination({.domains = {domain}, .elsewhere = elsewhere});
  landscape.router.emplace(landscape.network, [&](std::uint64_t pair) {
    return chance.draw(purpose::colocation, pair);
  });
  landscape.attributor.emplace(landscape.network);
  for (const routing::NamedHop& named : landscape.router->hops())
    landscape.hop_numbers.push_back(hop(named.name, named.hop));
  for (std::uint32_t system = 0; system < world_.systems.size(); ++system) {
    const system::Pools& pools = landscape.pools[system];
    const std::set<std::uint32_t> used{pools.normal, pools.high_risk, pools.relay};
    world_.systems[system].pools.assign(used.begin(), used.end());
    world_.systems[system].hops = hops_of(system);
    world_.systems[system].transport = std::make_unique<system::MailSystem>(landscape_, system);
  }
}

}  // namespace weir::experiments
