#pragma once
/// The world of a run: it knows everybody, asks the models, acts on their answers.
///
/// The life of a message: a source's arrival is held until its plan lets it go; then it belongs to
/// a lane, whose queue waits for a connection; the attempt meets the site, which connects,
/// throttles and accepts; the reply delivers it, bounces it, or hands it to the retry schedule.
/// Every message x recipient ends in exactly one Outcome, is held, or is in flight: finish() checks
/// that in every build.

#include <deque>
#include <vector>

#include "models/delivery/config.h"
#include "models/delivery/event.h"
#include "models/delivery/totals.h"
#include "models/purpose.h"
#include "models/recorder.h"
#include "sim/fingerprint.h"

namespace weir {

class World {
 public:
  World(WorldConfig config, Recorder& recorder);

  /// Runs all events up to and including `end`.
  void run_until(SimTime end);

  /// Closes the books: counts what is held and in flight and checks conservation.
  void finish();

  SimTime now() const { return kernel_.now(); }
  std::uint64_t events() const { return kernel_.executed(); }
  std::uint64_t clamped() const { return chance_.clamped(); }
  const Fingerprint& fingerprint() const { return fingerprint_; }
  std::size_t messages_in_flight() const { return messages_.size(); }

  /// Sources of the scenario, then the notices. After finish() the totals are complete.
  const std::vector<SourceTotals>& totals() const { return totals_; }
  const std::vector<Lane>& lanes() const { return lanes_; }
  const std::vector<Site>& sites() const { return config_.sites; }
  std::uint32_t notices() const { return static_cast<std::uint32_t>(config_.sources.size()); }

  /// Also keep digests of intervals, and the domain events from `from` until `to`.
  void keep_digests(Duration interval) { digests_.emplace(interval); }
  const IntervalDigests* digests() const { return digests_ ? &*digests_ : nullptr; }
  void keep_trace(SimTime from, SimTime to) { trace_from_ = from, trace_to_ = to; }
  const std::vector<Happened>& trace() const { return trace_; }

 private:
  /// Arrivals of one source that its plan has not let go yet, and where the next one comes from.
  struct Desk {
    source::Arrival upcoming;        // not arrived yet
    std::uint64_t next_serial = 0;   // of the next arrival
    std::uint64_t next_release = 0;  // serial of the first held message
    std::deque<source::Arrival> held;
    TimerId release_timer;
    bool begun = false;
    std::vector<std::uint32_t> lanes;  // of the addresses of its pool, in their order
  };

  // world.cc
  void open_lanes();
  void happened(Happening what, std::uint64_t name);
  void happened(Happening what, const Message& m) {
    happened(what, message_key(m.source, m.serial));
  }
  void wake_site_in_time(std::uint32_t site);
  void on(SiteWakes event);

  // world_submission.cc: from the source to the lane
  void begin_source(std::uint32_t source);
  void fetch_arrival(std::uint32_t source);
  void on(ArrivalDue event);
  void on(ReleaseDue event);
  void release_held(std::uint32_t source);
  std::optional<std::size_t> choose_address(std::uint32_t source, SimTime& ask_again);
  void release_one(std::uint32_t source, std::size_t position);
  void begin_followers(std::uint32_t source);
  std::uint32_t recipients_of(std::uint32_t source, const source::Arrival& arrival,
                              std::uint64_t serial) const;
  std::uint32_t size_of(std::uint32_t source, const source::Arrival& arrival,
                        std::uint64_t serial) const;
  void submit(Message message);

  // world_attempt.cc: from the lane to the reply
  void pump(std::uint32_t lane);
  bool may_start(std::uint32_t lane);
  void wake_lane(std::uint32_t lane, SimTime when);
  void begin_attempt(Id<Message> id, std::uint16_t on_connection);
  void transact(Id<Message> id);
  Duration reply_time(const Message& message);
  void reply(Id<Message> id);
  void hand_on_connection(std::uint32_t lane, std::uint16_t carried);
  void on(LaneReady event);
  void on(ConnectionOpens event);
  void on(ReplyArrives event);
  void on(RetryDue event);

  // world_outcome.cc: what the reply means
  void accept(Id<Message> id);
  void defer(Id<Message> id);
  void bounce(Id<Message> id);
  void expire(Id<Message> id);
  void finish_recipients(const Message& message, std::uint32_t recipients, Outcome outcome);
  void remove(Id<Message> id);
  void notify_sender(const Message& about);
  std::uint32_t count_of(Purpose purpose, const Message& message, Probability share,
                         std::uint32_t among) const;
  void judge(const Message& message, std::uint32_t recipients, std::uint32_t spam);
  void on(ComplaintDue event);
  void back_off(Lane& lane);

  WorldConfig config_;
  Recorder& recorder_;
  Chance chance_;
  Kernel<Event> kernel_;
  MessageTable messages_;
  std::vector<Lane> lanes_;
  std::vector<Desk> desks_;
  std::vector<std::vector<std::pair<std::uint32_t, std::size_t>>> pacers_of_lane_;
  std::vector<TimerId> site_timers_;
  std::vector<SourceTotals> totals_;
  std::vector<std::uint32_t> notice_lanes_;
  Fingerprint fingerprint_;
  std::optional<IntervalDigests> digests_;
  SimTime trace_from_ = kNever;
  SimTime trace_to_{};
  std::vector<Happened> trace_;
  std::vector<selection::Candidate> candidates_;
  std::vector<std::size_t> candidate_positions_;
};

}  // namespace weir
