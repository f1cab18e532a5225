#include "models/routing/router.h"

#include <algorithm>

namespace weir::routing {
namespace {

Route fail(Reply reply) { return {.way = Way::fail, .reply = reply}; }

}  // namespace

Router::Router(const Network& network, const DrawOfPair& draw_of)
    : network_(network), servers_(network, draw_of) {
  for (std::uint32_t o = 0; o < network.organisations.size(); ++o) {
    const Organisation& organisation = network.organisations[o];
    const ConnectorChoice choice =
        organisation.system == kNone ? ConnectorChoice::exchange_online
                                     : network.systems[organisation.system].params.connector_choice;
    of_organisation_.push_back(table_of(organisation.name, o, organisation.outbound, choice));
  }
  for (const System& system : network.systems) {
    of_system_.push_back(
        table_of(system.name, kNone, system.routes, system.params.connector_choice));
    auto& by_domain = mx_hops_.emplace_back();
    for (std::uint32_t domain = 0; domain < network.domains.size(); ++domain)
      by_domain.push_back(mx_hop(domain, system.params.mx_manner()));
  }
}

std::uint32_t Router::number_of(std::string name, Hop hop) {
  const auto next = static_cast<std::uint32_t>(hops_.size());
  const auto [entry, is_new] = numbers_.try_emplace(hop, next);
  if (is_new) hops_.push_back({std::move(name), std::move(hop)});
  return entry->second;
}

/// kNone when DNS knows no host.
std::uint32_t Router::mx_hop(std::uint32_t domain, const HopManner& manner) {
  auto groups = mail_hosts(network_.domains[domain]);
  if (groups.empty()) return kNone;
  return number_of("MX of " + network_.domains[domain].name, {std::move(groups), manner});
}

Router::Table Router::table_of(const std::string& owner, std::uint32_t organisation,
                               const std::vector<OutboundConnector>& connectors,
                               ConnectorChoice choice) {
  Table table;
  for (std::uint32_t domain = 0; domain < network_.domains.size(); ++domain) {
    const Accepted accepted = organisation != kNone && network_.is_registered(domain, organisation)
                                  ? Accepted::yes
                                  : Accepted::no;
    table.chosen.push_back(
        choose_connector(connectors, network_.domains[domain].name, accepted, choice));
    table.local.push_back(deliver_locally(network_, servers_, organisation, domain));
  }
  for (const OutboundConnector& connector : connectors) {
    auto& hops = table.hops.emplace_back();
    if (!connector.params.use_mx) {
      hops.push_back(
          number_of(owner + "/" + connector.name, {{connector.smart_hosts}, connector.manner()}));
      continue;
    }
    for (std::uint32_t domain = 0; domain < network_.domains.size(); ++domain)
      hops.push_back(mx_hop(domain, connector.manner()));
  }
  return table;
}

const std::vector<OutboundConnector>& Router::connectors(const Network& network,
                                                         std::uint32_t system,
                                                         std::uint32_t organisation) {
  return organisation != kNone ? network.organisations[organisation].outbound
                               : network.systems[system].routes;
}

const Router::Table& Router::table(const Leg& leg) const {
  return leg.organisation != kNone ? of_organisation_[leg.organisation] : of_system_[leg.system];
}

Route Router::route(const Leg& leg) const {
  if (leg.connector != kNone) return by_connector(leg, leg.connector);
  if (leg.domain == kNone) return fail(Reply::no_route);
  const bool own =
      leg.organisation != kNone && network_.is_registered(leg.domain, leg.organisation);
  if (own && leg.mailbox == Mailbox::here) return {.way = Way::mailbox};
  if (own && network_.domains[leg.domain].type == DomainType::authoritative)
    return fail(Reply::unknown_recipient);
  const LocalDelivery local = own ? LocalDelivery{} : table(leg).local[leg.domain];
  if (local.organisation != kNone && local.organisation == leg.organisation)
    return {.way = Way::mailbox, .stale = true};
  const std::uint32_t chosen = table(leg).chosen[leg.domain];
  if (chosen != kNoConnector) return by_connector(leg, chosen);
  if (local.organisation != kNone)
    return {.way = Way::inside,
            .organisation = local.organisation,
            .stale = local.stale,
            .bypasses = local.bypasses};
  return by_mx(leg);
}

Route Router::by_connector(const Leg& leg, std::uint32_t connector) const {
  const std::vector<std::uint32_t>& hops = table(leg).hops[connector];
  const std::uint32_t hop = hops.size() == 1      ? hops.front()
                            : leg.domain == kNone ? kNone
                                                  : hops[leg.domain];
  if (hop == kNone) return fail(Reply::no_route);
  return {.way = Way::hop, .connector = connector, .hop = hop};
}

/// To people outside (S0-06), and to those of another organisation of the system that is on another
/// server: its filter in front is passed like anybody's (S0-08).
Route Router::by_mx(const Leg& leg) const {
  const std::uint32_t hop = mx_hops_[leg.system][leg.domain];
  if (hop == kNone) return fail(Reply::no_route);
  return {.way = Way::hop, .hop = hop};
}

}  // namespace weir::routing
