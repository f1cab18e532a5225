#include "models/delivery/world.h"

#include "models/delivery/event_profile.h"

namespace weir {

World::World(WorldConfig config, Recorder& recorder)
    : config_(std::move(config)),
      recorder_(recorder),
      chance_(config_.key, config_.horizon),
      desks_(config_.sources.size()),
      site_timers_(config_.sites.size()),
      totals_(config_.sources.size() + 1) {
  std::vector<throttle::AddressInfo> addresses;
  for (const AddressConfig& address : config_.addresses) addresses.push_back(address.info);
  for (Site& site : config_.sites) site.prepare(addresses, config_.calendar);
  open_lanes();
  open_desks();
  gather_candidates();
  open_hops();
  begin_tenants();
  for (std::uint32_t source = 0; source < desks_.size(); ++source)
    if (!config_.sources[source].after) begin_source(source);
}

void World::open_lanes() {
  lane_plan_ = plan_lanes(config_);
  for (const LanePlan::Route& route : lane_plan_.lanes) {
    const PoolConfig& pool = config_.pools[route.pool];
    Lane& lane = lanes_.emplace_back();
    lane.address = route.address;
    lane.hop = route.hop;
    lane.params = pool.lane;
    lane.control = pool.control->clone();
    lane.schedule = pool.schedule.get();
    lane.lifetime = pool.schedule->lifetime();
  }
  WEIR_CHECK(lanes_.size() < Message::kNoLane, "more than 2^24 - 1 lanes");
}

void World::open_desks() {
  for (std::uint32_t source = 0; source < desks_.size(); ++source) {
    const SourceConfig& config = config_.sources[source];
    Desk& desk = desks_[source];
    std::vector<double> shares;
    for (const SourceRoute& route : config.routes) {
      shares.push_back(route.share);
      if (config.start) continue;
      desk.groups.push_back(lane_plan_.group_of(config.pool, route.hop));
      if (config.pacers.empty()) continue;
      pacers_of_lane_.resize(lanes_.size());
      const std::span<const std::uint32_t> lanes = lane_plan_.of(desk.groups.back());
      for (std::size_t i = 0; i < lanes.size(); ++i)
        pacers_of_lane_[lanes[i]].emplace_back(source, i);
    }
    if (shares.size() > 1) desk.shares.emplace(shares);
  }
}

/// One set for each pool, or for each of its groups where its selection goes by hop.
void World::gather_candidates() {
  std::vector<std::optional<std::uint32_t>> set_of_pool(config_.pools.size());
  for (const LanePlan::Group& group : lane_plan_.groups) {
    const PoolConfig& pool = config_.pools[group.pool];
    auto& set = set_of_pool[group.pool];
    if (!set || pool.selection->goes_by_hop()) {
      set = static_cast<std::uint32_t>(everyone_.size());
      everyone_.emplace_back(pool.addresses);
    }
    everyone_of_group_.push_back(*set);
  }
}

void World::open_hops() {
  for (std::uint32_t site = 0; site < config_.sites.size(); ++site)
    hops_.emplace_back(routing::Hop{.groups = {{site}}, .manner = {}});
  for (const HopConfig& hop : config_.hops) hops_.emplace_back(hop.hop);
  for (const SystemConfig& system : config_.systems)
    stages_.emplace_back(system.params.servers, messages_);
}

/// What the kernel asks of a world: to act on an event, and to have ready what one will need.
struct World::Handler {
  World& world;

  void operator()(const Event& event) const {
    visit_event(event, [this](const auto& due) { world.on(due); });
  }

  void prefetch(const Event& event) const {
    visit_event(event, [this](const auto& due) {
      if constexpr (requires { due.message; }) world.messages_.fetch(due.message.index);
    });
  }
};

void World::run_until(SimTime end) {
  check_context().seed = config_.key.seed;
  kernel_.run_until(end, Handler{*this});
}

void World::run_until(SimTime end, EventProfile& profile) {
  struct Profiled {
    Handler handler;
    EventProfile& profile;

    void operator()(const Event& event) const {
      profile.handle(event.index(), handler.world.now(), [&] { handler(event); });
    }
    void prefetch(const Event& event) const { handler.prefetch(event); }
  };
  check_context().seed = config_.key.seed;
  kernel_.run_until(end, Profiled{{*this}, profile});
  profile.pause();
}

void World::finish() {
  std::uint64_t lane_messages = 0;
  for (const Lane& lane : lanes_) lane_messages += lane.messages;
  std::uint64_t in_systems = 0;
  messages_.for_each([&](const Message& m) { in_systems += m.state == MessageState::in_system; });
  WEIR_CHECK(lane_messages + in_systems == messages_.size(), "a message is on no lane, or on two");

  for (SourceTotals& totals : totals_) totals.held = totals.in_flight = 0;
  messages_.for_each([this](const Message& m) { totals_[m.source()].in_flight += m.recipients; });
  for (std::uint32_t source = 0; source < desks_.size(); ++source) {
    std::uint64_t serial = desks_[source].next_release;
    for (const source::Arrival& run : desks_[source].held)
      for (std::uint64_t i = 0; i < run.count; ++i)
        totals_[source].held += recipients_of(source, run, serial++);
  }
  for (const SourceTotals& t : totals_) {
    std::uint64_t accounted = t.held + t.in_flight;
    for (const std::uint64_t n : t.finished) accounted += n;
    WEIR_CHECK(t.submitted + t.expanded == accounted, "mail was lost or made: conservation fails");
  }
}

std::vector<std::uint32_t> World::sites_of(std::uint32_t hop) const {
  if (hop < config_.sites.size()) return {hop};
  std::vector<std::uint32_t> sites;
  for (const auto& group : config_.hops[hop - config_.sites.size()].hop.groups)
    sites.insert(sites.end(), group.begin(), group.end());
  return sites;
}

std::optional<throttle::Standing> World::standing(std::uint32_t address, std::uint32_t hop) const {
  if (hop < config_.sites.size()) return config_.sites[hop].standing(address, now());
  for (const auto& group : config_.hops[hop - config_.sites.size()].hop.groups)
    for (const std::uint32_t site : group)
      if (const auto standing = config_.sites[site].standing(address, now())) return standing;
  return std::nullopt;
}

void World::arm_site_timer(std::uint32_t site) {
  const SimTime when = config_.sites[site].next_wake();
  TimerId& timer = site_timers_[site];
  kernel_.cancel(timer);
  timer = kernel_.at(std::max(when, now()), SiteWakes{site});
}

void World::on(SiteWakes event) {
  happened(Happening::site_wake, event.site);
  config_.sites[event.site].wake(now());
  wake_site_in_time(event.site);
}

}  // namespace weir
