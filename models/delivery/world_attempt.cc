// From the lane to the reply: connections, attempts, and the site's answer.

#include "models/delivery/world.h"

namespace weir {
namespace {

/// Tells apart the attempts of a message on every lane of its way.
std::uint32_t lane_ordinal(const Message& message) {
  return message.attempts | (message.hops & 31U) << 16;
}

/// Tells apart those at every host of the lane, too. The first attempt at the first host of the
/// first lane is number one.
std::uint32_t host_ordinal(const Message& message, const Attempt& attempt) {
  const std::uint32_t other_hosts = attempt.tried > 0 ? (attempt.tried - 1U) & 7U : 0U;
  return lane_ordinal(message) | other_hosts << 21;
}

}  // namespace

/// Starts attempts while the lane has mail, may start and has a connection to spare.
void World::pump(std::uint32_t lane_index) {
  Lane& lane = lanes_[lane_index];
  if (lane.pumping) return;  // an expiring message's notice came back to its own lane
  lane.pumping = true;
  if (lane.queued > 0) turn_away_waiting(lane);
  while (may_start(lane_index) && lane.connections < lane.control->connection_limit(now()) &&
         !waits_until(lane_index, lane.control->next_connection(now()))) {
    ++lane.connections;
    lane.control->connection_started(now());
    begin_attempt(lane.pop(messages_), 1, Message::kNone16);
  }
  if (lane.queued == 0 && lane.connections == 0) lane.control->emptied(now());
  lane.pumping = false;
}

/// Whether the next message may be taken up now; if only time is missing, the lane is woken then.
/// Messages at the head that have grown too old expire on the way.
bool World::may_start(std::uint32_t lane_index) {
  Lane& lane = lanes_[lane_index];
  if (lane.queued == 0) return false;
  if (waits_until(lane_index, lane.control->held_until())) return false;
  while (lane.queued > 0 && now() >= messages_.cell(lane.head).queued + lane.lifetime)
    expire(lane.pop(messages_));
  if (lane.queued == 0) return false;
  return !waits_until(lane_index, lane.control->next_message(now()));
}

/// Whether `when` is yet to come; if so, the lane is woken then.
bool World::waits_until(std::uint32_t lane_index, SimTime when) {
  if (when <= now()) return false;
  Lane& lane = lanes_[lane_index];
  if (kernel_.is_pending(lane.ready_timer)) {
    if (lane.ready_at <= when) return true;
    kernel_.cancel(lane.ready_timer);
  }
  lane.ready_at = when;
  if (when < kNever) lane.ready_timer = kernel_.at(when, LaneReady{lane_index});
  return true;
}

/// Mail that the controller does not let wait goes back to its schedule, or to its senders.
void World::turn_away_waiting(Lane& lane) {
  const control::Waiting what = lane.control->waiting(now());
  if (what == control::Waiting::kept) return;
  while (lane.queued > 0) {
    const Id<Message> id = lane.pop(messages_);
    if (what == control::Waiting::deferred) {
      put_off(id);
    } else {
      give_back(id, lane.refusal);
    }
  }
}

void World::on(LaneReady event) { pump(event.lane); }

inline Underway World::underway(Id<Message> id) {
  Message& message = messages_[id];
  return {id, message, attempts_.of(message), lanes_[message.lane]};
}

/// `on_connection`: which message of its connection it is; of those behind the first, `site` is
/// where the connection leads.
void World::begin_attempt(Id<Message> id, std::uint16_t on_connection, std::uint16_t site) {
  Message& message = messages_[id];
  Lane& lane = lanes_[message.lane];
  lane.control->message_started(now());
  if (message.attempts == 0) message.first_attempt = now();
  if (message.attempts < 65'535) ++message.attempts;
  const Underway u{id, message, attempts_.begin(message), lane};
  u.attempt.started = now();
  u.attempt.on_connection = on_connection;
  if (on_connection > 1) {
    message.site = site;
    u.attempt.tried = u.attempt.passed = 1;
    transact(u);
    return;
  }
  message.enter(MessageState::connecting);
  go_elsewhere(u);
}

/// The host of its hop that the message turns to next in this attempt.
inline std::optional<routing::HopState::Choice> World::next_host(const Underway& u) {
  Draw draw = chance_.draw(purpose::host, u.message.key, lane_ordinal(u.message));
  const std::uint32_t before = u.attempt.tried == 0 ? routing::HopState::kNone : u.message.site;
  return hops_[u.lane.hop].next(before, u.attempt.passed, now(), draw);
}

/// Opens a connection to the next host of the hop; when there is none left to try, the reply that
/// the message has stands.
void World::go_elsewhere(const Underway& u) {
  if (const auto choice = next_host(u)) {
    u.message.site = static_cast<std::uint16_t>(choice->site);
    u.attempt.passed = choice->passed;
    ++u.attempt.tried;
    connect(u);
  } else {
    give_up_connecting(u);
  }
}

void World::connect(const Underway& u) {
  config_.sites[u.message.site].fetch_policies();
  switch (config_.sites[u.message.site].contact(now())) {
    case Contact::answers:
      kernel_.in(u.lane.params.connect_time, ConnectionOpens{u.id});
      break;
    case Contact::refused:
      u.attempt.reply = Reply::connection_refused;
      kernel_.in(u.lane.params.connect_time, ConnectionFails{u.id});
      break;
    case Contact::silent:
      u.attempt.reply = Reply::no_answer;
      kernel_.in(hops_[u.lane.hop].manner().connect_timeout, ConnectionFails{u.id});
      break;
  }
}

void World::on(ConnectionFails event) {
  const Underway u = underway(event.message);
  hops_[u.lane.hop].no_answer(u.message.site, now());
  go_elsewhere(u);
}

void World::give_up_connecting(const Underway& u) {
  const std::uint32_t lane = u.message.lane;
  if (u.attempt.tried == 0) u.attempt.reply = Reply::no_answer;  // all of its hosts are left alone
  happened(Happening::attempt, u.message);
  tell_controller(u.lane, u.attempt.reply, control::Stage::connection);
  --u.lane.connections;
  reply(u.id, attempts_.end(u.message));
  pump(lane);
}

void World::on(ConnectionOpens event) {
  const Underway u = underway(event.message);
  config_.sites[u.message.site].fetch(u.lane.address);
  const Reply greeting = greeting_of(u);
  if (greeting == Reply::accepted) {
    hops_[u.lane.hop].answered(u.message.site);
    transact(u);
    return;
  }
  u.attempt.reply = greeting;
  if (info(greeting).severity == Severity::defer) {
    go_elsewhere(u);
  } else {
    give_up_connecting(u);
  }
}

/// What the site says to the connection.
Reply World::greeting_of(const Underway& u) {
  Site& site = config_.sites[u.message.site];
  if (hops_[u.lane.hop].manner().tls == routing::Tls::forced && !site.params().tls)
    return Reply::tls_required;
  const Reply reply = site.connect(now(), u.lane.address).reply;
  wake_site_in_time(u.message.site);
  return reply;
}

/// The envelope reaches the site, which decides; the sender learns of it with the reply.
void World::transact(const Underway& u) {
  u.message.enter(MessageState::sending);
  happened(Happening::attempt, u.message);

  u.attempt.unknown = static_cast<std::uint16_t>(unknown_of(u.message));
  const throttle::Verdict verdict = admit(u);
  u.attempt.reply = verdict.reply;
  wake_site_in_time(u.message.site);
  kernel_.in(reply_time(u, verdict.slow_by), ReplyArrives{u.id});
}

/// What the site, and the system behind it, say to the envelope.
throttle::Verdict World::admit(const Underway& u) {
  Message& message = u.message;
  const std::uint32_t ordinal = host_ordinal(message, u.attempt);
  Site& site = config_.sites[message.site];
  throttle::Attempt attempt{.now = now(),
                            .address = u.lane.address,
                            .number = message.attempts,
                            .recipients = message.recipients,
                            .message = message.key,
                            .first_attempt = message.first_attempt,
                            .on_connection = u.attempt.on_connection};
  if (site.system() != Site::kNoSystem) {
    Draw draw = chance_.draw(purpose::admission, message.key, ordinal);
    const system::Admission admission = config_.systems[site.system()].transport->admit(
        mail_of(message), destination_of(message), u.attempt.unknown, draw);
    if (admission.refusal != Reply::accepted) return {.reply = admission.refusal};
    u.attempt.unknown = static_cast<std::uint16_t>(admission.unknown);
    u.attempt.checked = admission.checked;
    u.attempt.next_organisation = static_cast<std::uint16_t>(admission.organisation);
    attempt.exempt = admission.exempt;
    attempt.allowed = admission.allowed;
    message.looks_behind = admission.looks_behind;
    attempt.address = answerable_address(message);
  }
  Draw throttle_draw = chance_.draw(purpose::throttle, message.key, ordinal);
  Draw transient_draw = chance_.draw(purpose::transient, message.key, ordinal);
  return site.admit(attempt, u.attempt.unknown, throttle_draw, transient_draw);
}

/// From the envelope's arrival at the site to the reply's arrival at the sender.
Duration World::reply_time(const Underway& u, Duration slowed) {
  const SiteParams& site = config_.sites[u.message.site].params();
  const bool accepted = info(u.attempt.reply).severity == Severity::accept;
  Duration envelope = site.envelope_time;
  Duration acceptance = accepted ? site.acceptance_time : Duration::zero();
  if (site.reply_times == ReplyTimes::exponential) {
    Draw draw =
        chance_.draw(purpose::acceptance, u.message.key, host_ordinal(u.message, u.attempt));
    envelope = chance_.exponential(draw, envelope);
    acceptance = chance_.exponential(draw, acceptance);
  }
  Duration transfer{};
  if (accepted) transfer = u.lane.params.transfer_time * u.message.size / 1'000'000;
  return u.lane.params.transaction_time + envelope + transfer + acceptance + slowed;
}

void World::on(ReplyArrives event) {
  const Underway u = underway(event.message);
  const std::uint32_t lane = u.message.lane;
  const std::uint16_t site = u.message.site;
  happened(Happening::reply, u.message);
  if (tries_next_host(u)) {
    record_attempt(u.message, u.attempt, now());
    config_.sites[site].disconnected(now(), u.lane.address);
    u.message.enter(MessageState::connecting);
    u.attempt.on_connection = 1;
    u.attempt.started = now();
    go_elsewhere(u);
    return;
  }
  tell_controller(u.lane, u.attempt.reply, control::Stage::transaction);
  const Attempt attempt = attempts_.end(u.message);
  reply(event.message, attempt);
  if (info(attempt.reply).concerns == Concerns::connection) {
    lose_connection(lane, site);
  } else {
    hand_on_connection(lane, site, attempt.on_connection);
  }
}

/// The lane's controller hears how the attempt ended, before anything else follows from that.
void World::tell_controller(Lane& lane, Reply reply, control::Stage stage) {
  if (info(reply).severity == Severity::accept) {
    lane.control->succeeded(now(), lane.connections);
    return;
  }
  lane.refusal = reply;
  if (reply == Reply::no_answer || reply == Reply::connection_refused) {
    lane.control->unreachable(now(), lane.connections);
  } else {
    lane.control->refused({.now = now(), .reply = reply, .stage = stage, .busy = lane.connections});
  }
}

/// Whether a 4xx sends the message to the next host in the same attempt (ambiguity 11).
bool World::tries_next_host(const Underway& u) {
  return info(u.attempt.reply).severity == Severity::defer &&
         hops_[u.lane.hop].manner().on_4xx == routing::On4xx::next_host && next_host(u).has_value();
}

/// What the reply means for the message.
void World::reply(Id<Message> id, const Attempt& attempt) {
  switch (info(attempt.reply).severity) {
    case Severity::accept:
      accept(id, attempt);
      break;
    case Severity::defer:
      defer(id, attempt);
      break;
    case Severity::reject:
      bounce(id, attempt);
      break;
  }
}

/// The connection takes the next message of its lane, or is closed.
void World::hand_on_connection(std::uint32_t lane_index, std::uint16_t site,
                               std::uint16_t carried) {
  Lane& lane = lanes_[lane_index];
  lane.pumping = true;
  const bool keeps = carried < lane.control->messages_per_connection(now()) &&
                     config_.sites[site].contact(now()) == Contact::answers &&
                     hops_[lane.hop].manner().turn == routing::Turn::connection &&
                     lane.connections <= lane.control->connection_limit(now()) &&
                     may_start(lane_index);
  if (keeps) {
    begin_attempt(lane.pop(messages_), static_cast<std::uint16_t>(carried + 1), site);
  } else {
    --lane.connections;
    config_.sites[site].disconnected(now(), lane.address);
  }
  lane.pumping = false;
  pump(lane_index);
}

/// The site has closed the connection with its reply.
void World::lose_connection(std::uint32_t lane_index, std::uint16_t site) {
  Lane& lane = lanes_[lane_index];
  --lane.connections;
  config_.sites[site].disconnected(now(), lane.address);
  pump(lane_index);
}

void World::on(RetryDue event) {
  Message& message = messages_[event.message];
  Lane& lane = lanes_[message.lane];
  if (now() >= message.queued + lane.lifetime) {
    expire(event.message);
    return;
  }
  happened(Happening::retry, message);
  message.enter(MessageState::queued);
  lane.push(messages_, event.message);
  pump(message.lane);
}

}  // namespace weir
