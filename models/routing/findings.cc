#include "models/routing/findings.h"

#include <algorithm>

#include "models/routing/names.h"

namespace weir::routing {
namespace {

using Found = std::vector<Finding>;

std::string quoted_step(const std::string& name) {
  return name.find('.') == std::string::npos ? name : "\"" + name + "\"";
}

std::string path_of(const Domain& domain) { return "domain." + quoted_step(domain.name); }
std::string path_of(const Organisation& organisation) {
  return "organisation." + quoted_step(organisation.name);
}
std::string path_of(const System& system) { return "system." + quoted_step(system.name); }

/// A name that a pattern covers and that no other pattern but a wider or equal one does.
std::string probe_of(const std::string& pattern) {
  if (is_catch_all(pattern)) return "any.name.that.is.nowhere.invalid";
  const std::string_view parent = wildcard_parent(pattern);
  return parent.empty() ? pattern : "any-name-that-is-nowhere." + std::string(parent);
}

/// Connectors of one owner, which all compete.
struct Rivals {
  std::string path;  // of one of them, without its name
  const std::vector<OutboundConnector>& connectors;
  ConnectorChoice choice = ConnectorChoice::exchange_online;
  std::vector<std::string> accepted;  // domains of the owner

  std::uint32_t winner(const std::string& domain) const {
    const bool own = std::any_of(accepted.begin(), accepted.end(),
                                 [&](const std::string& name) { return same_name(name, domain); });
    return choose_connector(connectors, domain, own ? Accepted::yes : Accepted::no, choice);
  }
};

/// One name for each part of the connector's scope.
std::vector<std::string> probes_of(const OutboundConnector& connector, const Rivals& rivals) {
  std::vector<std::string> probes;
  for (const std::string& pattern : connector.params.domains) {
    if (pattern == kAcceptedDomains) {
      probes.insert(probes.end(), rivals.accepted.begin(), rivals.accepted.end());
    } else {
      probes.push_back(probe_of(pattern));
    }
  }
  return probes;
}

void find_shadowed_among(const Rivals& rivals, Found& found) {
  for (std::uint32_t c = 0; c < rivals.connectors.size(); ++c) {
    const OutboundConnector& connector = rivals.connectors[c];
    if (!connector.params.enabled || connector.params.only_by_rule) continue;
    std::vector<std::string> winners;
    bool takes_some = false;
    for (const std::string& probe : probes_of(connector, rivals)) {
      const std::uint32_t winner = rivals.winner(probe);
      takes_some |= winner == c;
      if (winner == c || winner == kNoConnector) continue;
      const std::string& name = rivals.connectors[winner].name;
      if (std::find(winners.begin(), winners.end(), name) == winners.end()) winners.push_back(name);
    }
    if (takes_some) continue;
    std::string text = winners.empty() ? "takes no mail: nothing is in its scope"
                                       : "takes no mail: all in its scope is taken by ";
    for (std::size_t i = 0; i < winners.size(); ++i) text += (i > 0 ? ", " : "") + winners[i];
    found.push_back({"shadowed connector", rivals.path + "." + quoted_step(connector.name), text});
  }
}

std::vector<std::string> accepted_by(const Network& network, std::uint32_t organisation) {
  std::vector<std::string> names;
  for (const Domain& domain : network.domains)
    if (domain.organisation == organisation) names.push_back(domain.name);
  return names;
}

ConnectorChoice choice_of(const Network& network, std::uint32_t system) {
  return system == kNone ? ConnectorChoice::exchange_online
                         : network.systems[system].params.connector_choice;
}

}  // namespace

void find_unreachable(const Network& network, const MailGraph& graph, Found& found) {
  for (const PassageArc& arc : graph.arcs) {
    if (arc.passage != Passage::returns || arc.strays) continue;
    for (const std::uint32_t domain : arc.domains) {
      const std::string place = graph.nodes[arc.from].name;
      found.push_back({"unreachable recipients",
                       domain == kNone ? "source" : path_of(network.domains[domain]),
                       "mail that comes to " + place + " is returned from there: " + arc.why});
    }
  }
}

void find_shadowed(const Network& network, Found& found) {
  for (std::uint32_t o = 0; o < network.organisations.size(); ++o) {
    const Organisation& organisation = network.organisations[o];
    find_shadowed_among({.path = path_of(organisation) + ".outbound",
                         .connectors = organisation.outbound,
                         .choice = choice_of(network, organisation.system),
                         .accepted = accepted_by(network, o)},
                        found);
  }
  for (std::uint32_t s = 0; s < network.systems.size(); ++s)
    find_shadowed_among({.path = path_of(network.systems[s]) + ".route",
                         .connectors = network.systems[s].routes,
                         .choice = choice_of(network, s),
                         .accepted = {}},
                        found);
}

void find_foreign_hosts(const Network& network, Found& found) {
  for (std::uint32_t d = 0; d < network.domains.size(); ++d) {
    const Domain& domain = network.domains[d];
    for (const auto& group : mail_hosts(domain))
      for (const std::uint32_t site : group) {
        const std::uint32_t system = network.sites[site].system;
        if (system == kNone || network.systems[system].organisations.empty()) continue;
        const std::uint32_t home = network.home(system, d);
        if (home != kNone && network.is_registered(d, home)) continue;
        const std::string leads = network.sites[site].name + " of " + network.systems[system].name;
        found.push_back({"foreign mail exchanger", path_of(domain) + ".mx",
                         home == kNone
                             ? leads + " refuses its mail: no organisation there has the domain"
                             : leads + " delivers its mail to the old place: it is stale at " +
                                   network.organisations[home].name});
      }
  }
}

void find_unused_scopes(const Network& network, Found& found) {
  for (std::uint32_t o = 0; o < network.organisations.size(); ++o) {
    const Organisation& organisation = network.organisations[o];
    for (const Domain& domain : network.domains) {
      if (domain.organisation != o || domain.type != DomainType::authoritative) continue;
      const std::uint32_t taker =
          choose_connector(organisation.outbound, domain.name, Accepted::yes,
                           choice_of(network, organisation.system));
      if (taker == kNoConnector) continue;
      const OutboundConnector& connector = organisation.outbound[taker];
      const auto& scope = connector.params.domains;
      if (std::find(scope.begin(), scope.end(), domain.name) == scope.end() &&
          std::find(scope.begin(), scope.end(), kAcceptedDomains) == scope.end())
        continue;
      found.push_back({"authoritative domain",
                       path_of(organisation) + ".outbound." + quoted_step(connector.name),
                       "takes no mail for " + domain.name +
                           ": addresses without a mailbox bounce, for the domain is authoritative; "
                           "make it internal_relay if some are elsewhere (S4-77)"});
    }
  }
}

void find_local_surprises(const Network& network, const Servers& servers, Found& found) {
  const auto count = static_cast<std::uint32_t>(network.organisations.size());
  for (std::uint32_t o = 0; o < count; ++o)
    for (std::uint32_t d = 0; d < network.domains.size(); ++d) {
      const LocalDelivery local = deliver_locally(network, servers, o, d);
      if (local.organisation == kNone || network.is_registered(d, o)) continue;
      const std::string& to = network.organisations[local.organisation].name;
      if (local.stale)
        found.push_back({"stale domain", path_of(network.organisations[o]),
                         "its mail for " + network.domains[d].name + " is delivered to " + to +
                             ", where the domain no longer is (S0-03)"});
      if (local.bypasses)
        found.push_back({"filter bypassed", path_of(network.organisations[o]),
                         "its mail for " + network.domains[d].name + " goes to " + to +
                             " on the same server, past what the MX leads to (S0-11)"});
    }
}

void find_weak_connectors(const Network& network, Found& found) {
  std::vector<std::string> named_by(network.addresses.size());
  for (std::uint32_t o = 0; o < network.organisations.size(); ++o) {
    const Organisation& organisation = network.organisations[o];
    const std::vector<std::string> domains = accepted_by(network, o);
    for (const InboundConnector& connector : organisation.inbound) {
      if (connector.params.type != ConnectorType::organization) continue;
      const std::string path = path_of(organisation) + ".inbound." + quoted_step(connector.name);
      for (const std::string& name : connector.params.certificate) {
        if (std::any_of(domains.begin(), domains.end(),
                        [&](const std::string& domain) { return names_domain(name, domain); }))
          continue;
        found.push_back({"foreign certificate name", path + ".certificate",
                         name + " is no domain of " + organisation.name +
                             ": it only works for mail from or to one of its domains (S2-11, "
                             "S2-14)"});
      }
      for (const std::uint32_t address : connector.addresses) {
        std::string& other = named_by[address];
        if (!other.empty() && other != organisation.name)
          found.push_back({"shared address", path + ".addresses",
                           network.addresses[address].name + " stands on a connector of " + other +
                               " too: mail of either may be drawn to the other (S4-71)"});
        if (other.empty()) other = organisation.name;
      }
    }
  }
}

std::vector<Finding> find_all(const Network& network, const Router& router,
                              const MailGraph& graph) {
  Found found;
  find_unreachable(network, graph, found);
  find_foreign_hosts(network, found);
  find_shadowed(network, found);
  find_unused_scopes(network, found);
  find_local_surprises(network, router.servers(), found);
  find_weak_connectors(network, found);
  return found;
}

}  // namespace weir::routing
