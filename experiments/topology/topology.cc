#include "experiments/topology/topology.h"

#include <algorithm>
#include <set>

#include "analysis/flow/graph.h"
#include "models/system/landscape.h"

namespace weir::experiments {
namespace {

using routing::Flow;
using routing::kNone;
using routing::MailGraph;
using routing::PassageArc;

/// The sites of a hop of the world; the first hops are the sites themselves.
std::vector<std::vector<std::uint32_t>> sites_of(const WorldConfig& world, std::uint32_t hop) {
  if (hop < world.sites.size()) return {{hop}};
  return world.hops[hop - world.sites.size()].hop.groups;
}

Flow flow_of(const WorldConfig& world, const SourceConfig& source) {
  Flow flow{.name = source.name, .sender_domain = source.from};
  if (source.start) {
    flow.system = source.start->system;
    flow.organisation = source.start->organisation;
  } else {
    flow.addresses = world.pools[source.pool].addresses;
  }
  for (const SourceRoute& route : source.routes) {
    std::vector<std::uint32_t> domains{kNone};
    if (route.destination < world.destinations.size())
      domains = world.destinations[route.destination].domains;
    for (const std::uint32_t domain : domains) {
      Flow::Part& part = flow.parts.emplace_back();
      part.domain = domain;
      if (!source.start) part.sites = sites_of(world, route.hop);
    }
  }
  return flow;
}

routing::Surroundings surroundings_of(const Scenario& scenario) {
  routing::Surroundings surroundings{.submission_sites = scenario.landscape->submission_site,
                                     .system_addresses = {}};
  for (const SystemConfig& system : scenario.world.systems) {
    std::set<std::uint32_t> addresses;
    for (const std::uint32_t pool : system.pools)
      addresses.insert(scenario.world.pools[pool].addresses.begin(),
                       scenario.world.pools[pool].addresses.end());
    surroundings.system_addresses.emplace_back(addresses.begin(), addresses.end());
  }
  return surroundings;
}

/// The arcs that mail of one domain may take.
analysis::Network network_of(const MailGraph& graph, std::uint32_t domain) {
  analysis::Network network;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    analysis::Node node;
    node.name = std::to_string(i);
    network.add(std::move(node));
  }
  for (const PassageArc& arc : graph.arcs)
    if (std::binary_search(arc.domains.begin(), arc.domains.end(), domain))
      network.add(analysis::Arc{.from = arc.from, .to = arc.to, .limit = {}});
  return network;
}

/// Whether only mail for addresses without a mailbox goes all the way round.
bool is_for_strays(const MailGraph& graph, const analysis::NodeList& walk, std::uint32_t domain) {
  for (std::size_t i = 0; i < walk.size(); ++i) {
    const std::size_t to = walk[(i + 1) % walk.size()];
    bool strays = true;
    for (const PassageArc& arc : graph.arcs)
      if (arc.from == walk[i] && arc.to == to &&
          std::binary_search(arc.domains.begin(), arc.domains.end(), domain))
        strays &= arc.strays;
    if (strays) return true;
  }
  return false;
}

/// The way round by the names of its places; a system's door of the same name is not said twice.
std::string way_round(const MailGraph& graph, const analysis::NodeList& walk) {
  std::string text;
  std::string last;
  for (const std::size_t node : walk) {
    const std::string& name = graph.nodes[node].name;
    if (name != last) text += (text.empty() ? "" : " -> ") + name;
    last = name;
  }
  return text + " -> " + graph.nodes[walk.front()].name;
}

void find_loops_of(const MailGraph& graph, const routing::Network& network, std::uint32_t domain,
                   std::vector<routing::Finding>& found) {
  for (const analysis::Loop& loop : analysis::find_loops(network_of(graph, domain)))
    found.push_back({"routing loop", "domain.\"" + network.domains[domain].name + "\"",
                     std::string("mail ") +
                         (is_for_strays(graph, loop.walk, domain)
                              ? "for addresses that have no mailbox on the way "
                              : "") +
                         "goes round, " + way_round(graph, loop.walk) +
                         ", until a system's hop_limit returns it"});
}

}  // namespace

Topology examine(const Scenario& scenario) {
  const system::Landscape& landscape = *scenario.landscape;
  std::vector<Flow> flows;
  for (const SourceConfig& source : scenario.world.sources)
    flows.push_back(flow_of(scenario.world, source));
  Topology topology;
  topology.title = scenario.frame.title;
  topology.graph = routing::mail_graph(landscape.network, *landscape.router, *landscape.attributor,
                                       surroundings_of(scenario), flows);
  for (std::uint32_t d = 0; d < landscape.network.domains.size(); ++d) {
    topology.domains.push_back(landscape.network.domains[d].name);
    find_loops_of(topology.graph, landscape.network, d, topology.findings);
  }
  const auto others = routing::find_all(landscape.network, *landscape.router, topology.graph);
  topology.findings.insert(topology.findings.end(), others.begin(), others.end());
  return topology;
}

}  // namespace weir::experiments
