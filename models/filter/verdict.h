#pragma once
/// What the filters of an organisation decide about a message, and what they decide it on.
///
/// A filter decides and answers; the world acts. All indices are those of the scenario, but rules
/// and connectors, which count within their organisation.

#include <cstdint>
#include <limits>
#include <string_view>

#include "models/mail.h"
#include "models/reply.h"
#include "models/spf.h"
#include "sim/value_type.h"

namespace weir::filter {

/// What becomes of a message.
enum class Disposition : std::uint8_t {
  go_on,       // to the mailbox, or on its way out
  junk,        // to the junk folder
  quarantine,  // kept by the organisation's system
  erase,       // delivered nowhere, and nobody is told (S4-34)
  redirect,    // to Verdict::redirect_to instead
  refuse,      // with Verdict::reply: the sender gets a bounce message
};

constexpr std::array<EnumWord<Disposition>, 6> words_of(Disposition) {
  return {{{Disposition::go_on, "none"},
           {Disposition::junk, "junk"},
           {Disposition::quarantine, "quarantine"},
           {Disposition::erase, "delete"},
           {Disposition::redirect, "redirect"},
           {Disposition::refuse, "reject"}}};
}

/// Who decided; in the order of the inbound chain.
enum class Stage : std::uint8_t { none, connection, malware, rule, spam };

constexpr std::array<EnumWord<Stage>, 5> words_of(Stage) {
  return {{{Stage::none, "none"},
           {Stage::connection, "connection-filter"},
           {Stage::malware, "malware-filter"},
           {Stage::rule, "transport-rule"},
           {Stage::spam, "spam-filter"}}};
}

/// What is written on a message that goes to the junk folder (S4-31, S4-32).
enum class Mark : std::uint8_t { none, header, subject };

/// The addresses that a message leaves an organisation's system by (S4-38; facts 2.3).
enum class OutboundPool : std::uint8_t { normal, high_risk, relay };

constexpr std::array<EnumWord<OutboundPool>, 3> words_of(OutboundPool) {
  return {{{OutboundPool::normal, "normal"},
           {OutboundPool::high_risk, "high-risk"},
           {OutboundPool::relay, "relay"}}};
}

inline constexpr std::uint32_t kNone = Mail::kNone;

struct Verdict {
  Disposition disposition = Disposition::go_on;
  Stage stage = Stage::none;  // that decided the disposition
  Reply reply = Reply::accepted;
  std::int8_t scl = kNoScl;  // spam confidence level, -1 to 9: -1 skipped the spam filter
  Mark mark = Mark::none;
  OutboundPool pool = OutboundPool::normal;  // outbound only
  bool stripped = false;                     // malware was replaced by a text (S4-20, S4-21)
  bool user_notice = false;                  // tell the recipients of the quarantine (S4-35)
  std::uint32_t admin_notice = kNone;        // domain of the administrator who is told (S4-22)
  std::uint32_t redirect_to = kNone;         // domain
  std::uint32_t connector = kNone;           // outbound connector forced by a rule (S4-78)
  std::uint32_t rule = kNone;                // that decided, or set the connector

  static constexpr std::int8_t kNoScl = -2;  // no spam filter has seen it

  bool ends() const { return disposition != Disposition::go_on; }
};

/// The log line of an erased message (S4-34).
inline constexpr std::string_view kErasedLog =
    "[{LED=550 4.3.2 QUEUE.TransportAgent; message deleted by transport agent};{MSG=};{FQDN=};"
    "{IP=};{LRT=}]";

/// How an inbound message came, beside what the message itself tells.
struct InboundFacts {
  Spf spf = Spf::none;
  double reputation = std::numeric_limits<double>::quiet_NaN();  // Mail::reputation
  bool high_risk = false;            // from a pool that other systems distrust (S4-39)
  bool connector_in_forest = false;  // an organization-type connector of any tenant in the
                                     // receiving server's forest names its address
  bool other_forest = false;         // receiving server and tenant are in different forests
};

/// What is known of an outbound message beside the message itself.
struct OutboundFacts {
  bool forwarded = false;         // it came from outside and leaves again
  bool sender_accepted = true;    // its sender's domain is one of the organisation's
  bool authenticated = false;     // SPF or DKIM passed when it came in
  bool sender_resolvable = true;  // its sender's domain has an A or MX record
};

}  // namespace weir::filter
