#include "experiments/capacity/capacity.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "analysis/flow/graph.h"
#include "analysis/flow/max_flow.h"
#include "experiments/capacity/flow_network.h"
#include "experiments/capacity/rate_text.h"

namespace weir::experiments {
namespace {

/// What rounding may leave of a limit that is just met.
constexpr double kJust = 1.0 + 1e-9;

Bound bound_of(const analysis::Network& network) {
  const analysis::MaxFlow flow = analysis::max_flow(network);
  Bound bound{flow.per_second, {}};
  for (const analysis::Narrow& narrow : flow.cut)
    if (!narrow.limit.setting.empty() && std::find(bound.settings.begin(), bound.settings.end(),
                                                   narrow.limit.setting) == bound.settings.end())
      bound.settings.push_back(narrow.limit.setting);
  return bound;
}

std::string share_text(double share) {
  return share < 10.0 ? fmt::format("{:.0f} %", 100.0 * share) : fmt::format("{:.0f} times", share);
}

std::string place_text(const Bottleneck& b) { return b.kind + " " + b.name; }

/// What carries all in the end but not when most comes: mail waits there.
std::string busiest_of(const std::vector<Bottleneck>& bottlenecks) {
  const auto busiest = std::max_element(
      bottlenecks.begin(), bottlenecks.end(),
      [](const Bottleneck& a, const Bottleneck& b) { return a.busiest < b.busiest; });
  if (busiest->busiest <= kJust) return {};
  return fmt::format(" At its busiest {} is asked for {}, by {}: mail waits there.",
                     place_text(*busiest), share_text(busiest->busiest), busiest->setting);
}

/// The first sentences of an answer: what, where, and how far it is.
std::string verdict_of(const Capacity& capacity) {
  if (!capacity.refusal.empty()) return "No steady state: " + capacity.refusal + ".";
  if (capacity.bottlenecks.empty()) return "Nothing in the scenario limits its mail.";
  const Bottleneck& first = capacity.bottlenecks.front();
  if (first.utilisation > kJust) {
    return fmt::format("{} breaks first: {} is asked for {} of what it can carry{}.", first.setting,
                       place_text(first), share_text(first.utilisation),
                       first.while_new ? " while the address is new" : "");
  }
  return fmt::format(
             "Nothing breaks; {} would be first, at {:.3g} times this mail: {} is asked for "
             "{} of what it can carry{}.",
             first.setting, 1.0 / first.utilisation, place_text(first),
             share_text(first.utilisation), first.while_new ? " while the address is new" : "") +
         busiest_of(capacity.bottlenecks);
}

void mark(analysis::Network& network, const Capacity& capacity) {
  const auto narrow = [&](const std::string& setting) {
    const auto& cut = capacity.carried.per_second * kJust < capacity.submitted
                          ? capacity.carried.settings
                          : capacity.most.settings;
    return std::find(cut.begin(), cut.end(), setting) != cut.end();
  };
  network.title = capacity.title;
  network.description = capacity.verdict;
  for (analysis::Node& node : network.nodes) {
    if (!node.limit.limits()) continue;
    node.note = node.limit.setting.empty() ? flow_text(node.limit.per_second)
                                           : "at most " + flow_text(node.limit.per_second);
    if (!node.limit.setting.empty() && narrow(node.limit.setting))
      node.tone = analysis::Tone::alert;
  }
  for (analysis::Arc& arc : network.arcs)
    if (arc.limit.limits()) arc.label = flow_text(arc.limit.per_second);
}

}  // namespace

Capacity find_capacity(const MakeScenario& make, const Setting& root) {
  Scenario read = make();
  Scenario walked = make();
  const Scenario scenario = make();
  const WorldConfig& config = scenario.world;
  const std::vector<SourceLoad> loads = read_loads(read.world);
  const Walk ways = walk(std::move(walked.world));
  const Demands demands = find_demands(config, loads, ways);

  Capacity capacity;
  capacity.title = scenario.frame.title;
  for (const double rate : demands.submitted) capacity.submitted += rate;
  capacity.spectral_radius = demands.spectral_radius;
  capacity.refusal = demands.refusal;
  const std::vector<Ceiling> ceilings =
      find_ceilings(config, SettingNames(root), ways, loads, demands);
  for (const Ceiling& ceiling : ceilings) capacity.bottlenecks.push_back(ceiling.shown);
  std::stable_sort(
      capacity.bottlenecks.begin(), capacity.bottlenecks.end(),
      [](const Bottleneck& a, const Bottleneck& b) { return a.utilisation > b.utilisation; });
  for (const Bottleneck& b : capacity.bottlenecks)
    if (!b.while_new && !capacity.headroom) capacity.headroom = 1.0 / b.utilisation;

  capacity.network = build_network(config, ways, demands, ceilings, Arcs::as_they_are);
  capacity.carried = bound_of(capacity.network);
  capacity.most = bound_of(build_network(config, ways, demands, ceilings, Arcs::free));
  const auto loops = analysis::find_loops(capacity.network);
  if (!loops.empty()) capacity.loop = analysis::names_of(capacity.network, loops.front().walk);
  capacity.verdict = verdict_of(capacity);
  mark(capacity.network, capacity);
  return capacity;
}

}  // namespace weir::experiments
