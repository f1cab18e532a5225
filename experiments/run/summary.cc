#include "experiments/run/summary.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <string>

#include "models/delivery/lane_plan.h"

namespace weir::experiments {
namespace {

std::optional<double> finite(std::optional<double> value) {
  return value && std::isfinite(*value) ? value : std::nullopt;
}

HeldFigures held_of(Wide sum, Duration max, std::uint64_t released) {
  if (released == 0) return {};
  return {.mean = static_cast<double>(sum) / 1e9 / static_cast<double>(released),
          .max = to_seconds(max)};
}

void add(SourceTotals& sum, const SourceTotals& part) {
  sum.messages += part.messages;
  sum.submitted += part.submitted;
  sum.expanded += part.expanded;
  for (std::size_t i = 0; i < kOutcomes; ++i) sum.finished[i] += part.finished[i];
  sum.held += part.held;
  sum.in_flight += part.in_flight;
}

}  // namespace

DelayFigures delay_figures(const analysis::Sketch& sketch) {
  return {.mean = sketch.mean(),
          .p50 = finite(sketch.quantile(0.5)),
          .p90 = finite(sketch.quantile(0.9)),
          .p99 = finite(sketch.quantile(0.99)),
          .max = sketch.max()};
}

std::uint64_t Summary::delivered_by(std::int64_t days) const {
  std::uint64_t sum = 0;
  const auto& by_day = sources[report].delivered_by_day;
  for (std::size_t d = 0; d < by_day.size() && d < static_cast<std::size_t>(days); ++d)
    sum += by_day[d];
  return sum;
}

WorldNames names_of(const WorldConfig& config) {
  WorldNames names;
  for (const SourceConfig& source : config.sources) names.sources.push_back(source.name);
  names.sources.emplace_back("notices");
  for (const AddressConfig& address : config.addresses) names.addresses.push_back(address.name);
  for (const Site& site : config.sites) names.sites.push_back(site.name());
  names.hops = names.sites;
  for (const HopConfig& hop : config.hops) names.hops.push_back(hop.name);
  for (const PoolConfig& pool : config.pools) names.pools.push_back(pool.name);
  for (const SystemConfig& system : config.systems) names.systems.push_back(system.name);
  names.organisations = config.organisations;
  return names;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> lanes_of(const WorldConfig& config) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> lanes;
  for (const LanePlan::Route& route : plan_lanes(config).lanes)
    lanes.emplace_back(route.address, route.hop);
  return lanes;
}

GridRow::Shape shape_of(const WorldNames& names,
                        const std::vector<std::pair<std::uint32_t, std::uint32_t>>& lanes) {
  GridRow::Shape shape{{{{}, names.addresses, names.hops, names.sources}}, lanes};
  for (const auto& [address, hop] : lanes)
    shape.labels.front().push_back(names.addresses[address] + "@" + names.hops[hop]);
  return shape;
}

Summary summarise(const World& world, const Tally& tally, const WorldNames& names,
                  std::uint32_t report) {
  Summary s;
  s.fingerprint = world.fingerprint().value();
  s.events = world.events();
  s.clamped = world.clamped();
  s.simulated_s = to_seconds(world.now().time_since_epoch());
  s.attempts = tally.attempts();
  s.replies = tally.replies();
  s.decisions = tally.decisions();
  s.report = report;

  Wide held_sum{};
  Duration held_max{};
  std::uint64_t released = 0;
  for (std::size_t i = 0; i < names.sources.size(); ++i) {
    const SourceTally& counted = tally.sources()[i];
    analysis::Sketch delay = counted.delay;
    delay.add_infinite(world.totals()[i].in_flight);
    s.sources.push_back({.name = names.sources[i],
                         .totals = world.totals()[i],
                         .delay = delay_figures(delay),
                         .held = held_of(counted.held_sum, counted.held_max, counted.released),
                         .delivered_by_day = counted.delivered_by_day});
    add(s.recipients, world.totals()[i]);
    s.messages += world.totals()[i].messages;
    held_sum += counted.held_sum;
    held_max = std::max(held_max, counted.held_max);
    released += counted.released;
    if (i + 1 < names.sources.size()) s.delay_sketch.merge(delay);  // notices are not users' mail
    if (i == report) s.report_delay = std::move(delay);
  }
  s.delay = delay_figures(s.delay_sketch);
  s.held = held_of(held_sum, held_max, released);

  for (std::size_t i = 0; i < names.sites.size(); ++i) {
    const auto& by_site = tally.attempts_by_site();
    s.sites.push_back({names.sites[i], i < by_site.size() ? by_site[i] : AttemptCounts{}});
  }
  for (std::size_t i = 0; i < names.organisations.size(); ++i)
    s.organisations.push_back({names.organisations[i], tally.organisation(i)});
  for (std::size_t i = 0; i < names.systems.size(); ++i) {
    const Stage& stage = world.stages()[i];
    const bool begun = world.now() > SimTime{};
    s.systems.push_back({.name = names.systems[i],
                         .taken = stage.taken(),
                         .waiting = stage.waiting(),
                         .longest_queue = stage.longest_queue(),
                         .utilisation = begun ? stage.utilisation(world.now()) : 0.0});
  }
  for (const TenantsConfig& tenants : world.tenants())
    s.tenants.push_back({tenants.name, tenants.tenants.totals()});
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;  // (address, site)
  for (const Lane& lane : world.lanes()) {
    AddressFigures& figures = s.addresses.emplace_back();
    figures.address = names.addresses[lane.address];
    figures.site = names.hops[lane.hop];
    figures.messages = lane.released;
    figures.standing = world.standing(lane.address, lane.hop);
    for (const std::uint32_t site : world.sites_of(lane.hop)) {
      const auto standing = world.sites()[site].standing(lane.address, world.now());
      if (!standing || !seen.emplace(lane.address, site).second) continue;
      s.windows_opened += standing->windows;
      s.window_hours += to_seconds(standing->throttled) / 3600.0;
      s.listings += standing->listings;
    }
  }
  return s;
}

// Not getrusage's: that begins at the size of the process which this one was forked from.
std::uint64_t peak_resident_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::uint64_t kibibytes = 0;
    if (word == "VmHWM:" && status >> kibibytes) return kibibytes * 1024;
  }
  return 0;
}

}  // namespace weir::experiments
