// What systems do: take mail over, work on it, and deliver it, return it or send it on.

#include "models/delivery/world.h"

namespace weir {
namespace {

using system::Act;

/// An index as rules and records write it: kNone where a message has none.
std::uint32_t wide(std::uint16_t index) {
  return index == Message::kNone16 ? Mail::kNone : std::uint32_t{index};
}

}  // namespace

/// REQUIRES: the message is on no lane.
void World::take_over(Id<Message> id, std::uint32_t system) {
  Message& message = messages_[id];
  message.system = static_cast<std::uint16_t>(system);
  message.enter(MessageState::in_system);
  happened(Happening::taken_over, message);
  serve(id);
}

/// The message waits for one of its system's servers, or is decided on at once.
void World::serve(Id<Message> id) {
  Message& message = messages_[id];
  const system::SystemParams& params = config_.systems[message.system].params;
  ++message.hops;
  if (params.service_time == Duration::zero()) {
    stages_[message.system].pass();
    decide(id);
  } else if (stages_[message.system].take(id, now())) {
    begin_service(id);
  }
}

void World::begin_service(Id<Message> id) {
  const Message& message = messages_[id];
  const system::SystemParams& params = config_.systems[message.system].params;
  Duration service = params.service_time;
  if (params.service_times == system::ServiceTimes::exponential) {
    Draw draw = chance_.draw(purpose::service, message.key, message.hops);
    service = chance_.exponential(draw, service);
  }
  kernel_.in(service, ServiceEnds{id});
}

void World::on(ServiceEnds event) {
  Id<Message> next;
  if (stages_[messages_[event.message].system].hand_on(now(), next)) begin_service(next);
  decide(event.message);
}

void World::on(PartArrives event) { serve(event.message); }

void World::decide(Id<Message> id) {
  const Message& message = messages_[id];
  happened(Happening::decided, message);
  const SystemConfig& system = config_.systems[message.system];
  if (message.hops > system.params.hop_limit) {
    carry_out(id, {.act = Act::fail,
                   .reply = Reply::routing_loop,
                   .organisation = wide(message.organisation)});
    return;
  }
  const std::uint32_t unknown = unknown_of(message);
  Mail mail = mail_of(message);
  if (mail.site != Mail::kNone)
    if (const auto standing = config_.sites[mail.site].standing(answerable_address(message), now()))
      mail.reputation = standing->reputation;
  Draw draw = chance_.draw(purpose::decision, message.key, message.hops);
  carry_out(id, system.transport->decide(mail, destination_of(message), unknown, draw));
}

void World::carry_out(Id<Message> id, const system::Decision& decision) {
  for (std::uint32_t i = 0; i < decision.extra_notices; ++i)
    finish_recipients(new_notice(), 1, Outcome::delivered, Reply::accepted);
  if (decision.copy_to != Mail::kNone) send_copy(messages_[id], decision.copy_to);
  switch (decision.act) {
    case Act::deliver:
      deliver(id, decision);
      break;
    case Act::junk:
      dispose(id, decision, TransportEvent::junked, Outcome::junked);
      break;
    case Act::quarantine:
      dispose(id, decision, TransportEvent::quarantined, Outcome::quarantined);
      break;
    case Act::erase:
      dispose(id, decision, TransportEvent::deleted, Outcome::deleted);
      break;
    case Act::redirect:
      dispose(id, decision, TransportEvent::redirected, Outcome::redirected);
      break;
    case Act::send:
      send_on(id, decision);
      break;
    case Act::pass_on:
      tell_trace(messages_[id], TransportEvent::passed_on, decision);
      messages_[id].organisation = static_cast<std::uint16_t>(decision.next_organisation);
      serve(id);
      break;
    case Act::divide:
      divide(id, decision);
      break;
    case Act::fail:
      tell_trace(messages_[id], TransportEvent::failed, decision);
      give_back(id, decision.reply);
      break;
  }
}

/// A copy that the system sends itself, to where a filter redirects (S4-33). A notice of its own,
/// so that a copy is never redirected again.
void World::send_copy(const Message& of, std::uint32_t destination) {
  Message copy = new_notice();
  copy.size = of.size;
  copy.destination = static_cast<std::uint16_t>(destination);
  copy.organisation = of.organisation;
  take_over(messages_.create(copy), of.system);
}

/// The message ends otherwise than in a mailbox; nobody is told unless the decision says so.
void World::dispose(Id<Message> id, const system::Decision& decision, TransportEvent event,
                    Outcome outcome) {
  const Message& message = messages_[id];
  tell_trace(message, event, decision);
  finish_recipients(message, message.recipients, outcome, decision.reply);
  judge(message, message.recipients, decision.spam ? message.recipients : 0, 0);
  remove(id);
}

void World::deliver(Id<Message> id, const system::Decision& decision) {
  const Message& message = messages_[id];
  tell_trace(message, TransportEvent::delivered, decision);
  happened(Happening::delivery, message);
  const std::uint32_t delivered = message.recipients - decision.unknown;
  finish_recipients(message, delivered, Outcome::delivered, Reply::accepted);
  judge(message, delivered, 0, decision.unknown);
  const Message about = message;
  remove(id);
  if (decision.unknown > 0) return_unknown(about, decision.unknown);
}

void World::send_on(Id<Message> id, const system::Decision& decision) {
  Message& message = messages_[id];
  tell_trace(message, TransportEvent::sent, decision);
  message.filtered = false;
  queue(id, choose_lane(message, decision.pool, decision.hop));
}

/// One message becomes several: a part for each domain, or for each domain of a group's members.
/// One that has been divided so often that its parts could not be told apart is returned.
void World::divide(Id<Message> id, const system::Decision& decision) {
  const Message whole = messages_[id];
  const std::uint64_t first_part = whole.serial() / kPart * decision.shares.size();
  if (first_part + decision.shares.size() > kNamedParts) {
    carry_out(
        id,
        {.act = Act::fail, .reply = Reply::recipient_limit, .organisation = decision.organisation});
    return;
  }
  tell_trace(whole, TransportEvent::expanded, decision);
  std::uint64_t members = 0;
  for (const system::Share& share : decision.shares) members += share.recipients;
  SourceTotals& totals = totals_[whole.source()];
  totals.expanded +=
      members - whole.recipients;  // of fewer members than recipients: wraps, rightly
  remove(id);
  std::uint64_t part = 0;
  for (const system::Share& share : decision.shares) {
    Message copy = whole;
    copy.state = MessageState::finished;
    copy.key = message_key(whole.source(), whole.serial() % kPart + (first_part + ++part) * kPart);
    copy.destination = static_cast<std::uint16_t>(share.destination);
    copy.recipients = static_cast<std::uint16_t>(share.recipients);
    copy.filtered = decision.filtered;
    const Id<Message> made = messages_.create(copy);
    messages_[made].enter(MessageState::in_system);
    if (decision.takes == Duration::zero()) {
      serve(made);
    } else {
      kernel_.in(decision.takes, PartArrives{made});
    }
  }
}

void World::tell_trace(const Message& message, TransportEvent event,
                       const system::Decision& decision) {
  recorder_.transported(
      {.now = now(),
       .system = message.system,
       .organisation = decision.organisation,
       .source = message.source(),
       .serial = message.serial(),
       .recipients = message.recipients,
       .event = event,
       .reply = decision.reply,
       .pool = event == TransportEvent::sent ? decision.pool : TransportRecord::kNone,
       .bypassed = decision.bypassed,
       .misplaced = decision.misplaced,
       .filters = decision.filters});
}

/// The view of a message that a system decides on.
Mail World::mail_of(const Message& message) const {
  Mail mail{.now = now(),
            .key = message.key,
            .source = message.source(),
            .recipients = message.recipients,
            .size = message.size,
            .notice = is_notice(message),
            .filtered = message.filtered};
  if (message.lane != Message::kNoLane) mail.address = lanes_[message.lane].address;
  if (message.from_lane != Message::kNoLane)
    mail.address_before = lanes_[message.from_lane].address;
  if (message.lane != Message::kNoLane) mail.site = message.site;
  mail.organisation = wide(message.organisation);
  mail.group = destination_of(message).group;
  if (!destination_of(message).domains.empty())
    mail.recipient_domain = destination_of(message).domains.front();
  if (mail.notice) return mail;
  const SourceConfig& source = config_.sources[message.source()];
  mail.sender_domain = source.from;
  Draw draw =
      chance_.draw(purpose::content, message_key(message.source(), message.serial() % kPart));
  mail.content = filter::draw_content(source.content, draw);
  return mail;
}

const system::Destination& World::destination_of(const Message& message) const {
  static const system::Destination kAnywhere;
  return message.destination == Message::kNone16 ? kAnywhere
                                                 : config_.destinations[message.destination];
}

}  // namespace weir
