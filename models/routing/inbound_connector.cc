#include "models/routing/inbound_connector.h"

#include <algorithm>

#include "models/routing/names.h"

namespace weir::routing {

void InboundConnectorParams::check(const InboundConnectorParams& p, const ParamsPlace& at) {
  if (p.addresses.empty() && p.certificate.empty() && p.type == ConnectorType::organization)
    at.report("addresses",
              "a connector of the organization type knows its server by addresses = [\"NAME\"] or "
              "certificate = [\"*.contoso.com\"]: give one of them");
  if (p.type == ConnectorType::organization && (p.require_tls || p.restrict_addresses))
    at.report(p.require_tls ? "require_tls" : "restrict_addresses",
              "only a connector of the partner type demands this (S4-69): set type = \"partner\"");
  if (p.restrict_addresses && p.addresses.empty())
    at.report("restrict_addresses", "names no addresses to restrict to: add addresses = [...]");
  for (const std::string& pattern : p.sender_domains)
    if (!is_well_formed(pattern))
      at.report("sender_domains", "expected names such as \"a.example\", \"*.a.example\" or \"*\"");
  for (const std::string& name : p.certificate)
    if (!is_well_formed(name) || is_catch_all(name))
      at.report("certificate", "expected names such as \"mail.a.example\" or \"*.a.example\"");
}

bool InboundConnector::names_address(std::uint32_t address) const {
  return std::find(addresses.begin(), addresses.end(), address) != addresses.end();
}

bool InboundConnector::is_about_sender(std::string_view domain) const {
  return std::any_of(params.sender_domains.begin(), params.sender_domains.end(),
                     [&](const std::string& pattern) { return covers(pattern, domain); });
}

}  // namespace weir::routing
