// What a reply means: delivered, deferred, bounced or expired; notices, complaints, back-off.

#include "models/delivery/world.h"

namespace weir {
namespace {

AttemptRecord record_of(const Message& m, const Attempt& a, SimTime now, SimTime next) {
  return {a.started,    now,    m.source(), m.serial(), m.lane, m.attempts,
          m.recipients, m.size, a.reply,    next,       m.site};
}

}  // namespace

void World::record_attempt(const Message& message, const Attempt& attempt, SimTime next) {
  recorder_.attempted(record_of(message, attempt, now(), next));
}

/// How many of `among` recipients something applies to, each with chance `share`.
std::uint32_t World::count_of(Purpose purpose, const Message& message, Probability share,
                              std::uint32_t among) const {
  if (share.value <= 0.0) return 0;
  Draw draw = chance_.draw(purpose, message.key);
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < among; ++i) count += draw.happens(share) ? 1U : 0U;
  return count;
}

/// How many of its recipients do not exist, if nobody has looked yet.
std::uint32_t World::unknown_of(const Message& message) const {
  if (message.known || is_notice(message)) return 0;
  return count_of(purpose::unknown, message, config_.sources[message.source()].params.unknown,
                  message.recipients);
}

/// The site takes the message; beyond it there is a system, or there is nothing.
void World::accept(Id<Message> id, const Attempt& attempt) {
  Message& message = messages_[id];
  record_attempt(message, attempt, kNever);
  const std::uint32_t accepted = message.recipients - attempt.unknown;
  tell_pacers(message, accepted);
  const std::uint32_t system = config_.sites[message.site].system();
  if (system == Site::kNoSystem) {
    end_way(id, attempt.unknown);
    return;
  }
  if (attempt.unknown > 0) return_unknown(message, attempt.unknown);
  message.recipients = static_cast<std::uint16_t>(accepted);
  message.known = message.known || attempt.checked;
  --lanes_[message.lane].messages;
  message.organisation = attempt.next_organisation;
  take_over(id, system);
}

/// The plan of the message's source hears that it was delivered.
void World::tell_pacers(const Message& message, std::uint32_t accepted) {
  if (pacers_of_lane_.empty()) return;
  for (const auto& [source, position] : pacers_of_lane_[message.lane])
    if (source == message.source())
      config_.sources[source].pacers[position].delivered(now(), accepted);
}

/// What a site without a system does with mail: its users have it, or it is in their junk folders.
void World::end_way(Id<Message> id, std::uint32_t unknown) {
  const Message& message = messages_[id];
  happened(Happening::delivery, message);
  const std::uint32_t accepted = message.recipients - unknown;
  std::uint32_t spam = 0;
  if (message.system != Message::kNone16) {
    // A system sorts mail by its content: what follows must judge it by the same content.
    spam = mail_of(message).content.spam ? accepted : 0;
  } else if (!is_notice(message)) {
    spam =
        count_of(purpose::spam, message, config_.sources[message.source()].content.spam, accepted);
  }
  finish_recipients(message, spam, Outcome::junked, Reply::accepted);
  finish_recipients(message, accepted - spam, Outcome::delivered, Reply::accepted);
  judge(message, accepted, spam, unknown);
  if (unknown == 0) return remove(id);
  const Message about = message;
  remove(id);
  return_unknown(about, unknown);
}

/// Recipients that do not exist are returned to the sender, by whoever has the message.
void World::return_unknown(const Message& message, std::uint32_t unknown) {
  finish_recipients(message, unknown, Outcome::bounced, Reply::unknown_recipient);
  notify_sender(message);
}

/// The address that is held to account for the message: that which brought it, or, where the
/// receiving system looks behind its own filter, the one before (facts 2.3).
std::uint32_t World::answerable_address(const Message& message) const {
  const bool looks_behind = message.looks_behind && message.from_lane != Message::kNoLane;
  return lanes_[looks_behind ? message.from_lane : message.lane].address;
}

/// Tells the site what its users and traps say of the recipients it accepted, and of those that it
/// does not know; complaints come later.
void World::judge(const Message& message, std::uint32_t recipients, std::uint32_t spam,
                  std::uint32_t unknown) {
  if (is_notice(message) || message.lane == Message::kNoLane) return;
  const std::uint32_t address = answerable_address(message);
  const SourceParams& params = config_.sources[message.source()].params;
  const std::uint32_t traps = count_of(purpose::trap, message, params.traps, recipients);
  config_.sites[message.site].judged(
      now(), address,
      {.recipients = recipients + unknown, .unknown = unknown, .spam = spam, .traps = traps});
  wake_site_in_time(message.site);

  const std::uint32_t complaints =
      count_of(purpose::complaint, message, params.complaints, recipients - spam);
  for (std::uint32_t i = 0; i < complaints; ++i) {
    Draw draw = chance_.draw(purpose::complaint, message.key, 1 + i);
    kernel_.in(chance_.exponential(draw, params.complaint_delay),
               ComplaintDue{static_cast<std::uint32_t>(message.key),
                            static_cast<std::uint32_t>(message.key >> 32),
                            parties_.number_of({address, message.site})});
  }
}

void World::on(ComplaintDue event) {
  happened(Happening::complaint, std::uint64_t{event.key_high} << 32 | event.key_low);
  const Party& party = parties_[event.party];
  config_.sites[party.site].judged(now(), party.address, {.complaints = 1});
  wake_site_in_time(party.site);
}

void World::defer(Id<Message> id, const Attempt& attempt) {
  const Message& message = messages_[id];
  const SimTime due = retry_time(message);
  record_attempt(message, attempt, std::max(due, now()));
  if (info(attempt.reply).concerns == Concerns::address) back_off(message.lane);
  wait_until(id, due);
}

/// A deferral without an attempt; it counts as one for the schedule.
void World::put_off(Id<Message> id) {
  Message& message = messages_[id];
  if (message.attempts < 65'535) ++message.attempts;
  wait_until(id, retry_time(message));
}

/// When the message is tried again after its last attempt; not later than now when it is not.
SimTime World::retry_time(const Message& message) const {
  const Lane& lane = lanes_[message.lane];
  Draw draw = chance_.draw(purpose::retry, message.key, message.attempts);
  const SimTime next = lane.schedule->next_attempt(
      {.now = now(), .queued = message.queued, .attempts = message.attempts}, draw);
  // A schedule that gives up answers "never": the message expires at once, not at some lifetime.
  return next == kNever ? now() : std::min(next, message.queued + lane.lifetime);
}

void World::wait_until(Id<Message> id, SimTime due) {
  messages_[id].enter(MessageState::waiting);
  if (due <= now()) {
    expire(id);
  } else {
    kernel_.at(due, RetryDue{id});
  }
}

/// S4-66 for the plans of the lane.
void World::back_off(std::uint32_t lane) {
  if (pacers_of_lane_.empty()) return;
  for (const auto& [source, position] : pacers_of_lane_[lane]) {
    config_.sources[source].pacers[position].throttled(now());
    told_pacer(source, position);
  }
}

void World::bounce(Id<Message> id, const Attempt& attempt) {
  const Message& message = messages_[id];
  record_attempt(message, attempt, kNever);
  happened(Happening::bounce, message);
  if (info(attempt.reply).concerns == Concerns::address) back_off(message.lane);
  if (attempt.reply == Reply::unknown_recipient) judge(message, 0, 0, attempt.unknown);
  // A client that submits learns of a refusal by itself, unless a relay has taken the message over.
  const bool at_submission = message.system == Message::kNone16 &&
                             config_.sites[message.site].params().front == FrontDoor::submission;
  finish_recipients(message, message.recipients,
                    at_submission ? Outcome::refused : Outcome::bounced, attempt.reply);
  if (at_submission) return remove(id);
  remove_and_notify(id);
}

/// Returns a message that waits, by the sender's own decision: nobody refused it.
void World::give_back(Id<Message> id, Reply reply) {
  const Message& message = messages_[id];
  happened(Happening::bounce, message);
  finish_recipients(message, message.recipients, Outcome::bounced, reply);
  remove_and_notify(id);
}

void World::expire(Id<Message> id) {
  const Message& message = messages_[id];
  happened(Happening::expiry, message);
  finish_recipients(message, message.recipients, Outcome::expired, Reply::expired);
  remove_and_notify(id);
}

void World::finish_recipients(const Message& message, std::uint32_t recipients, Outcome outcome,
                              Reply reply) {
  if (recipients == 0) return;
  totals_[message.source()].finished[static_cast<std::size_t>(outcome)] += recipients;
  recorder_.finished({now(), message.source(), message.serial(), message.lane, recipients, outcome,
                      reply, now() - message.released});
}

/// REQUIRES: no event names the message any more.
void World::remove(Id<Message> id) {
  Message& message = messages_[id];
  if (message.state != MessageState::in_system) --lanes_[message.lane].messages;
  message.enter(MessageState::finished);
  messages_.remove(id);
}

/// Its notice may take the cell of the message.
void World::remove_and_notify(Id<Message> id) {
  const Message about = messages_[id];
  remove(id);
  notify_sender(about);
}

/// A bounce message, from the null sender <>: a message of its own, and never about another one.
void World::notify_sender(const Message& about) {
  if (is_notice(about)) return;
  Message notice = new_notice();
  const std::uint32_t reply_to = config_.sources[about.source()].reply_to;
  if (about.system != Message::kNone16 && reply_to != Message::kNone16) {
    notice.destination = static_cast<std::uint16_t>(reply_to);
    notice.organisation = about.organisation;
    take_over(messages_.create(notice), about.system);
    return;
  }
  if (!config_.notices.route) {
    finish_recipients(notice, 1, Outcome::delivered, Reply::accepted);
    return;
  }
  const NoticeConfig::Route& route = *config_.notices.route;
  queue(messages_.create(notice), choose_lane(notice, route.pool, route.hop));
}

Message World::new_notice() {
  Message notice;
  notice.key = message_key(notices(), totals_[notices()].messages++);
  notice.size = static_cast<std::uint32_t>(config_.notices.size.count);
  notice.released = now();
  ++totals_[notices()].submitted;
  happened(Happening::notice, notice);
  recorder_.arrived(now(), notices(), 1);
  return notice;
}

/// The lane of a pool's address to a hop, for mail that no plan holds.
std::uint32_t World::choose_lane(const Message& message, std::uint32_t pool, std::uint32_t hop) {
  const std::uint32_t group = lane_plan_.group_of(pool, hop);
  Draw draw = chance_.draw(purpose::selection, message.key, message.hops);
  return lane_plan_.of(group)[select(everyone_[everyone_of_group_[group]], group, 0, draw)];
}

}  // namespace weir
