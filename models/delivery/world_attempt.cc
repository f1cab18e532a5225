// From the lane to the reply: connections, attempts, and the site's answer.

#include "models/delivery/world.h"

namespace weir {
namespace {

/// Tells apart the attempts of a message at every host and on every lane of its way. The first
/// attempt at the first host of the first lane is number one.
std::uint32_t ordinal_of(const Message& message) {
  const std::uint32_t other_hosts = message.tried > 0 ? (message.tried - 1U) & 7U : 0U;
  return message.attempts | (message.hops & 31U) << 16 | other_hosts << 21;
}

}  // namespace

/// Starts attempts while the lane has mail, may start and has a connection to spare.
void World::pump(std::uint32_t lane_index) {
  Lane& lane = lanes_[lane_index];
  if (lane.pumping) return;  // an expiring message's notice came back to its own lane
  lane.pumping = true;
  turn_away_waiting(lane);
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
  while (lane.queued > 0 && now() >= messages_.cell(lane.head).queued + lane.schedule->lifetime())
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
    messages_[id].reply = lane.refusal;
    if (what == control::Waiting::deferred) {
      put_off(id);
    } else {
      give_back(id);
    }
  }
}

void World::on(LaneReady event) { pump(event.lane); }

/// `on_connection`: which message of its connection it is; of those behind the first, `site` is
/// where the connection leads.
void World::begin_attempt(Id<Message> id, std::uint16_t on_connection, std::uint16_t site) {
  Message& message = messages_[id];
  Lane& lane = lanes_[message.lane];
  lane.control->message_started(now());
  if (message.attempts == 0) message.first_attempt = now();
  if (message.attempts < 65'535) ++message.attempts;
  message.started = now();
  message.on_connection = on_connection;
  if (on_connection > 1) {
    message.site = site;
    message.tried = message.passed = 1;
    transact(id);
    return;
  }
  message.tried = 0;
  message.enter(MessageState::connecting);
  go_elsewhere(id);
}

/// The host of its hop that the message turns to next in this attempt.
std::optional<routing::HopState::Choice> World::next_host(const Message& message) {
  routing::HopState& hop = hops_[lanes_[message.lane].hop];
  Draw draw = chance_.draw(purpose::host, message_key(message.source, message.serial),
                           message.attempts | (message.hops & 31U) << 16);
  const std::uint32_t before = message.tried == 0 ? routing::HopState::kNone : message.site;
  return hop.next(before, message.passed, now(), draw);
}

/// Opens a connection to the next host of the hop; when there is none left to try, the reply that
/// the message has stands.
void World::go_elsewhere(Id<Message> id) {
  Message& message = messages_[id];
  if (const auto choice = next_host(message)) {
    message.site = static_cast<std::uint16_t>(choice->site);
    message.passed = choice->passed;
    ++message.tried;
    connect(id);
  } else {
    give_up_connecting(id);
  }
}

void World::connect(Id<Message> id) {
  Message& message = messages_[id];
  const Lane& lane = lanes_[message.lane];
  switch (config_.sites[message.site].contact(now())) {
    case Contact::answers:
      kernel_.in(lane.params.connect_time, ConnectionOpens{id});
      break;
    case Contact::refused:
      message.reply = Reply::connection_refused;
      kernel_.in(lane.params.connect_time, ConnectionFails{id});
      break;
    case Contact::silent:
      message.reply = Reply::no_answer;
      kernel_.in(hops_[lane.hop].manner().connect_timeout, ConnectionFails{id});
      break;
  }
}

void World::on(ConnectionFails event) {
  const Message& message = messages_[event.message];
  hops_[lanes_[message.lane].hop].no_answer(message.site, now());
  go_elsewhere(event.message);
}

void World::give_up_connecting(Id<Message> id) {
  Message& message = messages_[id];
  const std::uint32_t lane = message.lane;
  if (message.tried == 0) message.reply = Reply::no_answer;  // all of its hosts are left alone
  happened(Happening::attempt, message);
  tell_controller(message, control::Stage::connection);
  --lanes_[lane].connections;
  reply(id);
  pump(lane);
}

void World::on(ConnectionOpens event) {
  Message& message = messages_[event.message];
  const Lane& lane = lanes_[message.lane];
  Site& site = config_.sites[message.site];
  throttle::Verdict verdict;
  if (hops_[lane.hop].manner().tls == routing::Tls::forced && !site.params().tls) {
    verdict.reply = Reply::tls_required;
  } else {
    verdict = site.connect(now(), lane.address);
    wake_site_in_time(message.site);
  }
  if (verdict.accepts()) {
    hops_[lane.hop].answered(message.site);
    transact(event.message);
    return;
  }
  message.reply = verdict.reply;
  if (info(verdict.reply).severity == Severity::defer) {
    go_elsewhere(event.message);
  } else {
    give_up_connecting(event.message);
  }
}

/// The envelope reaches the site, which decides; the sender learns of it with the reply.
void World::transact(Id<Message> id) {
  Message& message = messages_[id];
  message.enter(MessageState::sending);
  happened(Happening::attempt, message);

  message.unknown = 0;
  if (!message.known && message.source < config_.sources.size())
    message.unknown = static_cast<std::uint16_t>(
        count_of(purpose::unknown, message, config_.sources[message.source].params.unknown,
                 message.recipients));
  const throttle::Verdict verdict = admit(message);
  message.reply = verdict.reply;
  wake_site_in_time(message.site);
  kernel_.in(reply_time(message, verdict.slow_by), ReplyArrives{id});
}

/// What the site, and the system behind it, say to the envelope.
throttle::Verdict World::admit(Message& message) {
  const std::uint64_t key = message_key(message.source, message.serial);
  const std::uint32_t ordinal = ordinal_of(message);
  Site& site = config_.sites[message.site];
  throttle::Attempt attempt{.now = now(),
                            .address = lanes_[message.lane].address,
                            .number = message.attempts,
                            .recipients = message.recipients,
                            .message = key,
                            .first_attempt = message.first_attempt,
                            .on_connection = message.on_connection};
  if (site.system() != Site::kNoSystem) {
    Draw draw = chance_.draw(purpose::admission, key, ordinal);
    const system::Admission admission = config_.systems[site.system()].transport->admit(
        mail_of(message), destination_of(message), message.unknown, draw);
    if (admission.refusal != Reply::accepted) return {.reply = admission.refusal};
    message.unknown = static_cast<std::uint16_t>(admission.unknown);
    message.checked = admission.checked;
    message.next_organisation = static_cast<std::uint16_t>(admission.organisation);
    attempt.exempt = admission.exempt;
    attempt.allowed = admission.allowed;
    message.looks_behind = admission.looks_behind;
    attempt.address = answerable_address(message);
  }
  Draw throttle_draw = chance_.draw(purpose::throttle, key, ordinal);
  Draw transient_draw = chance_.draw(purpose::transient, key, ordinal);
  return site.admit(attempt, message.unknown, throttle_draw, transient_draw);
}

/// From the envelope's arrival at the site to the reply's arrival at the sender.
Duration World::reply_time(const Message& message, Duration slowed) {
  const Lane& lane = lanes_[message.lane];
  const SiteParams& site = config_.sites[message.site].params();
  const bool accepted = info(message.reply).severity == Severity::accept;
  Duration envelope = site.envelope_time;
  Duration acceptance = accepted ? site.acceptance_time : Duration::zero();
  if (site.reply_times == ReplyTimes::exponential) {
    Draw draw = chance_.draw(purpose::acceptance, message_key(message.source, message.serial),
                             ordinal_of(message));
    envelope = chance_.exponential(draw, envelope);
    acceptance = chance_.exponential(draw, acceptance);
  }
  Duration transfer{};
  if (accepted) transfer = lane.params.transfer_time * message.size / 1'000'000;
  return lane.params.transaction_time + envelope + transfer + acceptance + slowed;
}

void World::on(ReplyArrives event) {
  Message& message = messages_[event.message];
  const std::uint32_t lane = message.lane;
  const std::uint16_t site = message.site;
  const std::uint16_t carried = message.on_connection;
  const bool hangs_up = info(message.reply).concerns == Concerns::connection;
  happened(Happening::reply, message);
  if (tries_next_host(message)) {
    record_attempt(message, now());
    config_.sites[site].disconnected(now(), lanes_[lane].address);
    message.enter(MessageState::connecting);
    message.on_connection = 1;
    message.started = now();
    go_elsewhere(event.message);
    return;
  }
  tell_controller(message, control::Stage::transaction);
  reply(event.message);
  if (hangs_up) {
    lose_connection(lane, site);
  } else {
    hand_on_connection(lane, site, carried);
  }
}

/// The lane's controller hears how the attempt ended, before anything else follows from that.
void World::tell_controller(const Message& message, control::Stage stage) {
  Lane& lane = lanes_[message.lane];
  if (info(message.reply).severity == Severity::accept) {
    lane.control->succeeded(now(), lane.connections);
    return;
  }
  lane.refusal = message.reply;
  if (message.reply == Reply::no_answer || message.reply == Reply::connection_refused) {
    lane.control->unreachable(now(), lane.connections);
  } else {
    lane.control->refused(
        {.now = now(), .reply = message.reply, .stage = stage, .busy = lane.connections});
  }
}

/// Whether a 4xx sends the message to the next host in the same attempt (ambiguity 11).
bool World::tries_next_host(const Message& message) {
  return info(message.reply).severity == Severity::defer &&
         hops_[lanes_[message.lane].hop].manner().on_4xx == routing::On4xx::next_host &&
         next_host(message).has_value();
}

/// What the reply means for the message.
void World::reply(Id<Message> id) {
  switch (info(messages_[id].reply).severity) {
    case Severity::accept:
      accept(id);
      break;
    case Severity::defer:
      defer(id);
      break;
    case Severity::reject:
      bounce(id);
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
  if (now() >= message.queued + lane.schedule->lifetime()) {
    expire(event.message);
    return;
  }
  happened(Happening::retry, message);
  message.enter(MessageState::queued);
  lane.push(messages_, event.message);
  pump(message.lane);
}

}  // namespace weir
