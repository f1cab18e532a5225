#include "experiments/capacity/flow_network.h"

#include <algorithm>
#include <utility>

namespace weir::experiments {
namespace {

using analysis::Node;
using analysis::Role;
using analysis::Shape;

class NetworkBuilder {
 public:
  NetworkBuilder(const WorldConfig& config, const Walk& walk, const Demands& demands,
                 const std::vector<Ceiling>& ceilings, Arcs arcs)
      : config_(config), walk_(walk), demands_(demands), ceilings_(ceilings), arcs_(arcs) {}

  analysis::Network build() {
    for (const auto& [step, passed] : walk_.passed) {
      const double rate = mail_per_second(passed, walk_, demands_);
      if (step.first.kind == Spot::Kind::source)
        leave_source(step.first, step.second, passed.at(step.first.index));
      else if (step.first.kind == Spot::Kind::lane && step.second.kind == Spot::Kind::site)
        reach_site(step.first, step.second, rate);
      else
        join(node(step.first), node(step.second), rate);
    }
    if (arcs_ == Arcs::as_they_are) set_free();
    return std::move(network_);
  }

 private:
  /// Takes the limits off the arcs that adaptive mail may use instead of others.
  void set_free() {
    std::vector<char> reached(network_.nodes.size(), 0);
    for (std::size_t at = 0; at < adaptive_.size(); ++at) {
      const std::size_t from = adaptive_[at];
      if (std::exchange(reached[from], char{1}) != 0) continue;
      for (analysis::Arc& arc : network_.arcs) {
        if (arc.from != from) continue;
        arc.limit = {};
        adaptive_.push_back(arc.to);
      }
    }
  }

  /// The lowest of the ceilings at one place that hold always.
  analysis::Limit limit(Ceiling::At at, std::uint32_t index, std::uint32_t other = 0) const {
    analysis::Limit lowest;
    for (const Ceiling& ceiling : ceilings_)
      if (ceiling.at == at && ceiling.index == index && ceiling.other == other &&
          !ceiling.shown.while_new && ceiling.shown.bound < lowest.per_second)
        lowest = {ceiling.shown.bound, ceiling.shown.setting};
    return lowest;
  }

  std::size_t add(Node node) {
    if (const std::size_t known = network_.find(node.name); known != analysis::Network::kNone)
      return known;
    return network_.add(std::move(node));
  }

  std::size_t node(const Spot& place) {
    switch (place.kind) {
      case Spot::Kind::source: {
        Node source{.name = "source " + config_.sources[place.index].name,
                    .kind = "source",
                    .shape = Shape::rounded,
                    .role = Role::source};
        if (arcs_ == Arcs::as_they_are) source.limit.per_second = demands_.submitted[place.index];
        const std::size_t added = add(std::move(source));
        if (config_.sources[place.index].pacers.size() > 1) adaptive_.push_back(added);
        return added;
      }
      case Spot::Kind::lane:
        return lane(place.index);
      case Spot::Kind::site:
        return add({.name = "site " + config_.sites[place.index].name(),
                    .kind = "site",
                    .shape = Shape::cylinder,
                    .limit = limit(Ceiling::At::site, place.index)});
      case Spot::Kind::system:
        return add({.name = "system " + config_.systems[place.index].name,
                    .kind = "system",
                    .shape = Shape::box,
                    .limit = limit(Ceiling::At::system, place.index)});
      case Spot::Kind::end:
        break;
    }
    return add(
        {.name = "end of the way", .kind = "end", .shape = Shape::ellipse, .role = Role::sink});
  }

  bool has_several_hosts(std::uint32_t hop) const {
    if (hop < config_.sites.size()) return false;
    const auto& groups = config_.hops[hop - config_.sites.size()].hop.groups;
    return groups.size() > 1 || groups.front().size() > 1;
  }

  std::size_t lane(std::uint32_t index) {
    const Walk::LaneEnds& ends = walk_.lanes[index];
    const std::size_t node = add({.name = "lane " + lane_name(config_, ends),
                                  .kind = "lane",
                                  .shape = Shape::hexagon,
                                  .limit = limit(Ceiling::At::lane, index)});
    if (has_several_hosts(ends.hop)) adaptive_.push_back(node);
    return node;
  }

  /// The node of an address at a site where that is limited, else the site itself.
  std::size_t party(const Spot& lane, const Spot& site) {
    const std::uint32_t address = walk_.lanes[lane.index].address;
    const analysis::Limit lowest = limit(Ceiling::At::party, address, site.index);
    if (!lowest.limits()) return node(site);
    return add({.name = config_.addresses[address].name + " at " + config_.sites[site.index].name(),
                .kind = "address at site",
                .shape = Shape::diamond,
                .limit = lowest});
  }

  void reach_site(const Spot& lane, const Spot& site, double rate) {
    const std::size_t between = party(lane, site);
    join(node(lane), between, rate);
    join(between, node(site), rate);
  }

  /// From a source, through its plan where it has one.
  void leave_source(const Spot& source, const Spot& to, std::uint64_t walked) {
    const std::uint32_t index = source.index;
    const double submitted = demands_.submitted[index] * static_cast<double>(walked) /
                             static_cast<double>(walk_.messages[index]);
    const double let_go = submitted * demands_.let_go[index];
    const bool lane = to.kind == Spot::Kind::lane;
    const std::uint32_t address = lane ? walk_.lanes[to.index].address : 0;
    const analysis::Limit plan =
        lane ? limit(Ceiling::At::plan, index, address) : analysis::Limit{};
    if (!plan.limits()) {
      join(node(source), node(to), submitted);
      return;
    }
    const std::size_t between = add({.name = "plan of " + config_.sources[index].name + " for " +
                                             config_.addresses[address].name,
                                     .kind = "plan",
                                     .shape = Shape::diamond,
                                     .limit = plan});
    join(node(source), between, submitted);
    join(between, node(to), let_go);
  }

  void join(std::size_t from, std::size_t to, double rate) {
    if (from == to) return;
    for (analysis::Arc& arc : network_.arcs)
      if (arc.from == from && arc.to == to) {
        if (arcs_ == Arcs::as_they_are) arc.limit.per_second += rate;
        return;
      }
    analysis::Arc arc{.from = from, .to = to};
    if (arcs_ == Arcs::as_they_are) arc.limit.per_second = rate;
    network_.add(std::move(arc));
  }

  const WorldConfig& config_;
  const Walk& walk_;
  const Demands& demands_;
  const std::vector<Ceiling>& ceilings_;
  Arcs arcs_;
  analysis::Network network_;
  std::vector<std::size_t> adaptive_;
};

}  // namespace

analysis::Network build_network(const WorldConfig& config, const Walk& walk, const Demands& demands,
                                const std::vector<Ceiling>& ceilings, Arcs arcs) {
  return NetworkBuilder(config, walk, demands, ceilings, arcs).build();
}

}  // namespace weir::experiments
