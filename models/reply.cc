#include "models/reply.h"

#include <array>

namespace weir {
namespace {

using enum Severity;
using enum Concerns;

constexpr std::array<ReplyInfo, kReplies> kTable{{
    {Reply::accepted, accept, message, true, "250 2.6.0", "none", "Queued mail for delivery",
     "RFC 5321"},
    {Reply::throttled_busy, defer, address, false, "451 4.7.500", "ip-throttling",
     "Server busy. Please try again later.", "S4-54; facts 2.5"},
    {Reply::throttled_denied, defer, address, false, "451 4.7.500", "ip-throttling",
     "Access denied, please try again later.", "S4-54; facts 2.5"},
    {Reply::consumer_reputation, defer, address, false, "451 4.7.650", "ip-reputation",
     "The mail server has been temporarily rate limited due to IP reputation.", "facts 2.5"},
    {Reply::forest_connections, defer, connection, false, "421 4.3.2", "forest-connections",
     "The maximum number of concurrent connections per resource forest has exceeded a limit, "
     "closing transmission channel.",
     "facts 2.5"},
    {Reply::rate_limited, defer, address, false, "451 4.7.1", "rate-limit",
     "Too many messages, slow down and try again later.",
     "assumption: wording ours; RFC 3463 class 4.7.1"},
    {Reply::concurrency_limited, defer, connection, false, "421 4.7.0", "concurrency-cap",
     "Too many concurrent connections from this address.",
     "assumption: wording ours; RFC 5321 421"},
    {Reply::greylisted, defer, message, false, "451 4.7.1", "greylisting",
     "Greylisted, please try again later.", "RFC 6647"},
    {Reply::no_resources, defer, message, true, "452 4.3.1", "no-resources",
     "Insufficient system resources", "facts 2.2, back pressure"},
    {Reply::connection_refused, defer, connection, false, "451 4.4.316", "connection-refused",
     "Connection refused", "facts 2.5"},
    {Reply::banned_address, reject, address, false, "550 5.7.606", "block-list",
     "Access denied, banned sending IP. To request removal from this list please visit "
     "https://sender.office.com/ and follow the directions.",
     "S4-45"},
    {Reply::spamhaus, reject, address, false, "550 5.7.1", "spamhaus",
     "Service unavailable; Client host blocked using Spamhaus", "S4-46"},
    {Reply::unknown_recipient, reject, message, true, "550 5.1.10", "unknown-recipient",
     "Recipient not found", "facts 2.5"},
    {Reply::expired, reject, message, false, "550 4.4.7", "expired",
     "QUEUE.Expired; message expired", "facts 2.2"},
    {Reply::tenant_block_list, reject, message, false, "550 5.7.513", "tenant-block-list",
     "Service unavailable, client host blocked by the recipient's organization.",
     "S4-15, S4-16; facts 2.5"},
    {Reply::rule_rejected, reject, message, true, "550 5.7.1", "transport-rule",
     "TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy",
     "S4-25; facts 2.5; assumption: Exchange's default wording"},
    {Reply::erased, reject, message, true, "550 4.3.2", "deleted",
     "QUEUE.TransportAgent; message deleted by transport agent",
     "S4-34: in the log only, no bounce message"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i)
    if (static_cast<std::size_t>(kTable[i].reply) != i) return false;
  return true;
}
static_assert(in_order(), "the table follows the enum");

}  // namespace

const ReplyInfo& info(Reply reply) { return kTable[static_cast<std::size_t>(reply)]; }
std::span<const ReplyInfo> all_replies() { return kTable; }

}  // namespace weir
