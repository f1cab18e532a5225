#include "models/delivery/world.h"

#include "models/delivery/lane_plan.h"

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
  for (std::uint32_t source = 0; source < desks_.size(); ++source)
    if (!config_.sources[source].after) begin_source(source);
}

void World::open_lanes() {
  LanePlan plan = plan_lanes(config_);
  for (const LanePlan::Route& route : plan.lanes) {
    const PoolConfig& pool = config_.pools[route.pool];
    Lane& lane = lanes_.emplace_back();
    lane.address = route.address;
    lane.site = route.site;
    lane.params = pool.lane;
    lane.schedule = pool.schedule.get();
  }
  for (std::size_t source = 0; source < desks_.size(); ++source)
    desks_[source].lanes = std::move(plan.of_source[source]);
  notice_lanes_ = std::move(plan.of_notices);
  pacers_of_lane_.resize(lanes_.size());
  for (std::uint32_t source = 0; source < desks_.size(); ++source)
    for (std::size_t i = 0; i < config_.sources[source].pacers.size(); ++i)
      pacers_of_lane_[desks_[source].lanes[i]].emplace_back(source, i);
}

void World::run_until(SimTime end) {
  check_context().seed = config_.key.seed;
  kernel_.run_until(
      end, [this](const Event& event) { std::visit([this](const auto& due) { on(due); }, event); });
}

void World::finish() {
  std::uint64_t lane_messages = 0;
  for (const Lane& lane : lanes_) lane_messages += lane.messages;
  WEIR_CHECK(lane_messages == messages_.size(), "a message is on no lane, or on two");

  for (SourceTotals& totals : totals_) totals.held = totals.in_flight = 0;
  messages_.for_each([this](const Message& m) { totals_[m.source].in_flight += m.recipients; });
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

void World::happened(Happening what, std::uint64_t name) {
  const auto kind = static_cast<std::uint32_t>(what);
  fingerprint_.fold(now(), kind, name);
  if (digests_) digests_->fold(now(), kind, name);
  if (now() >= trace_from_ && now() < trace_to_) trace_.push_back({now(), what, name});
}

void World::wake_site_in_time(std::uint32_t site) {
  const SimTime when = config_.sites[site].next_wake();
  if (when == kNever) return;
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
