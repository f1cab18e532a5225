#pragma once
/// An outbound connector: which mail leaves by another way than its MX, and by which (S4-74,
/// S4-75).

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/routing/hop.h"
#include "sim/params.h"

namespace weir::routing {

/// Which of several connectors that fit takes the message, before the lowest name does (S4-83).
enum class ConnectorChoice : std::uint8_t {
  exchange_online,  // exact domain, then all accepted domains, then wildcards
  exchange_server,  // exact domain, then wildcards, then "*"; then the lowest cost
};

constexpr std::array<EnumWord<ConnectorChoice>, 2> words_of(ConnectorChoice) {
  return {{{ConnectorChoice::exchange_online, "exchange_online"},
           {ConnectorChoice::exchange_server, "exchange_server"}}};
}

enum class PatternStyle : std::uint8_t { exchange, iis };

constexpr std::array<EnumWord<PatternStyle>, 2> words_of(PatternStyle) {
  return {{{PatternStyle::exchange, "exchange"}, {PatternStyle::iis, "iis"}}};
}

struct OutboundConnectorParams {
  std::vector<std::string> domains;
  PatternStyle pattern_style = PatternStyle::exchange;
  std::vector<std::string> smart_hosts;
  bool use_mx = false;
  Tls tls = Tls::opportunistic;
  bool only_by_rule = false;
  bool enabled = true;
  bool validated = true;
  HostOrder order = HostOrder::round_robin;
  Turn turn = Turn::connection;
  Start start = Start::random;
  On4xx on_4xx = On4xx::defer;
  Duration dead_for{0s};
  Duration connect_timeout{30s};
  std::int64_t cost = 1;

  static void describe(auto field) {
    using P = OutboundConnectorParams;
    field("domains", &P::domains,
          "Recipient domains that it is for: names, \"*.name\" for all below a name, \"accepted\" "
          "for all accepted domains of the organisation, \"*\" for all.");
    field("pattern_style", &P::pattern_style,
          "Whether \"*\" may be written (exchange) or each pattern must name something, such as "
          "\"*.com\" (iis).",
          Source{"S4-85; S1-08 for iis"});
    field("smart_hosts", &P::smart_hosts,
          "Sites it sends to, in the order of their turn; none is preferred (S4-80).");
    field("use_mx", &P::use_mx, "Sends to the mail exchangers of the recipient's domain instead.");
    field("tls", &P::tls, "Whether it goes without TLS where the other side offers none.",
          Source{"S4-84: unchecked is opportunistic"});
    field("only_by_rule", &P::only_by_rule,
          "Taken only by mail that a transport rule sends through it.", Source{"S4-78"});
    field("enabled", &P::enabled, "Whether it is switched on.");
    field("validated", &P::validated,
          "Result of its validation. Says nothing to the routing: a failed one routes all the "
          "same.",
          Source{"S4-79"});
    field("order", &P::order, "How one smart host is picked.", Source{"S4-80"});
    field("turn", &P::turn, "Whose choice passes the turn on.",
          Source{"assumption: not stated; rules.md 1.6, 12"});
    field("start", &P::start, "Which smart host has the first turn.",
          Source{"facts 2.2: the first is chosen at random"});
    field("on_4xx", &P::on_4xx,
          "What a 4xx to MAIL, RCPT or DATA does: ends the attempt or asks the next host. A 421 "
          "or no greeting counts as no answer.",
          Source{"assumption: not stated; rules.md 1.6, 11; Postfix: next_host (facts 4.1)"});
    field("dead_for", &P::dead_for,
          "A host that did not answer is left out this long; with 0 s it keeps its turn.",
          Bounds<Duration>{0s, 720h},
          Source{"assumption: not stated; rules.md 1.6, 13; Postfix: 300 s (facts 4.1)"});
    field("connect_timeout", &P::connect_timeout, "How long a connection is waited for.",
          Bounds<Duration>{1ms, 1h}, Source{"rules.md 1.6, 13; facts 4.1: Postfix 30 s"});
    field("cost", &P::cost, "The lower wins; counts with exchange_server only.",
          Bounds<std::int64_t>{1, 100}, Source{"facts 2.2: connector selection"});
  }
  static void check(const OutboundConnectorParams& p, const ParamsPlace& at);
};

struct OutboundConnector {
  std::string name;
  OutboundConnectorParams params;
  std::vector<std::uint32_t> smart_hosts;  // sites

  HopManner manner() const;
};

inline constexpr std::uint32_t kNoConnector = 0xffff'ffff;

/// The connector that takes mail for `domain`, or kNoConnector; `accepted`: whether it is one of
/// the organisation's own domains.
enum class Accepted : std::uint8_t { no, yes };
std::uint32_t choose_connector(std::span<const OutboundConnector> connectors,
                               std::string_view domain, Accepted accepted, ConnectorChoice choice);

}  // namespace weir::routing
