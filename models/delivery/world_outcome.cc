// What a reply means: delivered, deferred, bounced or expired; notices, complaints, back-off.

#include "models/delivery/world.h"

namespace weir {
namespace {

AttemptRecord record_of(const Message& m, SimTime now, SimTime next) {
  return {m.started,    now,    m.source, m.serial, m.lane, m.attempts,
          m.recipients, m.size, m.reply,  next,     m.site};
}

}  // namespace

void World::record_attempt(const Message& message, SimTime next) {
  recorder_.attempted(record_of(message, now(), next));
}

/// How many of `among` recipients something applies to, each with chance `share`.
std::uint32_t World::count_of(Purpose purpose, const Message& message, Probability share,
                              std::uint32_t among) const {
  if (share.value <= 0.0) return 0;
  Draw draw = chance_.draw(purpose, message_key(message.source, message.serial));
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < among; ++i) count += draw.happens(share) ? 1U : 0U;
  return count;
}

/// The site takes the message; beyond it there is a system, or there is nothing.
void World::accept(Id<Message> id) {
  Message& message = messages_[id];
  record_attempt(message, kNever);
  const std::uint32_t accepted = message.recipients - message.unknown;
  for (const auto& [source, position] : pacers_of_lane_[message.lane])
    if (source == message.source)
      config_.sources[source].pacers[position].delivered(now(), accepted);
  const std::uint32_t system = config_.sites[message.site].system();
  if (system == Site::kNoSystem) {
    end_way(id);
    return;
  }
  if (message.unknown > 0) return_unknown(message);
  message.recipients = static_cast<std::uint16_t>(accepted);
  message.unknown = 0;
  message.known |= message.checked;
  --lanes_[message.lane].messages;
  message.organisation = message.next_organisation;
  take_over(id, system);
}

/// What a site without a system does with mail: its users have it, or it is in their junk folders.
void World::end_way(Id<Message> id) {
  const Message message = messages_[id];
  happened(Happening::delivery, message);
  const std::uint32_t accepted = message.recipients - message.unknown;
  std::uint32_t spam = 0;
  if (message.system != Message::kNone16) {
    // A system sorts mail by its content: what follows must judge it by the same content.
    spam = mail_of(message).content.spam ? accepted : 0;
  } else if (message.source < config_.sources.size()) {
    spam = count_of(purpose::spam, message, config_.sources[message.source].content.spam, accepted);
  }
  finish_recipients(message, spam, Outcome::junked);
  finish_recipients(message, accepted - spam, Outcome::delivered);
  judge(message, accepted, spam);
  remove(id);
  if (message.unknown > 0) return_unknown(message);
}

/// Recipients that do not exist are returned to the sender, by whoever has the message.
void World::return_unknown(Message message) {
  message.reply = Reply::unknown_recipient;
  finish_recipients(message, message.unknown, Outcome::bounced);
  notify_sender(message);
}

/// The address that is held to account for the message: that which brought it, or, where the
/// receiving system looks behind its own filter, the one before (facts 2.3).
std::uint32_t World::answerable_address(const Message& message) const {
  const bool looks_behind = message.looks_behind && message.from_lane != Message::kNoLane;
  return lanes_[looks_behind ? message.from_lane : message.lane].address;
}

/// Tells the site what its users and traps say of the accepted recipients; complaints come later.
void World::judge(const Message& message, std::uint32_t recipients, std::uint32_t spam) {
  if (message.source >= config_.sources.size() || message.lane == Message::kNoLane) return;
  const std::uint32_t address = answerable_address(message);
  const SourceParams& params = config_.sources[message.source].params;
  const std::uint32_t traps = count_of(purpose::trap, message, params.traps, recipients);
  config_.sites[message.site].judged(now(), address,
                                     {.recipients = recipients + message.unknown,
                                      .unknown = message.unknown,
                                      .spam = spam,
                                      .traps = traps});
  wake_site_in_time(message.site);

  const std::uint32_t complaints =
      count_of(purpose::complaint, message, params.complaints, recipients - spam);
  for (std::uint32_t i = 0; i < complaints; ++i) {
    Draw draw =
        chance_.draw(purpose::complaint, message_key(message.source, message.serial), 1 + i);
    kernel_.in(chance_.exponential(draw, params.complaint_delay),
               ComplaintDue{static_cast<std::uint32_t>(message.serial),
                            static_cast<std::uint16_t>(message.serial >> 32), message.source,
                            parties_.number_of({address, message.site})});
  }
}

void World::on(ComplaintDue event) {
  const std::uint64_t serial =
      static_cast<std::uint64_t>(event.serial_high) << 32 | event.serial_low;
  happened(Happening::complaint, message_key(event.source, serial));
  const Party& party = parties_[event.party];
  config_.sites[party.site].judged(now(), party.address, {.complaints = 1});
  wake_site_in_time(party.site);
}

void World::defer(Id<Message> id) {
  const Message& message = messages_[id];
  const SimTime due = retry_time(message);
  record_attempt(message, std::max(due, now()));
  if (info(message.reply).concerns == Concerns::address) back_off(lanes_[message.lane]);
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
  Draw draw =
      chance_.draw(purpose::retry, message_key(message.source, message.serial), message.attempts);
  const SimTime next = lane.schedule->next_attempt(
      {.now = now(), .queued = message.queued, .attempts = message.attempts}, draw);
  // A schedule that gives up answers "never": the message expires at once, not at some lifetime.
  return next == kNever ? now() : std::min(next, message.queued + lane.schedule->lifetime());
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
void World::back_off(const Lane& lane) {
  const auto index = static_cast<std::size_t>(&lane - lanes_.data());
  for (const auto& [source, position] : pacers_of_lane_[index])
    config_.sources[source].pacers[position].throttled(now());
}

void World::bounce(Id<Message> id) {
  const Message message = messages_[id];
  record_attempt(message, kNever);
  happened(Happening::bounce, message);
  if (info(message.reply).concerns == Concerns::address)
    for (const auto& [source, position] : pacers_of_lane_[message.lane])
      config_.sources[source].pacers[position].throttled(now());
  if (message.reply == Reply::unknown_recipient) judge(message, 0, 0);
  // A client that submits learns of a refusal by itself, unless a relay has taken the message over.
  const bool at_submission = message.system == Message::kNone16 &&
                             config_.sites[message.site].params().front == FrontDoor::submission;
  finish_recipients(message, message.recipients,
                    at_submission ? Outcome::refused : Outcome::bounced);
  remove(id);
  if (!at_submission) notify_sender(message);
}

/// Returns a message that waits, by the sender's own decision: nobody refused it.
void World::give_back(Id<Message> id) {
  const Message message = messages_[id];
  happened(Happening::bounce, message);
  finish_recipients(message, message.recipients, Outcome::bounced);
  remove(id);
  notify_sender(message);
}

void World::expire(Id<Message> id) {
  messages_[id].reply = Reply::expired;
  const Message message = messages_[id];
  happened(Happening::expiry, message);
  finish_recipients(message, message.recipients, Outcome::expired);
  remove(id);
  notify_sender(message);
}

void World::finish_recipients(const Message& message, std::uint32_t recipients, Outcome outcome) {
  if (recipients == 0) return;
  totals_[message.source].finished[static_cast<std::size_t>(outcome)] += recipients;
  recorder_.finished({now(), message.source, message.serial, message.lane, recipients, outcome,
                      message.reply, now() - message.released});
}

/// REQUIRES: no event names the message any more.
void World::remove(Id<Message> id) {
  Message& message = messages_[id];
  if (message.state != MessageState::in_system) --lanes_[message.lane].messages;
  message.enter(MessageState::finished);
  messages_.remove(id);
}

/// A bounce message, from the null sender <>: a message of its own, and never about another one.
void World::notify_sender(const Message& about) {
  if (about.source == notices()) return;
  Message notice = new_notice();
  const std::uint32_t reply_to = config_.sources[about.source].reply_to;
  if (about.system != Message::kNone16 && reply_to != Message::kNone16) {
    notice.destination = static_cast<std::uint16_t>(reply_to);
    notice.organisation = about.organisation;
    take_over(create(notice), about.system);
    return;
  }
  if (!config_.notices.route) {
    finish_recipients(notice, 1, Outcome::delivered);
    return;
  }
  const NoticeConfig::Route& route = *config_.notices.route;
  queue(create(notice), choose_lane(notice, route.pool, route.hop));
}

Message World::new_notice() {
  Message notice;
  notice.source = static_cast<std::uint16_t>(notices());
  notice.serial = totals_[notices()].messages++;
  notice.size = static_cast<std::uint32_t>(config_.notices.size.count);
  notice.released = now();
  ++totals_[notices()].submitted;
  happened(Happening::notice, notice);
  recorder_.arrived(now(), notices(), 1);
  return notice;
}

/// The lane of a pool's address to a hop, for mail that no plan holds.
std::uint32_t World::choose_lane(const Message& message, std::uint32_t pool, std::uint32_t hop) {
  const std::vector<std::uint32_t>& lanes = lane_plan_.of(pool, hop);
  candidates_.clear();
  for (const std::uint32_t lane : lanes)
    candidates_.push_back({lanes_[lane].address, lanes_[lane].released});
  Draw draw =
      chance_.draw(purpose::selection, message_key(message.source, message.serial), message.hops);
  return lanes[config_.pools[pool].selection->choose(candidates_, 0, draw)];
}

}  // namespace weir
