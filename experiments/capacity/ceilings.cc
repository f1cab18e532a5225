#include "experiments/capacity/ceilings.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "sim/calendar.h"

namespace weir::experiments {
namespace {

using Of = throttle::Ceiling::Of;
using Scope = throttle::Ceiling::Scope;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// A ceiling before anything is divided by anything.
struct Plain {
  Asks asked;
  double ceiling = 0.0;  // a second; of connections and servers: how many
  Duration span{};
  double passing = 0.0;  // messages of the sources a second
};

class CeilingFinder {
 public:
  CeilingFinder(const WorldConfig& config, const SettingNames& names, const Walk& walk,
                const std::vector<SourceLoad>& loads, const Demands& demands)
      : config_(config), names_(names), walk_(walk), loads_(loads), demands_(demands) {}

  std::vector<Ceiling> find() {
    for (std::uint32_t source = 0; source < config_.sources.size(); ++source) add_plans(source);
    for (const auto& [lane, demand] : demands_.lanes) add_lane(lane, demand);
    for (const auto& [party, demand] : demands_.parties) add_party(party, demand);
    for (const auto& [site, demand] : demands_.sites) add_site(site, demand);
    for (const auto& [system, asks] : demands_.systems) add_system(system, asks);
    return std::move(ceilings_);
  }

 private:
  double horizon() const { return to_seconds(config_.horizon); }

  /// Mean over mean of the busiest `window`, of sources in the parts that they have in `asked`.
  double peak_of(const Asks& asked, Duration window) const {
    Profile sum;
    for (const auto& [source, ask] : asked) {
      const Profile& profile = demands_.released[source];
      const double total = profile.total();
      if (total == 0.0) continue;
      sum.span = profile.span;
      sum.messages.resize(std::max(sum.messages.size(), profile.messages.size()), 0.0);
      for (std::size_t i = 0; i < profile.messages.size(); ++i)
        sum.messages[i] += ask.all() * profile.messages[i] / total;
    }
    const double mean = sum_of(asked);
    if (mean == 0.0 || sum.messages.empty()) return 0.0;
    const Duration length = std::max(window, sum.span);
    return sum.busiest(length) / mean * horizon() / std::min(to_seconds(length), horizon());
  }

  void add(Ceiling::At at, std::uint32_t index, std::uint32_t other, Bottleneck shown,
           const Plain& plain) {
    shown.asked = sum_of(plain.asked);
    if (shown.asked == 0.0) return;
    shown.ceiling = plain.ceiling;
    shown.span = plain.span;
    shown.utilisation = shown.asked / shown.ceiling;
    shown.busiest = shown.utilisation * peak_of(plain.asked, std::max<Duration>(1h, plain.span));
    shown.mail_per_second = plain.passing;
    const double mail = mail_of(plain.asked);
    shown.bound = mail > 0.0 ? plain.passing * shown.ceiling / mail : kInfinite;
    if (shown.while_new) shown.utilisation = shown.busiest;
    ceilings_.push_back({at, index, other, std::move(shown)});
  }

  void add_plans(std::uint32_t source) {
    const SourceConfig& config = config_.sources[source];
    const std::vector<std::uint32_t>& addresses = config_.pools[config.pool].addresses;
    const std::int64_t days = days_begun(config_.horizon);
    for (std::size_t i = 0; i < config.pacers.size(); ++i) {
      double volume = 0.0;
      for (std::int64_t day = 1; day <= days; ++day) {
        const Duration left = config_.horizon - (day - 1) * 24h;
        const double part = std::min(1.0, to_seconds(left) / to_seconds(config.pacers[i].spread()));
        volume += config.pacers[i].planned(day) * part;
      }
      if (std::isinf(volume)) continue;
      double share = 0.0;
      for (const auto& [step, passed] : walk_.passed) {
        if (step.first != Spot{Spot::Kind::source, source}) continue;
        if (step.second.kind != Spot::Kind::lane) continue;
        if (walk_.lanes[step.second.index].address != addresses[i]) continue;
        share +=
            static_cast<double>(passed.at(source)) / static_cast<double>(walk_.messages[source]);
      }
      Plain plain;
      plain.passing = demands_.submitted[source] * share;
      plain.asked[source].mail = plain.passing * loads_[source].recipients;
      plain.ceiling = volume / horizon();
      plain.span = 24h;
      add(Ceiling::At::plan, source, addresses[i],
          {.kind = "plan",
           .name = config.name + " by " + config_.addresses[addresses[i]].name,
           .setting = names_.plan(config.name),
           .unit = "recipients"},
          plain);
    }
  }

  double passing(const Spot& place) const {
    const auto been = walk_.been.find(place);
    return been != walk_.been.end() ? mail_per_second(been->second, walk_, demands_) : 0.0;
  }

  void add_lane(std::uint32_t index, const Demand& demand) {
    const Walk::LaneEnds& ends = walk_.lanes[index];
    const PoolConfig& pool = config_.pools[ends.pool];
    constexpr std::array<std::string_view, 3> kUnits{"connections", "attempts", "connects"};
    for (const control::Ceiling& ceiling : pool.control->ceilings()) {
      Bottleneck shown{.kind = "lane",
                       .name = lane_name(config_, ends),
                       .setting = names_.lane(pool.name, std::string(ceiling.parameter)),
                       .unit = std::string(kUnits[static_cast<std::size_t>(ceiling.of)])};
      const bool open = ceiling.of == control::Ceiling::Of::connections;
      if (open) shown.queue = queue_of(demand, ceiling.count);
      add(Ceiling::At::lane, index, 0, std::move(shown),
          {.asked = asked_of(demand, ceiling.of),
           .ceiling = open ? ceiling.count : ceiling.count / to_seconds(ceiling.span),
           .span = open ? Duration{} : ceiling.span,
           .passing = passing({Spot::Kind::lane, index})});
    }
  }

  static std::optional<analysis::QueueFigures> queue_of(const Demand& demand, double connections) {
    const double attempts = sum_of(demand.attempts);
    const double busy = sum_of(demand.connections);
    if (busy == 0.0) return std::nullopt;
    return analysis::many_servers(attempts, busy / attempts,
                                  static_cast<std::uint64_t>(connections));
  }

  static const Asks& asked_of(const Demand& demand, control::Ceiling::Of of) {
    switch (of) {
      case control::Ceiling::Of::messages:
        return demand.attempts;
      case control::Ceiling::Of::connects:
        return demand.connects;
      case control::Ceiling::Of::connections:
        break;
    }
    return demand.connections;
  }

  bool is_exempt(const PairedParty& party) const {
    for (const Connector& connector : config_.sites[party.site].connectors())
      if (connector.exempts(party.address, SimTime{})) return true;
    return false;
  }

  /// Everything that a policy's ceiling is about: what is asked of it, in its own unit.
  static const Asks& asked_of(const Demand& demand, Of of) {
    switch (of) {
      case Of::connections:
        return demand.sessions;
      case Of::messages:
        return demand.accepted;
      case Of::connects:
        return demand.connects;
      case Of::recipients:
        break;
    }
    return demand.recipients;
  }

  void add_policy(Ceiling::At at, std::uint32_t index, std::uint32_t other, Bottleneck shown,
                  const NamedPolicy& policy, const throttle::Ceiling& ceiling, const Demand& demand,
                  double passing_by) {
    const std::string& site = config_.sites[at == Ceiling::At::site ? index : other].name();
    shown.setting =
        "site." + site + ".throttle." + policy.name + "." + std::string(ceiling.parameter);
    constexpr std::array<std::string_view, 4> kUnits{"recipients", "messages", "connections",
                                                     "connects"};
    shown.unit = kUnits[static_cast<std::size_t>(ceiling.of)];
    shown.while_new = ceiling.holds == throttle::Ceiling::Holds::while_new;
    const bool open = ceiling.of == Of::connections;
    add(at, index, other, std::move(shown),
        {.asked = asked_of(demand, ceiling.of),
         .ceiling = open ? ceiling.count : ceiling.count / to_seconds(ceiling.span),
         .span = open ? Duration{} : ceiling.span,
         .passing = passing_by});
  }

  void add_party(const PairedParty& party, const Demand& demand) {
    double passing_by = 0.0;
    for (const auto& [step, passed] : walk_.passed)
      if (step.second == Spot{Spot::Kind::site, party.site} &&
          step.first.kind == Spot::Kind::lane &&
          walk_.lanes[step.first.index].address == party.address)
        passing_by += mail_per_second(passed, walk_, demands_);
    const Bottleneck shown{
        .kind = "address",
        .name = config_.addresses[party.address].name + " at " + config_.sites[party.site].name()};
    for (const NamedPolicy& policy : config_.sites[party.site].policies())
      for (const throttle::Ceiling& ceiling : policy.policy->ceilings())
        if (ceiling.scope == Scope::address && (ceiling.for_exempt || !is_exempt(party)))
          add_policy(Ceiling::At::party, party.address, party.site, shown, policy, ceiling, demand,
                     passing_by);
  }

  void add_site(std::uint32_t site, const Demand& demand) {
    const Bottleneck shown{.kind = "site", .name = config_.sites[site].name()};
    const double passing_by = passing({Spot::Kind::site, site});
    for (const NamedPolicy& policy : config_.sites[site].policies())
      for (const throttle::Ceiling& ceiling : policy.policy->ceilings()) {
        if (ceiling.scope == Scope::site)
          add_policy(Ceiling::At::site, site, 0, shown, policy, ceiling, demand, passing_by);
        else if (ceiling.scope != Scope::address)
          add_groups(site, policy, ceiling);
      }
  }

  /// Limits of a /24 or a domain; those of a single address say nothing that its own limit does
  /// not, and are left out.
  void add_groups(std::uint32_t site, const NamedPolicy& policy, const throttle::Ceiling& ceiling) {
    struct Group {
      Demand demand;
      std::string names;
      std::size_t members = 0;
    };
    std::map<std::uint32_t, Group> groups;
    for (const auto& [party, demand] : demands_.parties) {
      if (party.site != site || (!ceiling.for_exempt && is_exempt(party))) continue;
      const AddressConfig& address = config_.addresses[party.address];
      Group& group =
          groups[ceiling.scope == Scope::subnet ? address.info.subnet : address.info.domain];
      group.demand.add(demand);
      if (group.members++ < 3) group.names += (group.names.empty() ? "" : ", ") + address.name;
    }
    for (auto& [number, group] : groups) {
      if (group.members < 2) continue;
      if (group.members > 3) group.names += " and " + std::to_string(group.members - 3) + " more";
      const Bottleneck shown{.kind = ceiling.scope == Scope::subnet ? "subnet" : "domain",
                             .name = group.names + " at " + config_.sites[site].name()};
      add_policy(Ceiling::At::group, number, site, shown, policy, ceiling, group.demand,
                 mail_of(group.demand.accepted));
    }
  }

  void add_system(std::uint32_t index, const Asks& asks) {
    const SystemConfig& system = config_.systems[index];
    const double service = to_seconds(system.params.service_time);
    if (service == 0.0) return;
    Plain plain{.asked = asks,
                .ceiling = static_cast<double>(system.params.servers),
                .span = {},
                .passing = passing({Spot::Kind::system, index})};
    for (auto& [source, ask] : plain.asked) ask.mail *= service, ask.notices *= service;
    const bool fixed = system.params.service_times == system::ServiceTimes::fixed;
    Bottleneck shown{.kind = "system",
                     .name = system.name,
                     .setting = "system." + system.name + ".servers",
                     .unit = "servers"};
    shown.queue = system.params.servers == 1
                      ? analysis::one_server(sum_of(asks), service, fixed ? 0.0 : 1.0)
                      : analysis::many_servers(sum_of(asks), service,
                                               static_cast<std::uint64_t>(system.params.servers));
    add(Ceiling::At::system, index, 0, std::move(shown), plain);
  }

  const WorldConfig& config_;
  const SettingNames& names_;
  const Walk& walk_;
  const std::vector<SourceLoad>& loads_;
  const Demands& demands_;
  std::vector<Ceiling> ceilings_;
};

}  // namespace

std::vector<Ceiling> find_ceilings(const WorldConfig& config, const SettingNames& names,
                                   const Walk& walk, const std::vector<SourceLoad>& loads,
                                   const Demands& demands) {
  return CeilingFinder(config, names, walk, loads, demands).find();
}

std::string lane_name(const WorldConfig& config, const Walk::LaneEnds& lane) {
  const std::string& to = lane.hop < config.sites.size()
                              ? config.sites[lane.hop].name()
                              : config.hops[lane.hop - config.sites.size()].name;
  return config.addresses[lane.address].name + " -> " + to;
}

double mail_per_second(const std::map<std::uint32_t, std::uint64_t>& walked, const Walk& walk,
                       const Demands& demands) {
  double sum = 0.0;
  for (const auto& [source, count] : walked)
    sum += demands.submitted[source] * demands.let_go[source] * static_cast<double>(count) /
           static_cast<double>(walk.messages[source]);
  return sum;
}

}  // namespace weir::experiments
