#pragma once
/// The world of a run: it knows everybody, asks the models, acts on their answers.
///
/// The life of a message: a source's arrival is held until its plan lets it go; then it belongs to
/// a lane, whose queue waits for a connection to a host of its hop; the attempt meets that site,
/// which connects, throttles and accepts; the reply bounces it, hands it to the retry schedule, or
/// ends its way, unless the site belongs to a system. A system works on it, decides, and delivers
/// it, bounces it or puts it on a lane of its own. Every message x recipient ends in exactly one
/// Outcome, is held, or is in flight: finish() checks that in every build.

#include <vector>

#include "models/delivery/attempt.h"
#include "models/delivery/chronicle.h"
#include "models/delivery/config.h"
#include "models/delivery/desk.h"
#include "models/delivery/lane_plan.h"
#include "models/delivery/parties.h"
#include "models/delivery/stage.h"
#include "models/purpose.h"
#include "models/recorder.h"
#include "models/routing/hop_state.h"

namespace weir {

class EventProfile;

class World {
 public:
  World(WorldConfig config, Recorder& recorder);

  /// Runs all events up to and including `end`.
  void run_until(SimTime end);
  void run_until(SimTime end, EventProfile& profile);

  /// Closes the books: counts what is held and in flight and checks conservation.
  void finish();

  SimTime now() const { return kernel_.now(); }
  std::uint64_t events() const { return kernel_.executed(); }
  std::uint64_t clamped() const { return chance_.clamped(); }
  const Fingerprint& fingerprint() const { return chronicle_.fingerprint(); }
  std::size_t messages_in_flight() const { return messages_.size(); }

  /// Sources of the scenario, then the notices. After finish() the totals are complete.
  const std::vector<SourceTotals>& totals() const { return totals_; }
  const std::vector<Lane>& lanes() const { return lanes_; }
  const std::vector<Site>& sites() const { return config_.sites; }

  /// The sites that a hop leads to, in the order in which it names them.
  std::vector<std::uint32_t> sites_of(std::uint32_t hop) const;

  /// How an address stands with the first of a hop's sites that keeps a standing.
  std::optional<throttle::Standing> standing(std::uint32_t address, std::uint32_t hop) const;

  const std::vector<Stage>& stages() const { return stages_; }  // of the systems, in their order
  const std::vector<TenantsConfig>& tenants() const { return config_.tenants; }
  std::uint32_t notices() const { return static_cast<std::uint32_t>(config_.sources.size()); }

  Chronicle& chronicle() { return chronicle_; }
  const Chronicle& chronicle() const { return chronicle_; }

 private:
  struct Handler;

  // world.cc
  void open_lanes();
  void open_desks();
  void gather_candidates();
  void open_hops();
  void happened(Happening what, std::uint64_t name) { chronicle_.happened(now(), what, name); }
  void happened(Happening what, const Message& m) { happened(what, m.key); }
  bool is_notice(const Message& m) const { return m.source() == notices(); }
  void wake_site_in_time(std::uint32_t site) {
    if (config_.sites[site].next_wake() < kNever) arm_site_timer(site);
  }
  void arm_site_timer(std::uint32_t site);
  void on(SiteWakes event);

  // world_submission.cc: from the source to the lane
  void begin_source(std::uint32_t source);
  void begin_pacing(std::uint32_t source);
  void fetch_arrival(std::uint32_t source);
  void foresee_route(std::uint32_t source);
  void fetch_foreseen(std::uint32_t source) const;
  void on(ArrivalDue event);
  void on(ReleaseDue event);
  void release_held(std::uint32_t source);
  Release choose_address(std::uint32_t source, std::size_t route);
  Release choose_paced(std::uint32_t source, std::size_t route);
  std::size_t select(selection::Candidates& candidates, std::uint32_t group, std::uint64_t sender,
                     Draw& draw);
  void told_pacer(std::uint32_t source, std::size_t position);
  void release_one(std::uint32_t source, std::size_t route, std::size_t position);
  void begin_followers(std::uint32_t source);
  std::uint32_t recipients_of(std::uint32_t source, const source::Arrival& arrival,
                              std::uint64_t serial) const;
  std::uint32_t size_of(std::uint32_t source, const source::Arrival& arrival,
                        std::uint64_t serial) const;
  std::size_t route_of(std::uint32_t source, std::uint64_t serial) const;
  void queue(Id<Message> id, std::uint32_t lane);

  // world_attempt.cc: from the lane to the reply
  Underway underway(Id<Message> id);
  void pump(std::uint32_t lane);
  bool may_start(std::uint32_t lane);
  bool waits_until(std::uint32_t lane, SimTime when);
  void turn_away_waiting(Lane& lane);
  void tell_controller(Lane& lane, Reply reply, control::Stage stage);
  void begin_attempt(Id<Message> id, std::uint16_t on_connection, std::uint16_t site);
  std::optional<routing::HopState::Choice> next_host(const Underway& u);
  void go_elsewhere(const Underway& u);
  void connect(const Underway& u);
  void give_up_connecting(const Underway& u);
  void transact(const Underway& u);
  Reply greeting_of(const Underway& u);
  throttle::Verdict admit(const Underway& u);
  bool tries_next_host(const Underway& u);
  Duration reply_time(const Underway& u, Duration slowed);
  void reply(Id<Message> id, const Attempt& attempt);
  void lose_connection(std::uint32_t lane, std::uint16_t site);
  void hand_on_connection(std::uint32_t lane, std::uint16_t site, std::uint16_t carried);
  void on(LaneReady event);
  void on(ConnectionOpens event);
  void on(ConnectionFails event);
  void on(ReplyArrives event);
  void on(RetryDue event);

  // world_transport.cc: what systems do
  void take_over(Id<Message> id, std::uint32_t system);
  void serve(Id<Message> id);
  void begin_service(Id<Message> id);
  void on(ServiceEnds event);
  void on(PartArrives event);
  void decide(Id<Message> id);
  void carry_out(Id<Message> id, const system::Decision& decision);
  void deliver(Id<Message> id, const system::Decision& decision);
  void send_on(Id<Message> id, const system::Decision& decision);
  void send_copy(const Message& of, std::uint32_t destination);
  void divide(Id<Message> id, const system::Decision& decision);
  void dispose(Id<Message> id, const system::Decision& decision, TransportEvent event,
               Outcome outcome);
  void tell_trace(const Message& message, TransportEvent event, const system::Decision& decision);
  Mail mail_of(const Message& message) const;
  const system::Destination& destination_of(const Message& message) const;

  // world_tenants.cc: what strangers send
  void begin_tenants();
  void send_tenants(std::uint32_t index, std::int64_t hour);
  void on(TenantsDue event);

  // world_outcome.cc: what the reply means
  void accept(Id<Message> id, const Attempt& attempt);
  void end_way(Id<Message> id, std::uint32_t unknown);
  void tell_pacers(const Message& message, std::uint32_t accepted);
  void return_unknown(const Message& message, std::uint32_t unknown);
  void record_attempt(const Message& message, const Attempt& attempt, SimTime next);
  void defer(Id<Message> id, const Attempt& attempt);
  void put_off(Id<Message> id);
  SimTime retry_time(const Message& message) const;
  void wait_until(Id<Message> id, SimTime due);
  void give_back(Id<Message> id, Reply reply);
  void bounce(Id<Message> id, const Attempt& attempt);
  void expire(Id<Message> id);
  void finish_recipients(const Message& message, std::uint32_t recipients, Outcome outcome,
                         Reply reply);
  void remove(Id<Message> id);
  void remove_and_notify(Id<Message> id);
  void notify_sender(const Message& about);
  Message new_notice();
  std::uint32_t choose_lane(const Message& message, std::uint32_t pool, std::uint32_t hop);
  std::uint32_t count_of(Purpose purpose, const Message& message, Probability share,
                         std::uint32_t among) const;
  std::uint32_t unknown_of(const Message& message) const;
  void judge(const Message& message, std::uint32_t recipients, std::uint32_t spam,
             std::uint32_t unknown);
  std::uint32_t answerable_address(const Message& message) const;
  void on(ComplaintDue event);
  void back_off(std::uint32_t lane);

  WorldConfig config_;
  Recorder& recorder_;
  Chance chance_;
  Kernel<Event> kernel_;
  MessageTable messages_;
  AttemptTable attempts_;
  std::vector<Lane> lanes_;
  std::vector<Desk> desks_;
  std::vector<std::vector<std::pair<std::uint32_t, std::size_t>>> pacers_of_lane_;  // or empty
  std::vector<TimerId> site_timers_;
  std::vector<SourceTotals> totals_;
  LanePlan lane_plan_;
  std::vector<routing::HopState> hops_;
  std::vector<Stage> stages_;
  Parties parties_;
  Chronicle chronicle_;
  std::vector<selection::Candidates> everyone_;   // candidates of which all are open
  std::vector<std::uint32_t> everyone_of_group_;  // by group of lanes
};

}  // namespace weir
