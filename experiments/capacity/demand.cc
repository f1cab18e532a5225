#include "experiments/capacity/demand.h"

#include <algorithm>
#include <cmath>

#include "analysis/flow/traffic.h"
#include "models/purpose.h"

namespace weir::experiments {
namespace {

constexpr std::uint32_t kMostAttempts = 1'000;

void add(Asks& to, const Asks& from) {
  for (const auto& [source, ask] : from) {
    to[source].mail += ask.mail;
    to[source].notices += ask.notices;
  }
}

void add(Asks& to, const Traveller& who, double amount) {
  (who.notice ? to[who.source].notices : to[who.source].mail) += amount;
}

/// Recipients that the plans of a pool let go in a span of the run.
double planned(const std::vector<plan::Pacer>& pacers, Duration begin, Duration span) {
  double sum = 0.0;
  for (const plan::Pacer& pacer : pacers) sum += plan_volume(pacer, begin, span);
  return sum;
}

/// What plans let go of a profile, span by span; what they hold waits for any of the addresses.
Profile paced(const std::vector<plan::Pacer>& pacers, const Profile& asked, double recipients) {
  Profile released = asked;
  double held = 0.0;
  for (std::size_t i = 0; i < asked.messages.size(); ++i) {
    const Duration begin = asked.span * static_cast<std::int64_t>(i);
    held += asked.messages[i];
    released.messages[i] = std::min(held, planned(pacers, begin, asked.span) / recipients);
    held -= released.messages[i];
  }
  return released;
}

/// Fills a Demands from left to right.
class Finder {
 public:
  Finder(const WorldConfig& config, const std::vector<SourceLoad>& loads, const Walk& walk)
      : config_(config), loads_(loads), walk_(walk) {}

  Demands find() {
    for (std::uint32_t i = 0; i < loads_.size(); ++i) release(i);
    number_stops();
    solve();
    if (demands_.refusal.empty()) share_out();
    return std::move(demands_);
  }

 private:
  double horizon() const { return to_seconds(config_.horizon); }

  /// The share of a source's messages that goes to each stop first.
  std::map<Stop, double> first_stops(std::uint32_t source) const {
    std::map<Stop, double> shares;
    const Stop begin{{source, false}, {Spot::Kind::source, source}};
    const auto walked = static_cast<double>(walk_.messages[source]);
    for (auto step = walk_.steps.lower_bound({begin, Stop{}});
         step != walk_.steps.end() && step->first.first == begin; ++step)
      shares[step->first.second] = static_cast<double>(step->second) / walked;
    return shares;
  }

  void release(std::uint32_t source) {
    const SourceLoad& load = loads_[source];
    const SourceConfig& config = config_.sources[source];
    Profile released =
        config.pacers.empty() ? load.profile : paced(config.pacers, load.profile, load.recipients);
    const double submitted = load.profile.total();
    demands_.submitted.push_back(submitted / horizon());
    demands_.let_go.push_back(submitted > 0.0 ? released.total() / submitted : 1.0);
    demands_.released.push_back(std::move(released));
  }

  void number_stops() {
    const auto number = [&](const Stop& stop) {
      if (stop.where.kind != Spot::Kind::lane && stop.where.kind != Spot::Kind::system) return;
      if (numbers_.try_emplace(stop, stops_.size()).second) stops_.push_back(stop);
    };
    for (const auto& [step, count] : walk_.steps) {
      number(step.first);
      number(step.second);
      entered_[step.second] += count;
    }
  }

  std::string name_of(const Stop& stop) const {
    if (stop.where.kind == Spot::Kind::system) return config_.systems[stop.where.index].name;
    const Walk::LaneEnds& lane = walk_.lanes[stop.where.index];
    return "the lanes of " + config_.addresses[lane.address].name;
  }

  /// The chance that a site defers an attempt of this stop, and how many it makes of a message.
  struct Retries {
    double deferred = 0.0;
    double again = 0.0;    // the chance that an attempt is followed by another
    double through = 1.0;  // the share of messages that get through in the end
  };
  Retries retries_of(const Stop& stop) const {
    Retries retries;
    if (stop.where.kind != Spot::Kind::lane) return retries;
    double all = 0.0;
    for_each_site(stop, [&](std::uint32_t site, const Attempts& tries) {
      all += static_cast<double>(tries.all);
      retries.deferred +=
          static_cast<double>(tries.all) * config_.sites[site].params().transient.value;
    });
    if (all == 0.0 || retries.deferred == 0.0) return retries;
    retries.deferred /= all;
    const PoolConfig& pool = config_.pools[walk_.lanes[stop.where.index].pool];
    const double most = attempts_in_lifetime(*pool.schedule);
    const double never = std::pow(retries.deferred, most);
    const double attempts =
        retries.deferred < 1.0 ? (1.0 - never) / (1.0 - retries.deferred) : most;
    retries.again = 1.0 - 1.0 / attempts;
    retries.through = 1.0 - never;
    return retries;
  }

  template <class Visit>
  void for_each_site(const Stop& lane, const Visit& visit) const {
    for (auto at = walk_.tries.lower_bound({lane, 0});
         at != walk_.tries.end() && at->first.first == lane; ++at)
      visit(at->first.second, at->second);
  }

  void solve() {
    analysis::OpenNetwork network;
    network.arrivals.assign(stops_.size(), 0.0);
    for (std::uint32_t source = 0; source < loads_.size(); ++source)
      for (const auto& [stop, share] : first_stops(source))
        if (const auto number = numbers_.find(stop); number != numbers_.end())
          network.arrivals[number->second] +=
              share * demands_.submitted[source] * demands_.let_go[source];
    for (const auto& [step, count] : walk_.steps) {
      const auto from = numbers_.find(step.first);
      const auto to = numbers_.find(step.second);
      if (from == numbers_.end() || to == numbers_.end()) continue;
      const Retries retries = retries_of(step.first);
      const double share =
          static_cast<double>(count) / static_cast<double>(entered_.at(step.first));
      network.passages.push_back(
          {from->second, to->second, share * (1.0 - retries.again) * retries.through});
    }
    for (std::size_t i = 0; i < stops_.size(); ++i) {
      network.names.push_back(name_of(stops_[i]));
      if (const double again = retries_of(stops_[i]).again; again > 0.0)
        network.passages.push_back({i, i, again});
    }
    const analysis::Traffic traffic = analysis::solve_traffic(network);
    demands_.spectral_radius = traffic.spectral_radius;
    demands_.refusal = traffic.refusal;
    rates_ = traffic.rates;
  }

  void share_out() {
    for (std::size_t i = 0; i < stops_.size(); ++i) {
      const Stop& stop = stops_[i];
      if (stop.where.kind == Spot::Kind::system)
        add(demands_.systems[stop.where.index], stop.who, rates_[i]);
      else
        share_among_sites(stop, rates_[i]);
    }
  }

  void share_among_sites(const Stop& stop, double attempts) {
    const Walk::LaneEnds& lane = walk_.lanes[stop.where.index];
    double all = 0.0;
    for_each_site(stop,
                  [&](std::uint32_t, const Attempts& t) { all += static_cast<double>(t.all); });
    for_each_site(stop, [&](std::uint32_t site, const Attempts& tries) {
      const double to_site = attempts * (static_cast<double>(tries.all) / all);
      const Demand demand = demand_of(stop, site, to_site, tries);
      demands_.lanes[stop.where.index].add(demand);
      demands_.parties[{lane.address, site}].add(demand);
      demands_.sites[site].add(demand);
    });
  }

  Demand demand_of(const Stop& stop, std::uint32_t site, double attempts,
                   const Attempts& tries) const {
    const SiteParams& params = config_.sites[site].params();
    const double passes = static_cast<double>(tries.accepted) / static_cast<double>(tries.all) *
                          (1.0 - params.transient.value);
    Demand demand;
    add(demand.attempts, stop.who, attempts);
    add(demand.accepted, stop.who, attempts * passes);
    add(demand.recipients, stop.who, attempts * passes * recipients_of(stop.who));
    const double session = seconds_of(stop, params, passes);
    add(demand.sessions, stop.who, attempts * session);
    add(demand.connections, stop.who, attempts * (session + opening_of(stop)));
    add(demand.connects, stop.who, attempts / a_connection(stop));
    return demand;
  }

  /// Recipients of a message that exist.
  double recipients_of(const Traveller& who) const {
    if (who.notice) return 1.0;
    return loads_[who.source].recipients * (1.0 - config_.sources[who.source].params.unknown.value);
  }

  double a_connection(const Stop& stop) const {
    const PoolConfig& pool = config_.pools[walk_.lanes[stop.where.index].pool];
    return static_cast<double>(pool.control->messages_per_connection(SimTime{}));
  }

  /// The part of an attempt in the time that its connection takes to open.
  double opening_of(const Stop& stop) const {
    const PoolConfig& pool = config_.pools[walk_.lanes[stop.where.index].pool];
    return to_seconds(pool.lane.connect_time) / a_connection(stop);
  }

  /// How long an attempt keeps an open connection busy.
  double seconds_of(const Stop& stop, const SiteParams& site, double passes) const {
    const LaneParams& lane = config_.pools[walk_.lanes[stop.where.index].pool].lane;
    const double megabytes = (stop.who.notice ? static_cast<double>(config_.notices.size.count)
                                              : loads_[stop.who.source].bytes) /
                             1e6;
    return to_seconds(lane.transaction_time + site.envelope_time) +
           passes * (to_seconds(lane.transfer_time) * megabytes + to_seconds(site.acceptance_time));
  }

  const WorldConfig& config_;
  const std::vector<SourceLoad>& loads_;
  const Walk& walk_;
  Demands demands_;
  std::vector<Stop> stops_;
  std::map<Stop, std::size_t> numbers_;
  std::map<Stop, std::uint64_t> entered_;
  std::vector<double> rates_;
};

}  // namespace

double sum_of(const Asks& asks) {
  double sum = 0.0;
  for (const auto& [source, ask] : asks) sum += ask.all();
  return sum;
}

double mail_of(const Asks& asks) {
  double sum = 0.0;
  for (const auto& [source, ask] : asks) sum += ask.mail;
  return sum;
}

void Demand::add(const Demand& other) {
  experiments::add(attempts, other.attempts);
  experiments::add(accepted, other.accepted);
  experiments::add(recipients, other.recipients);
  experiments::add(connections, other.connections);
  experiments::add(sessions, other.sessions);
  experiments::add(connects, other.connects);
}

Demands find_demands(const WorldConfig& config, const std::vector<SourceLoad>& loads,
                     const Walk& walk) {
  return Finder(config, loads, walk).find();
}

std::uint32_t attempts_in_lifetime(const retry::Schedule& schedule) {
  const Chance chance(StreamKey{});
  SimTime now{};
  for (std::uint32_t attempts = 1; attempts < kMostAttempts; ++attempts) {
    Draw draw = chance.draw(purpose::retry, 0, attempts);
    now = schedule.next_attempt({.now = now, .queued = SimTime{}, .attempts = attempts}, draw);
    if (now == kNever || now >= SimTime{} + schedule.lifetime()) return attempts;
  }
  return kMostAttempts;
}

}  // namespace weir::experiments
