#include "experiments/capacity/walk.h"

#include <algorithm>
#include <set>

#include "models/delivery/lane_plan.h"
#include "models/delivery/world.h"

namespace weir::experiments {
namespace {

constexpr std::uint64_t kMostInAll = 200'000;
constexpr std::uint64_t kFewest = 20;

/// The first messages of a source.
class FirstMessages final : public source::Source {
 public:
  FirstMessages(std::unique_ptr<Source> whole, std::uint64_t most)
      : whole_(std::move(whole)), left_(most) {}

  void prepare(SimTime begin, const Calendar& calendar) override {
    whole_->prepare(begin, calendar);
  }

  source::Arrival next(Draw& draw) override {
    if (left_ == 0) return {};
    source::Arrival arrival = whole_->next(draw);
    arrival.count = std::min(arrival.count, left_);
    left_ -= arrival.count;
    return arrival;
  }

 private:
  std::unique_ptr<Source> whole_;
  std::uint64_t left_;
};

/// Writes down where each message was.
class Tracker final : public Recorder {
 public:
  Tracker(Walk& walk, const std::vector<Site>& sites)
      : walk_(walk), notices_(static_cast<std::uint32_t>(walk.messages.size())) {
    for (const Site& site : sites) leads_to_system_.push_back(site.system() != Site::kNoSystem);
  }

  void arrived(SimTime, std::uint32_t source, std::uint64_t) override {
    // A notice is made while the message that it is about is the last that anything was told of.
    if (source == notices_) at_[{notices_, notices_made_++}].stop = last_;
  }

  void released(const ReleaseRecord& r) override { ++walk_.messages[r.source]; }

  void attempted(const AttemptRecord& r) override {
    Message& m = message(r.source, r.serial, {Spot::Kind::lane, r.lane});
    const Spot site{Spot::Kind::site, r.site};
    const Stop lane{m.who, {Spot::Kind::lane, r.lane}};
    enter(m, r.source, r.serial, lane);
    go(m, r.source, lane.where, site);
    Attempts& tries = walk_.tries[{lane, r.site}];
    ++tries.all;
    m.site = site;
    if (info(r.reply).severity == Severity::accept) {
      ++tries.accepted;
      if (!leads_to_system_[r.site]) end(m, r.source);
    } else if (info(r.reply).severity == Severity::reject) {
      end(m, r.source);
    }
    last_ = m.stop;
  }

  void transported(const TransportRecord& r) override {
    if (r.event == TransportEvent::received) return;
    const Stop system{{}, {Spot::Kind::system, r.system}};
    Message& m = message(r.source, r.serial, system.where);
    enter(m, r.source, r.serial, {m.who, system.where});
    using enum TransportEvent;
    if (r.event != sent && r.event != passed_on && r.event != expanded) end(m, r.source);
    last_ = m.stop;
  }

  void finished(const FinishRecord& r) override {
    if (r.outcome != Outcome::expired) return;
    Message& m = message(r.source, r.serial, {Spot::Kind::end, 0});
    end(m, r.source);
    last_ = m.stop;
  }

 private:
  struct Message {
    Traveller who;
    Stop stop;
    Spot site{Spot::Kind::end, 0};  // that accepted it last
    std::set<std::pair<Spot, Spot>>* seen = nullptr;
  };

  /// REQUIRES: `first` is where it is now, in case it was never heard of.
  Message& message(std::uint32_t source, std::uint64_t serial, const Spot& first) {
    const auto [entry, is_new] = at_.try_emplace({source, serial});
    Message& m = entry->second;
    if (source == notices_) {
      m.who = {m.stop.who.source, true};
    } else if (is_new) {
      m.who = {source, false};
      // A part of a divided message begins in the system that divided it.
      m.stop = {m.who, serial < kPart ? Spot{Spot::Kind::source, source} : first};
    }
    return m;
  }

  void enter(Message& m, std::uint32_t source, std::uint64_t serial, const Stop& next) {
    ++walk_.steps[{m.stop, next}];
    if (source != notices_) {
      m.seen = &seen_[{source, serial % kPart}];
      const bool through_site =
          next.where.kind == Spot::Kind::system && m.site.kind == Spot::Kind::site;
      if (through_site || m.stop.where != next.where)
        go(m, source, through_site ? m.site : m.stop.where, next.where);
      been(m, source, next.where);
    }
    m.site = {Spot::Kind::end, 0};
    m.stop = next;
  }

  void end(Message& m, std::uint32_t source) {
    const Stop next{m.who, {Spot::Kind::end, 0}};
    ++walk_.steps[{m.stop, next}];
    if (source == notices_) return;
    go(m, source, m.site.kind == Spot::Kind::site ? m.site : m.stop.where, next.where);
  }

  /// The message of a source goes a way; each is counted once, whatever its parts do.
  void go(Message& m, std::uint32_t source, const Spot& from, const Spot& to) {
    if (source == notices_ || m.seen == nullptr) return;
    if (m.seen->insert({from, to}).second) ++walk_.passed[{from, to}][source];
    been(m, source, to);
  }

  void been(Message& m, std::uint32_t source, const Spot& place) {
    if (m.seen->insert({place, place}).second) ++walk_.been[place][source];
  }

  Walk& walk_;
  std::uint32_t notices_;
  std::vector<char> leads_to_system_;
  std::uint64_t notices_made_ = 0;
  Stop last_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, Message> at_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::set<std::pair<Spot, Spot>>> seen_;
};

/// Takes away what costs time and what limits; decisions are left, and plans, which make some.
void make_free(WorldConfig& config, std::uint64_t most) {
  for (SourceConfig& source : config.sources) {
    source.arrivals = std::make_unique<FirstMessages>(std::move(source.arrivals), most);
    source.after.reset();
    source.params.complaints = {};
  }
  for (PoolConfig& pool : config.pools) {
    pool.lane = {.connect_time = 0s, .transaction_time = 0s, .transfer_time = 0s};
    pool.control = control::make_pause(
        {.connection_limit = 100'000,
         .messages_per_connection = pool.control->messages_per_connection(SimTime{}),
         .message_rate = {},
         .pause = 0s});
  }
  for (Site& site : config.sites) {
    SiteParams params = site.params();
    params.envelope_time = params.acceptance_time = 0s;
    params.transient = {};
    Site free(site.name(), params, {}, {});
    free.set_system(site.system());
    site = std::move(free);
  }
  for (SystemConfig& system : config.systems) system.params.service_time = 0s;
}

}  // namespace

Walk walk(WorldConfig config, std::uint64_t most) {
  const std::uint64_t sources = std::max<std::size_t>(1, config.sources.size());
  most = std::min(most, std::max(kFewest, kMostInAll / sources));
  Walk walk;
  for (const LanePlan::Route& route : plan_lanes(config).lanes)
    walk.lanes.push_back({route.address, route.hop, route.pool});
  walk.messages.assign(config.sources.size(), 0);
  const SimTime end{config.horizon};
  make_free(config, most);
  Tracker tracker(walk, config.sites);
  World world(std::move(config), tracker);
  world.run_until(end);
  return walk;
}

}  // namespace weir::experiments
