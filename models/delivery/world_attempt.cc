// From the lane to the reply: connections, attempts, and the site's answer.

#include "models/delivery/world.h"

namespace weir {

/// Starts attempts while the lane has mail, may start and has a connection to spare.
void World::pump(std::uint32_t lane_index) {
  Lane& lane = lanes_[lane_index];
  if (lane.pumping) return;  // an expiring message's notice came back to its own lane
  lane.pumping = true;
  while (may_start(lane_index) && lane.connections < lane.allowed_connections()) {
    ++lane.connections;
    begin_attempt(lane.pop(messages_), 1);
  }
  lane.pumping = false;
}

/// Whether the next message may be taken up now; if only time is missing, the lane is woken then.
/// Messages at the head that have grown too old expire on the way.
bool World::may_start(std::uint32_t lane_index) {
  Lane& lane = lanes_[lane_index];
  if (lane.queued == 0) return false;
  if (now() < lane.paused_until) {
    wake_lane(lane_index, lane.paused_until);
    return false;
  }
  while (lane.queued > 0 && now() >= messages_.cell(lane.head).released + lane.schedule->lifetime())
    expire(lane.pop(messages_));
  if (lane.queued == 0) return false;
  if (lane.params.message_rate && now() < lane.next_start) {
    wake_lane(lane_index, lane.next_start);
    return false;
  }
  return true;
}

void World::wake_lane(std::uint32_t lane_index, SimTime when) {
  Lane& lane = lanes_[lane_index];
  if (!kernel_.is_pending(lane.ready_timer))
    lane.ready_timer = kernel_.at(when, LaneReady{lane_index});
}

void World::on(LaneReady event) { pump(event.lane); }

void World::begin_attempt(Id<Message> id, std::uint16_t on_connection) {
  Message& message = messages_[id];
  Lane& lane = lanes_[message.lane];
  if (lane.params.message_rate)
    lane.next_start = std::max(lane.next_start, now()) + lane.params.message_rate->interval();
  if (message.attempts == 0) message.first_attempt = now();
  if (message.attempts < 65'535) ++message.attempts;
  message.started = now();
  message.on_connection = on_connection;
  if (on_connection > 1) {
    transact(id);
    return;
  }
  message.enter(MessageState::connecting);
  kernel_.in(lane.params.connect_time, ConnectionOpens{id});
}

void World::on(ConnectionOpens event) {
  Message& message = messages_[event.message];
  const std::uint32_t lane_index = message.lane;
  Lane& lane = lanes_[lane_index];
  const throttle::Verdict verdict = config_.sites[lane.site].connect(now(), lane.address);
  wake_site_in_time(lane.site);
  if (verdict.accepts()) {
    transact(event.message);
    return;
  }
  happened(Happening::attempt, message);
  message.reply = verdict.reply;
  --lane.connections;
  reply(event.message);
  pump(lane_index);
}

/// The envelope reaches the site, which decides; the sender learns of it with the reply.
void World::transact(Id<Message> id) {
  Message& message = messages_[id];
  const Lane& lane = lanes_[message.lane];
  const std::uint64_t key = message_key(message.source, message.serial);
  message.enter(MessageState::sending);
  happened(Happening::attempt, message);

  if (message.source < config_.sources.size())
    message.unknown = static_cast<std::uint16_t>(
        count_of(purpose::unknown, message, config_.sources[message.source].params.unknown,
                 message.recipients));
  Draw throttle_draw = chance_.draw(purpose::throttle, key, message.attempts);
  Draw transient_draw = chance_.draw(purpose::transient, key, message.attempts);
  Site& site = config_.sites[lane.site];
  const throttle::Attempt attempt{.now = now(),
                                  .address = lane.address,
                                  .number = message.attempts,
                                  .recipients = message.recipients,
                                  .message = key,
                                  .first_attempt = message.first_attempt};
  message.reply = site.admit(attempt, message.unknown, throttle_draw, transient_draw).reply;
  wake_site_in_time(lane.site);
  kernel_.in(reply_time(message), ReplyArrives{id});
}

/// From the envelope's arrival at the site to the reply's arrival at the sender.
Duration World::reply_time(const Message& message) {
  const Lane& lane = lanes_[message.lane];
  const SiteParams& site = config_.sites[lane.site].params();
  const bool accepted = info(message.reply).severity == Severity::accept;
  Duration envelope = site.envelope_time;
  Duration acceptance = accepted ? site.acceptance_time : Duration::zero();
  if (site.reply_times == ReplyTimes::exponential) {
    Draw draw = chance_.draw(purpose::acceptance, message_key(message.source, message.serial),
                             message.attempts);
    envelope = chance_.exponential(draw, envelope);
    acceptance = chance_.exponential(draw, acceptance);
  }
  Duration transfer{};
  if (accepted) transfer = lane.params.transfer_time * message.size / 1'000'000;
  return lane.params.transaction_time + envelope + transfer + acceptance;
}

void World::on(ReplyArrives event) {
  const Message& message = messages_[event.message];
  const std::uint32_t lane = message.lane;
  const std::uint16_t carried = message.on_connection;
  happened(Happening::reply, message);
  reply(event.message);
  hand_on_connection(lane, carried);
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
void World::hand_on_connection(std::uint32_t lane_index, std::uint16_t carried) {
  Lane& lane = lanes_[lane_index];
  lane.pumping = true;
  const bool keeps = carried < lane.params.messages_per_connection &&
                     lane.connections <= lane.allowed_connections() && may_start(lane_index);
  if (keeps) {
    begin_attempt(lane.pop(messages_), static_cast<std::uint16_t>(carried + 1));
  } else {
    --lane.connections;
    config_.sites[lane.site].disconnected(now(), lane.address);
  }
  lane.pumping = false;
  pump(lane_index);
}

void World::on(RetryDue event) {
  Message& message = messages_[event.message];
  Lane& lane = lanes_[message.lane];
  if (now() >= message.released + lane.schedule->lifetime()) {
    expire(event.message);
    return;
  }
  happened(Happening::retry, message);
  message.enter(MessageState::queued);
  lane.push(messages_, event.message);
  pump(message.lane);
}

}  // namespace weir
