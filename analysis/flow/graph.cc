#include "analysis/flow/graph.h"

#include <algorithm>
#include <stdexcept>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <boost/graph/strong_components.hpp>

namespace weir::analysis {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

constexpr std::size_t kNone = Network::kNone;

/// The network with one node more, which leads to every source.
struct Rooted {
  explicit Rooted(const Network& network)
      : graph(network.nodes.size() + 1), root(network.nodes.size()) {
    for (const Arc& arc : network.arcs) {
      if (arc.from >= root || arc.to >= root)
        throw std::out_of_range("an arc of the network ends at no node");
      boost::add_edge(arc.from, arc.to, graph);
    }
    for (std::size_t i = 0; i < root; ++i)
      if (network.nodes[i].role == Role::source) boost::add_edge(root, i, graph);
  }

  Graph graph;
  std::size_t root;
};

/// Where each node was reached from, breadth first from `starts`; kNone where it was not, a start
/// from itself.
template <class Next>
NodeList search(std::size_t size, const NodeList& starts, const Next& each_next) {
  NodeList reached_from(size, kNone);
  NodeList queue = starts;
  for (const std::size_t start : starts) reached_from[start] = start;
  for (std::size_t at = 0; at < queue.size(); ++at)
    each_next(queue[at], [&](std::size_t next) {
      if (reached_from[next] != kNone) return;
      reached_from[next] = queue[at];
      queue.push_back(next);
    });
  return reached_from;
}

auto forwards(const Graph& graph) {
  return [&graph](std::size_t node, const auto& visit) {
    for (auto [edge, end] = out_edges(node, graph); edge != end; ++edge)
      visit(target(*edge, graph));
  };
}

auto backwards(const Graph& graph) {
  return [&graph](std::size_t node, const auto& visit) {
    for (auto [edge, end] = in_edges(node, graph); edge != end; ++edge) visit(source(*edge, graph));
  };
}

NodeList nodes_of(const Network& network, Role role) {
  NodeList found;
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    if (network.nodes[i].role == role) found.push_back(i);
  return found;
}

/// The shortest walk from `start` back to it, without the end; empty when there is none.
NodeList way_round(const Graph& graph, std::size_t start) {
  const NodeList from = search(num_vertices(graph), {start}, forwards(graph));
  std::size_t last = kNone;
  std::size_t shortest = kNone;
  for (auto [edge, end] = in_edges(start, graph); edge != end; ++edge) {
    const std::size_t before = source(*edge, graph);
    if (from[before] == kNone) continue;
    std::size_t steps = 1;
    for (std::size_t at = before; at != start; at = from[at]) ++steps;
    if (steps < shortest) shortest = steps, last = before;
  }
  NodeList walk;
  if (last == kNone) return walk;
  for (std::size_t at = last; at != start; at = from[at]) walk.push_back(at);
  walk.push_back(start);
  std::reverse(walk.begin(), walk.end());
  return walk;
}

}  // namespace

std::vector<NodeList> strong_parts(const Network& network) {
  const Rooted rooted(network);
  NodeList part_of(rooted.root + 1);
  // Tarjan's algorithm numbers a part when all that follows it has its number.
  const std::size_t count = boost::strong_components(
      rooted.graph,
      boost::make_iterator_property_map(part_of.begin(), get(boost::vertex_index, rooted.graph)));
  std::vector<NodeList> parts(count);
  for (std::size_t i = 0; i < rooted.root; ++i) parts[count - 1 - part_of[i]].push_back(i);
  std::erase_if(parts, [](const NodeList& part) { return part.empty(); });
  return parts;
}

std::vector<Loop> find_loops(const Network& network) {
  const Rooted rooted(network);
  std::vector<Loop> loops;
  for (NodeList& part : strong_parts(network)) {
    NodeList walk;
    for (const std::size_t node : part)
      if (const NodeList found = way_round(rooted.graph, node);
          !found.empty() && (walk.empty() || found.size() < walk.size()))
        walk = found;
    if (!walk.empty()) loops.push_back({std::move(part), std::move(walk)});
  }
  std::sort(loops.begin(), loops.end(),
            [](const Loop& a, const Loop& b) { return a.nodes.front() < b.nodes.front(); });
  return loops;
}

Reach find_reach(const Network& network) {
  const Rooted rooted(network);
  const Graph& graph = rooted.graph;
  const std::size_t size = num_vertices(graph);
  const NodeList from_source = search(size, nodes_of(network, Role::source), forwards(graph));
  const NodeList to_sink = search(size, nodes_of(network, Role::sink), backwards(graph));
  Reach reach;
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    if (from_source[i] == kNone)
      reach.unreached.push_back(i);
    else if (to_sink[i] == kNone)
      reach.stranded.push_back(i);
  }
  return reach;
}

NodeList unavoidable(const Network& network, std::size_t node) {
  static_cast<void>(network.nodes.at(node));
  const Rooted rooted(network);
  NodeList dominator(rooted.root + 1, kNone);
  boost::lengauer_tarjan_dominator_tree(
      rooted.graph, rooted.root,
      boost::make_iterator_property_map(dominator.begin(), get(boost::vertex_index, rooted.graph)));
  NodeList passed;
  for (std::size_t at = dominator[node]; at != kNone && at != rooted.root; at = dominator[at])
    passed.push_back(at);
  std::reverse(passed.begin(), passed.end());
  return passed;
}

std::vector<std::string> names_of(const Network& network, const NodeList& nodes) {
  std::vector<std::string> names;
  for (const std::size_t node : nodes) names.push_back(network.nodes.at(node).name);
  return names;
}

}  // namespace weir::analysis
