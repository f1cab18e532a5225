#include "analysis/flow/max_flow.h"

#include <cmath>
#include <stdexcept>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>

namespace weir::analysis {
namespace {

using Units = std::int64_t;
using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using Edge = Traits::edge_descriptor;
using Graph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<boost::edge_capacity_t, Units,
                    boost::property<boost::edge_residual_capacity_t, Units,
                                    boost::property<boost::edge_reverse_t, Edge>>>>;

constexpr int kBits = 42;  // of the sum of all limits; a million sources twice that still fit

/// The sum of the limits there are.
double sum_of_limits(const Network& network) {
  double sum = 0.0;
  const auto add = [&](const Limit& limit, const std::string& place) {
    if (std::isnan(limit.per_second) || limit.per_second < 0.0)
      throw std::domain_error("max_flow: the limit of " + place + " is no rate");
    if (limit.limits()) sum += limit.per_second;
  };
  for (const Node& node : network.nodes) add(node.limit, "'" + node.name + "'");
  for (const Arc& arc : network.arcs)
    add(arc.limit, "an arc from '" + network.nodes.at(arc.from).name + "' to '" +
                       network.nodes.at(arc.to).name + "'");
  return sum;
}

/// Every node is an edge from its way in to its way out, which carries its limit.
class ResidualProblem {
 public:
  explicit ResidualProblem(const Network& network)
      : graph_(2 * network.nodes.size() + 2),
        source_(2 * network.nodes.size()),
        sink_(source_ + 1) {
    std::frexp(sum_of_limits(network), &exponent_);
    // More than all limits together: a flow of so much meets none.
    unlimited_ = Units{2} << kBits;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
      const Node& node = network.nodes[i];
      nodes_.push_back(add(2 * i, 2 * i + 1, units(node.limit)));
      if (node.role == Role::source) add(source_, 2 * i, unlimited_);
      if (node.role == Role::sink) add(2 * i + 1, sink_, unlimited_);
    }
    for (const Arc& arc : network.arcs)
      arcs_.push_back(add(2 * arc.from + 1, 2 * arc.to, units(arc.limit)));
  }

  /// Whether something limits the flow.
  bool solve() { return boost::push_relabel_max_flow(graph_, source_, sink_) < unlimited_; }

  double of_node(std::size_t i) const { return flow(nodes_[i]); }
  double of_arc(std::size_t i) const { return flow(arcs_[i]); }

  /// What the sources still reach past what is full.
  std::vector<char> source_side() const {
    std::vector<char> reached(num_vertices(graph_), 0);
    std::vector<std::size_t> queue{source_};
    reached[source_] = 1;
    for (std::size_t at = 0; at < queue.size(); ++at)
      for (auto [edge, end] = out_edges(queue[at], graph_); edge != end; ++edge) {
        const std::size_t next = target(*edge, graph_);
        if (reached[next] != 0 || get(boost::edge_residual_capacity, graph_, *edge) == 0) continue;
        reached[next] = 1;
        queue.push_back(next);
      }
    return reached;
  }

 private:
  Edge add(std::size_t from, std::size_t to, Units capacity) {
    const Edge there = boost::add_edge(from, to, graph_).first;
    const Edge back = boost::add_edge(to, from, graph_).first;
    put(boost::edge_capacity, graph_, there, capacity);
    put(boost::edge_capacity, graph_, back, Units{0});
    put(boost::edge_reverse, graph_, there, back);
    put(boost::edge_reverse, graph_, back, there);
    return there;
  }

  Units units(const Limit& limit) const {
    return limit.limits() ? std::llround(std::ldexp(limit.per_second, kBits - exponent_))
                          : unlimited_;
  }
  double rate(Units units) const {
    return std::ldexp(static_cast<double>(units), exponent_ - kBits);
  }
  double flow(const Edge& edge) const {
    return rate(get(boost::edge_capacity, graph_, edge) -
                get(boost::edge_residual_capacity, graph_, edge));
  }

  Graph graph_;
  std::size_t source_;
  std::size_t sink_;
  int exponent_ = 0;
  Units unlimited_ = 0;
  std::vector<Edge> nodes_;
  std::vector<Edge> arcs_;
};

std::vector<Narrow> cut_of(const Network& network, const std::vector<char>& source_side) {
  std::vector<Narrow> cut;
  const auto crosses = [&](std::size_t from, std::size_t to) {
    return source_side[from] != 0 && source_side[to] == 0;
  };
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    if (crosses(2 * i, 2 * i + 1)) cut.push_back({Narrow::Where::node, i, network.nodes[i].limit});
  for (std::size_t i = 0; i < network.arcs.size(); ++i)
    if (crosses(2 * network.arcs[i].from + 1, 2 * network.arcs[i].to))
      cut.push_back({Narrow::Where::arc, i, network.arcs[i].limit});
  return cut;
}

}  // namespace

MaxFlow max_flow(const Network& network) {
  ResidualProblem problem(network);
  MaxFlow answer;
  if (!problem.solve()) {
    answer.per_second = std::numeric_limits<double>::infinity();
    return answer;
  }
  answer.cut = cut_of(network, problem.source_side());
  for (const Narrow& narrow : answer.cut) answer.per_second += narrow.limit.per_second;
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    answer.of_node.push_back(problem.of_node(i));
  for (std::size_t i = 0; i < network.arcs.size(); ++i) answer.of_arc.push_back(problem.of_arc(i));
  return answer;
}

}  // namespace weir::analysis
