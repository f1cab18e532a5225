#pragma once
/// The grammar of Postfix's log lines: who speaks, about which message, and what is said.
///
/// Source of the formats: Postfix's log_adhoc.c (delivery lines) and qmgr (from= lines), as listed
/// in the domain facts, section 4.2. Everything is a view into the line; nothing is allocated.

#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::experiments {

/// Who wrote a line, and about what.
struct PostfixLine {
  std::uint64_t writer = 0;   ///< Hash of host and Postfix instance: queue ids are unique in it.
  std::string_view service;   ///< "smtpd", "qmgr", ...
  std::string_view pid;       ///< May be empty.
  std::string_view queue_id;  ///< Empty when the line is about no message.
  std::string_view text;      ///< Behind the queue id.
};

/// What a line is before its text is looked at.
enum class LineKind : std::uint8_t {
  postfix,          ///< A line of a Postfix service we know.
  unknown_service,  ///< Of Postfix, but of a service we do not know.
  other_program,    ///< Of another program.
  no_program,       ///< Not a syslog line.
  cut,              ///< It ends within the parts that every line has.
};

/// Splits what stands behind the time stamp.
LineKind split_postfix_line(std::string_view rest, PostfixLine& out);

/// What a line about a message says.
enum class Saying : std::uint8_t {
  client,      ///< smtpd or qmqpd took a message from a client.
  pickup,      ///< pickup took a message from a local user.
  message_id,  ///< cleanup saw the message's header.
  refused,     ///< The message was refused or discarded before it was queued.
  queued,      ///< qmgr made it active: sender, size, number of recipients.
  expired,     ///< qmgr gave up what is left.
  delivery,    ///< One recipient, one attempt.
  host_said,   ///< A host refused; another may be tried within the same attempt.
  notice,      ///< bounce announces the queue id of a notice about this message.
  removed,     ///< The message has left the queue.
  remark,      ///< Known, and nothing that we count.
  cut,         ///< Begins like one of these and ends too early.
  unknown,
};
Saying classify(std::string_view service, std::string_view text);

/// `from=<...>, size=N, nrcpt=N (queue active)`.
struct QueuedLine {
  std::string_view sender;
  std::int64_t size = 0;
  std::uint32_t recipients = 0;
};
std::optional<QueuedLine> parse_queued(std::string_view text);

enum class Status : std::uint8_t { sent, deferred, bounced, expired, probe, unknown };

/// `to=<...>, orig_to=<...>, relay=..., ..., delay=..., dsn=..., status=... (text)`.
struct DeliveryLine {
  std::string_view recipient;
  std::string_view relay;
  std::optional<double> delay_s;
  Status status = Status::unknown;
  std::string_view comment;  ///< Behind the status.
};
std::optional<DeliveryLine> parse_delivery(std::string_view text);

/// The remote host's reply in a comment, as code and enhanced code ("451 4.7.500"); empty when no
/// host replied.
std::string_view find_reply(std::string_view comment);

/// The queue id that a notice line announces.
std::string_view announced_id(std::string_view text);

/// The queue id of the message that a content filter handed back as this one, or empty.
std::string_view original_id(std::string_view text);

/// What follows the last '@', or nothing that could be a domain.
std::string_view domain_of(std::string_view recipient);

/// Whether `word` has the form of a queue id, short (hexadecimal) or long (base 52).
bool is_queue_id(std::string_view word);

/// A hash of text that is the same in every run and on every little-endian machine.
std::uint64_t stable_hash(std::string_view text, std::uint64_t seed = 0);

}  // namespace weir::experiments
