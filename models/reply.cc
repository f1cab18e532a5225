#include "models/reply.h"

namespace weir {
namespace {

using enum Severity;
using enum Concerns;

}  // namespace

constexpr std::array<ReplyInfo, kReplies> kReplyTable{{
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
     "Access denied, banned sending IP <IP>. To request removal from this list please visit "
     "https://sender.office.com/  and follow the directions.For more information please go to  "
     "http://go.microsoft.com/fwlink/?LinkID=526653",
     "S4-45"},
    {Reply::spamhaus, reject, address, false, "550 5.7.1", "spamhaus",
     "Service unavailable; Client host < IP > blocked using Spamhaus; To request removal from this "
     "list see http://www.spamhaus.org/lookup.lasso",
     "S4-46"},
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
    {Reply::consumer_network, defer, address, false, "451 4.7.651", "ip-reputation",
     "The mail server has been temporarily rate limited due to IP reputation.", "facts 2.5, S3114"},
    {Reply::consumer_rate, defer, address, false, "421 RP-001", "rate-limit",
     "The mail server IP connecting to Outlook.com server has exceeded the rate limit allowed.",
     "facts 2.3"},
    {Reply::consumer_connection_rate, defer, connection, false, "421 RP-002", "connection-rate",
     "The mail server IP connecting to Outlook.com server has exceeded the rate limit allowed on "
     "this connection.",
     "facts 2.3"},
    {Reply::consumer_connections, defer, connection, false, "421 RP-003", "concurrency-cap",
     "The mail server IP connecting to Outlook.com server has exceeded the connection limit "
     "allowed.",
     "facts 2.3"},
    {Reply::consumer_banned, reject, address, false, "550 5.7.1", "block-list",
     "Unfortunately, messages from [<IP>] weren't sent. Please contact your Internet service "
     "provider since part of their network is on our block list (S3140).",
     "facts 2.3"},
    {Reply::gmail_rate, defer, address, false, "421 4.7.28", "spam-rate",
     "Our system has detected an unusual rate of unsolicited mail originating from your IP "
     "address. To protect our users from spam, mail sent from your IP address has been temporarily "
     "rate limited.",
     "facts 3.2"},
    {Reply::yahoo_volume, defer, address, false, "421 4.7.0", "rate-limit",
     "[TSS04] Messages from <IP> temporarily deferred due to unexpected volume or user complaints",
     "facts 3.2"},
    {Reply::connection_rate_limited, defer, connection, false, "421 4.7.0", "connection-rate",
     "Too many connections in a short time from this address.",
     "assumption: wording ours; RFC 5321 421"},
    {Reply::session_limit, defer, connection, false, "421 4.7.0", "session-limit",
     "Too many messages on this connection, closing transmission channel.",
     "assumption: wording ours; RFC 5321 421"},
    {Reply::sender_reputation, reject, address, false, "550 5.7.1", "sender-reputation",
     "External client with IP address <IP> does not have permissions to submit to this server.",
     "facts 5.1; Exchange's default answer to addresses that it blocks itself"},
    {Reply::no_reverse, reject, address, false, "550 5.7.25", "reverse-dns",
     "Reverse DNS validation failed", "S1-14; RFC 7372"},
    {Reply::no_reverse_deferred, defer, address, false, "450 4.7.25", "reverse-dns",
     "Client host rejected: cannot find your reverse hostname", "S1-14; facts 2.5"},
    {Reply::too_many_recipients, defer, message, false, "452 4.5.3", "envelope-recipients",
     "Too many recipients", "facts 2.1"},
    {Reply::receive_limit, reject, message, true, "550 5.2.122", "receive-limit",
     "The recipient has exceeded their limit for the number of messages they can receive per hour.",
     "facts 2.1; assumption: wording"},
    {Reply::sender_receive_limit, reject, message, true, "550 5.2.121", "receive-limit",
     "Recipient's per hour message receive limit from specific sender exceeded.",
     "facts 2.1; assumption: wording"},
    {Reply::enforcement_throttled, defer, address, false, "450 4.7.230", "transport-enforcement",
     "Connecting Exchange server version is out-of-date; connection to Exchange Online throttled "
     "for n mins/hr.",
     "facts 2.3"},
    {Reply::enforcement_blocked, reject, address, false, "550 5.7.230", "transport-enforcement",
     "Connecting Exchange server version is out-of-date; connection to Exchange Online blocked for "
     "n mins/hr.",
     "facts 2.3"},
    {Reply::not_authenticated, reject, address, false, "530 5.7.57", "submission",
     "Client was not authenticated to send anonymous mail during MAIL FROM",
     "S1-03, S1-04; facts 2.5"},
    {Reply::authentication_failed, reject, address, false, "535 5.7.3", "submission",
     "Authentication unsuccessful", "S1-03; RFC 4954"},
    {Reply::send_as_denied, reject, message, false, "550 5.7.1", "send-as",
     "Client does not have permissions to send as this sender", "S1-13"},
    {Reply::submission_connections, defer, connection, false, "432 4.3.2", "submission-connections",
     "Concurrent connections limit exceeded.", "facts 2.1"},
    {Reply::submission_rate, defer, address, false, "421 4.4.2", "submission-rate",
     "Message submission rate for this client has exceeded the configured limit",
     "facts 2.1; assumption: Exchange's wording for its message rate limit"},
    {Reply::submission_quota, reject, address, false, "554 5.2.0", "recipient-rate",
     "STOREDRV.Submission.Exception:SubmissionQuotaExceededException", "facts 2.1"},
    {Reply::recipient_limit, reject, message, false, "550 5.5.3", "recipient-limit",
     "RESOLVER.ADR.RecipLimit; too many recipients", "facts 2.1; assumption: Exchange's wording"},
    {Reply::restricted_user, reject, address, true, "550 5.1.8", "restricted-user",
     "Access denied, bad outbound sender", "S4-41; facts 2.5"},
    {Reply::tenant_external_limit, reject, address, true, "550 5.7.233", "tenant-external-limit",
     "The tenant has exceeded its tenant external recipient rate limit.",
     "facts 2.1; assumption: wording"},
    {Reply::tenant_trial_limit, reject, address, true, "550 5.7.232", "tenant-external-limit",
     "The trial tenant has exceeded its tenant external recipient rate limit.",
     "facts 2.1; assumption: wording"},
    {Reply::default_domain_limit, reject, address, true, "550 5.7.236", "default-domain-limit",
     "The tenant has exceeded what it may send to external recipients from onmicrosoft.com "
     "domains.",
     "facts 2.1; assumption: wording"},
    {Reply::no_answer, defer, connection, false, "451 4.4.1", "no-answer",
     "No answer from any of the hosts", "facts 4.1: KumoMTA's wording, abridged"},
    {Reply::tls_required, defer, connection, false, "451 5.7.3", "tls-required",
     "STARTTLS is required to send mail", "S4-84; assumption: wording ours"},
    {Reply::routing_loop, reject, message, true, "550 5.4.14", "routing-loop",
     "Hop count exceeded - possible mail loop", "facts 2.5: 20 iterations"},
    {Reply::no_route, reject, message, true, "550 5.4.4", "no-route",
     "The recipient's domain has no mail host", "RFC 3463: X.4.4; assumption: wording ours"},
    {Reply::relay_denied, reject, message, false, "550 5.7.64", "relay-denied",
     "TenantAttribution; Relay Access Denied", "facts 2.5; S2-17, S4-86"},
    {Reply::partner_tls, reject, message, false, "530 5.7.0", "partner-connector",
     "Must issue a STARTTLS command first", "S4-68, purpose 1; RFC 3207"},
    {Reply::partner_restricted, reject, message, false, "550 5.7.51", "partner-connector",
     "There is a partner connector for the sender's domain, and the address is none of its own",
     "S4-68, purpose 2; assumption: wording ours"},
}};

namespace {

constexpr bool in_order() {
  for (std::size_t i = 0; i < kReplyTable.size(); ++i)
    if (static_cast<std::size_t>(kReplyTable[i].reply) != i) return false;
  return true;
}
static_assert(in_order(), "the table follows the enum");

}  // namespace

}  // namespace weir
