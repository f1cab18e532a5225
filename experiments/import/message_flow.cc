#include "experiments/import/message_flow.h"

#include <algorithm>
#include <string>

namespace weir::experiments {
namespace {

constexpr std::string_view kBeforeLog = "message began before the log";

bool is_notice(const LoggedMessage& message) {
  return message.origin == Origin::inside && !message.probe &&
         (message.announced || message.null_sender);
}

}  // namespace

MessageFlow::Session& MessageFlow::session_of(const PostfixLine& line) {
  const auto process = stable_hash(line.pid, line.writer);
  auto& session = sessions_[process % sessions_.size()];
  if (session.process != process) session = {.process = process, .key = 0};
  return session;
}

void MessageFlow::set_time(LogTime now, bool held) {
  const bool moved = now != now_;
  now_ = now;
  held_ = held;
  if (moved) drop_abandoned();
}

/// Only the front matters: what is abandoned further back holds nothing up.
void MessageFlow::drop_abandoned() {
  while (!arrivals_.empty() && now_ - arrivals_.oldest().at > kPatience) {
    auto* message = table_.find(arrivals_.oldest().key);
    if (message == nullptr || message->taken()) return;
    leave(*message, End::evicted);
    arrivals_.drain(start_);
  }
}

LoggedMessage& MessageFlow::enter(std::uint64_t key, Origin origin) {
  if (auto* same = table_.find(key)) leave(*same, End::reused);
  if (table_.size() >= options_.in_flight) leave(table_.oldest(), End::evicted);
  auto& message = table_.add(key);
  message.origin = origin;
  const bool replayed = options_.notices == Notices::replay && origin == Origin::inside;
  if (origin != Origin::sender && !replayed) return message;
  if (held_) ++summary_.held_arrivals;
  message.arrival = arrivals_.add(now_, key, replayed ? TraceKind::notice : TraceKind::message);
  return message;
}

void MessageFlow::settle_arrival(const LoggedMessage& message) {
  if (message.arrival == 0) return;
  const bool wanted = message.origin == Origin::sender ? message.taken() : is_notice(message);
  if (wanted)
    arrivals_.confirm(message.arrival);
  else
    arrivals_.drop(message.arrival);
  arrivals_.close(message.arrival);
}

void MessageFlow::add_outcomes(const LoggedMessage& message, End end, Outcomes& outcomes) {
  const auto recipients = std::max({message.recipients, message.ended(), 1U});
  ++outcomes.messages;
  outcomes.recipients += recipients;
  outcomes.delivered += message.sent;
  outcomes.bounced += message.bounced;
  outcomes.expired += message.expired;
  outcomes.deferred_attempts += message.deferred;
  (end == End::log_ended ? outcomes.unfinished : outcomes.lost) += recipients - message.ended();
}

/// `message` stands in the table and is gone afterwards.
void MessageFlow::leave(const LoggedMessage& message, End end) {
  settle_arrival(message);
  const bool taken = message.taken();
  if (end == End::reused && taken) ++summary_.ids_reused;
  if (end == End::evicted && taken) ++summary_.evicted;
  if (message.origin == Origin::sender && !taken)
    ++summary_.never_queued;
  else if (message.origin == Origin::sender)
    add_outcomes(message, end, summary_.senders);
  else if (message.origin == Origin::reinjected)
    ++summary_.reinjected;
  else if (message.probe)
    ++summary_.probes;
  else if (is_notice(message))
    add_outcomes(message, end, summary_.notices);
  else
    ++summary_.unknown_origin;
  table_.erase(message.key);
}

/// What becomes of the message that an smtpd process had in hand when its session moves on.
///
/// cleanup writes the header's line before smtpd answers, so without one nothing was taken. A
/// client that vanishes within DATA leaves the header's line behind, and no message either.
void MessageFlow::leave_untaken(const Session& session, Broken broken) {
  auto* message = table_.find(session.key);
  if (message == nullptr || message->origin != Origin::sender || message->queued) return;
  if (message->header_seen && broken == Broken::no) return;
  message->header_seen = false;
  leave(*message, End::removed);
  arrivals_.drain(start_);
}

void MessageFlow::note_session(const PostfixLine& line) {
  if (line.text.starts_with("NOQUEUE: ")) ++summary_.refused_at_entry;
  if (line.service != "smtpd") return;
  const bool broken = line.text.starts_with("lost connection after DATA") ||
                      line.text.starts_with("timeout after DATA");
  if (broken) leave_untaken(session_of(line), Broken::yes);
  if (line.text.starts_with("disconnect from")) leave_untaken(session_of(line), Broken::no);
}

void MessageFlow::note_client(const PostfixLine& line, std::uint64_t key, Saying saying) {
  auto& session = session_of(line);
  if (session.key != key) leave_untaken(session, Broken::no);
  const auto original = saying == Saying::client ? original_id(line.text) : std::string_view{};
  const bool again = !original.empty() && table_.find(key_of(line, original)) != nullptr;
  enter(key, again ? Origin::reinjected : Origin::sender);
  session.key = key;
}

/// cleanup is the first to write about a message that Postfix makes itself.
void MessageFlow::note_header(std::uint64_t key) {
  auto* message = table_.find(key);
  const bool over = message != nullptr && message->queued &&
                    message->ended() >= std::max(message->recipients, 1U);
  if (message == nullptr || over) message = &enter(key, Origin::inside);
  message->header_seen = true;
}

void MessageFlow::note_refused(LoggedMessage& message) {
  if (message.queued || message.origin != Origin::sender) return;
  message.header_seen = false;
  leave(message, End::removed);
}

void MessageFlow::note_expired(LoggedMessage& message) {
  message.queued = true;
  const auto recipients = std::max(message.recipients, 1U);
  if (recipients > message.ended()) message.expired += recipients - message.ended();
}

void MessageFlow::note_notice(const PostfixLine& line) {
  auto* notice = table_.find(key_of(line, announced_id(line.text)));
  if (notice != nullptr) notice->announced = true;
}

std::string_view MessageFlow::note_queued(LoggedMessage& message, std::string_view text) {
  const auto queued = parse_queued(text);
  if (!queued) return "cut";
  message.queued = true;
  message.null_sender = queued->sender.empty();
  message.recipients = queued->recipients;
  if (message.arrival == 0) return {};
  if (message.origin == Origin::inside && !is_notice(message)) {
    arrivals_.drop(message.arrival);
    return {};
  }
  arrivals_.describe(message.arrival, queued->sender, Bytes{queued->size}, queued->recipients);
  return {};
}

std::string_view MessageFlow::note_delivery(LoggedMessage& message, std::string_view text) {
  const auto delivery = parse_delivery(text);
  if (!delivery) return "cut";
  if (delivery->status == Status::unknown) return "unknown status";
  message.queued = true;
  arrivals_.saw_recipient(message.arrival, delivery->recipient);
  message.sent += delivery->status == Status::sent ? 1U : 0U;
  message.bounced += delivery->status == Status::bounced ? 1U : 0U;
  message.expired += delivery->status == Status::expired ? 1U : 0U;
  message.deferred += delivery->status == Status::deferred ? 1U : 0U;
  message.probe = message.probe || delivery->status == Status::probe;
  count_attempt(*delivery, message);
  return {};
}

/// "550-5.1.1", the first line of several, is the same reply as "550 5.1.1".
void MessageFlow::count_reply(std::string_view comment) {
  const auto reply = find_reply(comment);
  if (reply.empty()) return;
  if (!reply.substr(3).starts_with('-')) {
    ++summary_.replies[reply];
    return;
  }
  std::string name{reply};
  name[3] = ' ';
  ++summary_.replies[name];
}

void MessageFlow::count_attempt(const DeliveryLine& delivery, const LoggedMessage& message) {
  count_reply(delivery.comment);
  auto& relay = summary_.relays[delivery.relay];
  relay.sent += delivery.status == Status::sent ? 1U : 0U;
  relay.deferred += delivery.status == Status::deferred ? 1U : 0U;
  relay.bounced += delivery.status == Status::bounced ? 1U : 0U;
  const bool timed = delivery.status == Status::sent && message.origin == Origin::sender;
  if (timed && delivery.delay_s) delays_.add(*delivery.delay_s);
}

/// Whether this very line was logged before. Postfix never says the same twice within the life of a
/// message, but for remarks and refusals of hosts, which name no recipient.
bool MessageFlow::is_copy(std::string_view whole, std::uint64_t key, Saying saying) {
  if (saying == Saying::host_said || saying == Saying::remark) return false;
  const auto* message = table_.find(key);
  if (message != nullptr) return recent_.holds(stable_hash(whole, message->life));
  const bool begins =
      saying == Saying::client || saying == Saying::pickup || saying == Saying::message_id;
  return !begins && recent_.holds(stable_hash(whole));
}

void MessageFlow::remember(std::string_view whole, std::uint64_t key) {
  const auto* message = table_.find(key);
  recent_.remember(stable_hash(whole, message == nullptr ? 0 : message->life));
}

std::string_view MessageFlow::take_note(const PostfixLine& line, std::uint64_t key, Saying saying) {
  if (saying == Saying::client || saying == Saying::pickup) {
    note_client(line, key, saying);
    return {};
  }
  if (saying == Saying::message_id) note_header(key);
  if (saying == Saying::notice) note_notice(line);
  if (saying == Saying::message_id || saying == Saying::notice || saying == Saying::remark)
    return {};
  auto* message = table_.find(key);
  if (message == nullptr) return kBeforeLog;
  if (saying == Saying::queued) return note_queued(*message, line.text);
  if (saying == Saying::delivery) return note_delivery(*message, line.text);
  if (saying == Saying::refused) note_refused(*message);
  if (saying == Saying::expired) note_expired(*message);
  if (saying == Saying::removed) leave(*message, End::removed);
  if (saying == Saying::host_said) {
    ++summary_.host_refusals;
    count_reply(line.text);
  }
  return {};
}

std::string_view MessageFlow::note_message(std::string_view whole, const PostfixLine& line,
                                           Saying saying) {
  const auto key = key_of(line, line.queue_id);
  if (is_copy(whole, key, saying)) return "logged twice";
  const auto reason = take_note(line, key, saying);
  remember(whole, key);
  arrivals_.drain(start_);
  return reason;
}

void MessageFlow::finish() {
  while (table_.size() != 0) leave(table_.oldest(), End::log_ended);
  arrivals_.drain(start_);
  const auto& written = arrivals_.counts();
  summary_.trace_rows = written.rows;
  summary_.trace_recipients = written.recipients;
  summary_.domain_unknown = written.domain_unknown;
  summary_.size_unknown = written.size_unknown;
  summary_.peak_waiting = written.peak;
  summary_.peak_in_flight = table_.peak();
  summary_.delay_s = {.p50 = delays_.quantile(0.5),
                      .p90 = delays_.quantile(0.9),
                      .p99 = delays_.quantile(0.99),
                      .max = delays_.max()};
}

}  // namespace weir::experiments
