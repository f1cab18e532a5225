// What a reply means: delivered, deferred, bounced or expired; notices, complaints, back-off.

#include "models/delivery/world.h"

namespace weir {
namespace {

constexpr std::uint32_t kNoLane = 0xffff'ffff;

AttemptRecord record_of(const Message& m, SimTime now, SimTime next) {
  return {m.started,  now,          m.source, m.serial, m.lane,
          m.attempts, m.recipients, m.size,   m.reply,  next};
}

}  // namespace

/// How many of `among` recipients something applies to, each with chance `share`.
std::uint32_t World::count_of(Purpose purpose, const Message& message, Probability share,
                              std::uint32_t among) const {
  if (share.value <= 0.0) return 0;
  Draw draw = chance_.draw(purpose, message_key(message.source, message.serial));
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < among; ++i) count += draw.happens(share) ? 1U : 0U;
  return count;
}

void World::accept(Id<Message> id) {
  Message& message = messages_[id];
  Lane& lane = lanes_[message.lane];
  lane.probing = false;
  recorder_.attempted(record_of(message, now(), kNever));
  happened(Happening::delivery, message);

  const std::uint32_t accepted = message.recipients - message.unknown;
  std::uint32_t spam = 0;
  if (message.source < config_.sources.size())
    spam = count_of(purpose::spam, message, config_.sources[message.source].params.spam, accepted);
  finish_recipients(message, spam, Outcome::junked);
  finish_recipients(message, accepted - spam, Outcome::delivered);
  for (const auto& [source, position] : pacers_of_lane_[message.lane])
    if (source == message.source)
      config_.sources[source].pacers[position].delivered(now(), accepted);
  judge(message, accepted, spam);
  if (message.unknown > 0) {
    message.reply = Reply::unknown_recipient;
    finish_recipients(message, message.unknown, Outcome::bounced);
    const Message about = message;
    remove(id);
    notify_sender(about);
    return;
  }
  remove(id);
}

/// Tells the site what its users and traps say of the accepted recipients; complaints come later.
void World::judge(const Message& message, std::uint32_t recipients, std::uint32_t spam) {
  if (message.source >= config_.sources.size()) return;
  const Lane& lane = lanes_[message.lane];
  const SourceParams& params = config_.sources[message.source].params;
  const std::uint32_t traps = count_of(purpose::trap, message, params.traps, recipients);
  config_.sites[lane.site].judged(now(), lane.address,
                                  {.recipients = recipients + message.unknown,
                                   .unknown = message.unknown,
                                   .spam = spam,
                                   .traps = traps});
  wake_site_in_time(lane.site);

  const std::uint32_t complaints =
      count_of(purpose::complaint, message, params.complaints, recipients - spam);
  for (std::uint32_t i = 0; i < complaints; ++i) {
    Draw draw =
        chance_.draw(purpose::complaint, message_key(message.source, message.serial), 1 + i);
    kernel_.in(chance_.exponential(draw, params.complaint_delay),
               ComplaintDue{static_cast<std::uint32_t>(message.serial),
                            static_cast<std::uint16_t>(message.serial >> 32), message.source,
                            message.lane});
  }
}

void World::on(ComplaintDue event) {
  const std::uint64_t serial =
      static_cast<std::uint64_t>(event.serial_high) << 32 | event.serial_low;
  happened(Happening::complaint, message_key(event.source, serial));
  const Lane& lane = lanes_[event.lane];
  config_.sites[lane.site].judged(now(), lane.address, {.complaints = 1});
  wake_site_in_time(lane.site);
}

void World::defer(Id<Message> id) {
  Message& message = messages_[id];
  Lane& lane = lanes_[message.lane];
  Draw draw =
      chance_.draw(purpose::retry, message_key(message.source, message.serial), message.attempts);
  const SimTime next = lane.schedule->next_attempt(
      {.now = now(), .queued = message.released, .attempts = message.attempts}, draw);
  // A schedule that gives up answers "never": the message expires at once, not at some lifetime.
  const SimTime due =
      next == kNever ? now() : std::min(next, message.released + lane.schedule->lifetime());
  recorder_.attempted(record_of(message, now(), std::max(due, now())));
  if (info(message.reply).concerns == Concerns::address) back_off(lane);
  message.enter(MessageState::waiting);
  if (due <= now()) {
    expire(id);
  } else {
    kernel_.at(due, RetryDue{id});
  }
}

/// S4-66 for the plans of the lane, and a pause for the lane itself.
void World::back_off(Lane& lane) {
  const auto index = static_cast<std::size_t>(&lane - lanes_.data());
  for (const auto& [source, position] : pacers_of_lane_[index])
    config_.sources[source].pacers[position].throttled(now());
  if (lane.params.pause == Duration::zero()) return;
  lane.paused_until = now() + lane.params.pause;
  lane.probing = true;
}

void World::bounce(Id<Message> id) {
  const Message message = messages_[id];
  recorder_.attempted(record_of(message, now(), kNever));
  happened(Happening::bounce, message);
  if (info(message.reply).concerns == Concerns::address)
    for (const auto& [source, position] : pacers_of_lane_[message.lane])
      config_.sources[source].pacers[position].throttled(now());
  if (message.reply == Reply::unknown_recipient) judge(message, 0, 0);
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
  --lanes_[messages_[id].lane].messages;
  messages_[id].enter(MessageState::finished);
  messages_.remove(id);
}

/// A bounce message, from the null sender <>: a message of its own, and never about another one.
void World::notify_sender(const Message& about) {
  if (about.source == notices()) return;
  Message notice;
  notice.source = static_cast<std::uint16_t>(notices());
  notice.serial = totals_[notices()].messages++;
  notice.size = static_cast<std::uint32_t>(config_.notices.size.count);
  notice.released = now();
  ++totals_[notices()].submitted;
  happened(Happening::notice, notice);
  recorder_.arrived(now(), notices(), 1);
  if (notice_lanes_.empty()) {
    notice.lane = kNoLane;
    finish_recipients(notice, 1, Outcome::delivered);
    return;
  }
  candidates_.clear();
  for (const std::uint32_t lane : notice_lanes_)
    candidates_.push_back({lanes_[lane].address, lanes_[lane].released});
  Draw draw = chance_.draw(purpose::selection, message_key(notices(), notice.serial));
  const PoolConfig& pool = config_.pools[config_.notices.route->pool];
  notice.lane = notice_lanes_[pool.selection->choose(candidates_, 0, draw)];
  submit(notice);
}

}  // namespace weir
