#pragma once
/// Small networks for tests of routing. Sites, addresses and systems are told apart by number.

#include "models/purpose.h"
#include "models/routing/mail_graph.h"

namespace weir::routing {

/// A network with two systems (0 has organisations, 1 has none), sites 0 and 1 in front of system
/// 0, site 2 in front of system 1, sites 3 and 4 without a system, and addresses 0 and 1.
inline Network two_systems() {
  Network network;
  network.systems = {{.name = "online"}, {.name = "filter"}};
  network.sites = {{.name = "eo", .system = 0},
                   {.name = "eo-2", .system = 0},
                   {.name = "filter", .system = 1},
                   {.name = "s1"},
                   {.name = "s2"}};
  network.addresses = {{.name = "a0"}, {.name = "a1"}};
  return network;
}

/// System 0 sends by address 0, system 1 by address 1; clients log in nowhere.
inline const Surroundings kSurroundings{.submission_sites = {}, .system_addresses = {{0}, {1}}};

/// Adds an organisation on system 0.
inline std::uint32_t add_organisation(Network& network, std::string name, std::string server = {},
                                      std::string forest = {}) {
  const auto index = static_cast<std::uint32_t>(network.organisations.size());
  network.organisations.push_back({.name = std::move(name),
                                   .system = 0,
                                   .server = std::move(server),
                                   .forest = std::move(forest)});
  network.systems[0].organisations.push_back(index);
  return index;
}

inline std::uint32_t add_domain(Network& network, std::string name,
                                std::uint32_t organisation = kNone, std::vector<MxRecord> mx = {}) {
  network.domains.push_back(
      {.name = std::move(name), .mx = std::move(mx), .organisation = organisation});
  return static_cast<std::uint32_t>(network.domains.size() - 1);
}

/// An inbound connector in effect from the start, without anything that knows a server.
inline InboundConnector& add_inbound(Network& network, std::uint32_t organisation,
                                     ConnectorType type = ConnectorType::organization) {
  InboundConnector connector;
  connector.name = "in";
  connector.params.type = type;
  connector.params.propagation = 0s;
  return network.organisations[organisation].inbound.emplace_back(connector);
}

inline OutboundConnector& add_connector(std::vector<OutboundConnector>& to, std::string name,
                                        std::vector<std::string> domains,
                                        std::vector<std::uint32_t> smart_hosts) {
  OutboundConnector connector;
  connector.name = std::move(name);
  connector.params.domains = std::move(domains);
  connector.params.use_mx = smart_hosts.empty();
  connector.smart_hosts = std::move(smart_hosts);
  return to.emplace_back(connector);
}

inline Draw draw_of_pair(std::uint64_t pair) { return {1, purpose::destination, pair, 0}; }

}  // namespace weir::routing
