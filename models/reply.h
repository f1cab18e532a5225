#pragma once
/// What a receiving site may answer: the SMTP replies that are modelled, each with its cause.
///
/// The table in reply.cc is the only place that knows a reply's code, text and source.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace weir {

/// The order of the table in reply.cc; also the index of counters.
enum class Reply : std::uint8_t {
  accepted,
  throttled_busy,
  throttled_denied,
  consumer_reputation,
  forest_connections,
  rate_limited,
  concurrency_limited,
  greylisted,
  no_resources,
  connection_refused,
  banned_address,
  spamhaus,
  unknown_recipient,
  expired,
  tenant_block_list,
  rule_rejected,
  erased,
  consumer_network,
  consumer_rate,
  consumer_connection_rate,
  consumer_connections,
  consumer_banned,
  gmail_rate,
  yahoo_volume,
  connection_rate_limited,
  session_limit,
  sender_reputation,
  no_reverse,
  no_reverse_deferred,
  too_many_recipients,
  receive_limit,
  sender_receive_limit,
  enforcement_throttled,
  enforcement_blocked,
  not_authenticated,
  authentication_failed,
  send_as_denied,
  submission_connections,
  submission_rate,
  submission_quota,
  recipient_limit,
  restricted_user,
  tenant_external_limit,
  tenant_trial_limit,
  default_domain_limit,
  no_answer,
  tls_required,
  routing_loop,
  no_route,
  relay_denied,
  partner_tls,
  partner_restricted,
};
inline constexpr std::size_t kReplies = 52;

enum class Severity : std::uint8_t { accept, defer, reject };

/// What a refusal is about: this message alone, one connection, or all mail of the sending address.
enum class Concerns : std::uint8_t { message, connection, address };

struct ReplyInfo {
  Reply reply;
  Severity severity;
  Concerns concerns;
  bool reaches_transport;  // whether the receiver's message trace shows it (S4-16, S4-53)
  std::string_view code;   // "451 4.7.500"
  std::string_view cause;  // which rule or limit decided, one word or two: "ip-throttling"
  std::string_view text;
  std::string_view source;
};

/// The table, in the order of the enum.
extern const std::array<ReplyInfo, kReplies> kReplyTable;

inline const ReplyInfo& info(Reply reply) { return kReplyTable[static_cast<std::size_t>(reply)]; }
inline std::span<const ReplyInfo> all_replies() { return kReplyTable; }

}  // namespace weir
