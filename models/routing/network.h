#pragma once
/// The routing world as plain tables: DNS, organisations, systems, and who has which site.
///
/// Indices are positions in the tables; sites, systems and addresses stand in the order of the
/// scenario. Filled by the reader, changed by nobody.

#include <optional>
#include <string>
#include <vector>

#include "models/mail.h"
#include "models/routing/inbound_connector.h"
#include "models/routing/outbound_connector.h"
#include "models/spf.h"

namespace weir::routing {

inline constexpr std::uint32_t kNone = Mail::kNone;

/// What an organisation does with an address of its domain that it does not know (S4-77).
enum class DomainType : std::uint8_t { authoritative, internal_relay };

enum class SpfAll : std::uint8_t { fail, softfail, neutral };

constexpr std::array<EnumWord<SpfAll>, 3> words_of(SpfAll) {
  return {{{SpfAll::fail, "fail"}, {SpfAll::softfail, "softfail"}, {SpfAll::neutral, "neutral"}}};
}

struct MxRecord {
  std::uint32_t preference = 10;  // the lower is tried first
  std::uint32_t site = 0;
};

struct Domain {
  std::string name;
  std::vector<MxRecord> mx{};
  std::uint32_t a = kNone;                          // site, asked when there is no MX
  std::optional<std::vector<std::uint32_t>> spf{};  // permitted addresses; nothing: no record
  SpfAll spf_all = SpfAll::fail;
  std::uint32_t organisation = kNone;  // whose accepted domain it is
  DomainType type = DomainType::authoritative;
};

/// Who delivers mail inside a system to another organisation, past DNS (S0-02, S0-10).
enum class Colocation : std::uint8_t {
  explicitly,   // those that name the same server
  probability,  // and any other two with a given chance
};

constexpr std::array<EnumWord<Colocation>, 2> words_of(Colocation) {
  return {{{Colocation::explicitly, "explicit"}, {Colocation::probability, "probability"}}};
}

/// How a system routes; these keys stand among the system's own.
struct RoutingParams {
  ConnectorChoice connector_choice = ConnectorChoice::exchange_online;
  Colocation colocation = Colocation::explicitly;
  Probability colocation_share;
  Tls mx_tls = Tls::opportunistic;
  On4xx mx_on_4xx = On4xx::defer;
  Duration mx_dead_for{0s};
  Duration mx_connect_timeout{30s};

  static void describe(auto field) {
    using P = RoutingParams;
    field("connector_choice", &P::connector_choice,
          "Which of several connectors for a domain takes a message; the lowest name among equals.",
          Source{"facts 2.2; S4-83"});
    field("colocation", &P::colocation,
          "Whether only organisations that name the same `server` deliver to each other inside the "
          "system, or any two with the probability `colocation_share`.",
          Source{"S0-09, S0-10: not known; rules.md 1.6, 8"});
    field("colocation_share", &P::colocation_share,
          "Chance that two organisations of different server names share one; drawn once a pair.",
          Source{"rules.md 1.6, 8: 0 unless assumed"});
    field("mx_tls", &P::mx_tls, "Whether mail goes to mail exchangers without TLS.",
          Source{"S4-84: opportunistic unless a connector says otherwise"});
    field("mx_on_4xx", &P::mx_on_4xx,
          "What a 4xx of a mail exchanger does: ends the attempt or asks the next one.",
          Source{"assumption: as for smart hosts; Postfix: next_host (facts 4.1)"});
    field("mx_dead_for", &P::mx_dead_for,
          "A mail exchanger that did not answer is left out this long.", Bounds<Duration>{0s, 720h},
          Source{"assumption: as for smart hosts; Postfix: 300 s (facts 4.1)"});
    field("mx_connect_timeout", &P::mx_connect_timeout,
          "How long a connection to a mail exchanger is waited for.", Bounds<Duration>{1ms, 1h},
          Source{"facts 4.1: Postfix 30 s"});
  }

  HopManner mx_manner() const;
};

struct System {
  std::string name;
  RoutingParams params{};
  std::vector<OutboundConnector> routes{};     // of a system without organisations
  std::vector<std::uint32_t> organisations{};  // that live on it
};

struct NetworkSite {
  std::string name;
  std::uint32_t system = kNone;  // kNone: accepted there is delivered
  std::string forest{};          // of the receiving servers; empty: that of the recipient
};

struct NetworkAddress {
  std::string name;
  std::vector<std::string> certificate{};  // names that it presents with TLS
};

struct Organisation {
  std::string name;
  std::uint32_t system = kNone;
  std::string server{};                // empty: one of its own
  std::string forest{};                // empty: the only one
  std::vector<std::uint32_t> stale{};  // domains that have moved away but still stand here (S0-03)
  Probability elsewhere{};             // share of its mailboxes that are on another system (S4-76)
  std::vector<InboundConnector> inbound{};
  std::vector<OutboundConnector> outbound{};
};

struct Network {
  std::vector<Domain> domains;
  std::vector<Organisation> organisations;
  std::vector<System> systems;
  std::vector<NetworkSite> sites;
  std::vector<NetworkAddress> addresses;

  /// The domain of that name, or kNone.
  std::uint32_t domain(std::string_view name) const;

  /// Whether the domain, which may be kNone, is an accepted one of the organisation.
  bool is_registered(std::uint32_t domain, std::uint32_t organisation) const;

  /// The organisation on `system` that takes mail for the domain: its owner, else one where it is
  /// stale; kNone when no one there does.
  std::uint32_t home(std::uint32_t system, std::uint32_t domain) const;
};

/// The hosts that DNS gives for a domain, by preference; the A record's when it has no MX. Empty:
/// it cannot be resolved. Sites of one group are shuffled by whoever picks (facts 4.1).
std::vector<std::vector<std::uint32_t>> mail_hosts(const Domain& domain);

/// Whether DNS gives any.
inline bool has_mail_hosts(const Domain& domain) { return !domain.mx.empty() || domain.a != kNone; }

/// S3-06: the connecting address against the envelope sender's domain, which may be kNone.
Spf check_spf(const Network& network, std::uint32_t sender_domain, std::uint32_t address);

}  // namespace weir::routing
