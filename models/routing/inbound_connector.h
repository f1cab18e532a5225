#pragma once
/// An inbound connector: how a receiving system knows a server, and what it then does for it.
///
/// The organization type draws a server's mail to the connector's organisation and exempts it from
/// throttling (S2-02, S2-03, S4-61); the partner type only asks for TLS or for given addresses
/// (S4-69).

#include <array>
#include <string>
#include <vector>

#include "sim/params.h"

namespace weir::routing {

enum class ConnectorType : std::uint8_t { organization, partner };

constexpr std::array<EnumWord<ConnectorType>, 2> words_of(ConnectorType) {
  return {{{ConnectorType::organization, "organization"}, {ConnectorType::partner, "partner"}}};
}

/// The keys of every inbound connector, with or without an organisation around it.
template <class P>
void describe_connector(auto field) {
  field("type", &P::type,
        "Only the type of the organization's own mail server exempts from throttling.",
        Source{"S4-61"});
  field("addresses", &P::addresses, "Names of the sending addresses it names.");
  field("registered", &P::registered, "When it is registered, counted from the start of the run.");
  field("propagation", &P::propagation, "How long after that it takes effect.",
        Source{"S4-60 gives no figure; assumption: as the allow list, S4-49"});
}

struct InboundConnectorParams {
  ConnectorType type = ConnectorType::organization;
  std::vector<std::string> addresses;
  Duration registered{0s};
  Duration propagation{1h};
  std::vector<std::string> certificate;
  std::vector<std::string> sender_domains{"*"};
  bool require_tls = false;
  bool restrict_addresses = false;
  bool enhanced_filtering = false;
  bool retain_headers = false;

  static void describe(auto field) {
    using P = InboundConnectorParams;
    describe_connector<P>(field);
    field("certificate", &P::certificate,
          "Names that the certificate of the server must bear, such as \"*.contoso.com\"; the "
          "recommended way to know a server (S2-08).");
    field("sender_domains", &P::sender_domains,
          "Partner type only: the sender domains it is about, as names, \"*.name\" or \"*\".",
          Source{"S4-70: per domain"});
    field("require_tls", &P::require_tls,
          "Partner type only: mail from its sender domains or addresses that comes without TLS is "
          "refused.",
          Source{"S4-68, purpose 1; off unless wanted"});
    field("restrict_addresses", &P::restrict_addresses,
          "Partner type only: mail from its sender domains is refused unless it comes from "
          "`addresses`.",
          Source{"S4-68, purpose 2; off unless wanted"});
    field("enhanced_filtering", &P::enhanced_filtering,
          "The address before the connector's is judged in its place, so that a filter in front "
          "does not take the blame.",
          Source{"facts 2.3: skip listing; off unless set up"});
    field("retain_headers", &P::retain_headers,
          "Keep internal headers. Changes nothing that is simulated (S4-73).",
          Source{"S4-60: unchecked"});
  }
  static void check(const InboundConnectorParams& p, const ParamsPlace& at);
};

struct InboundConnector {
  std::string name;
  InboundConnectorParams params;
  std::vector<std::uint32_t> addresses;  // indices in the scenario

  bool in_effect(SimTime now) const {
    return now >= SimTime{params.registered + params.propagation};
  }
  bool names_address(std::uint32_t address) const;
  bool is_about_sender(std::string_view domain) const;
};

}  // namespace weir::routing
