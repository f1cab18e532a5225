#include "models/routing/attribution.h"

#include <algorithm>

#include "models/routing/names.h"

namespace weir::routing {
namespace {

bool bears(const NetworkAddress& address, const std::string& configured) {
  return std::any_of(
      address.certificate.begin(), address.certificate.end(),
      [&](const std::string& presented) { return matches_certificate(configured, presented); });
}

bool same_forest(std::string_view a, std::string_view b) {
  return a.empty() || b.empty() || a == b;
}

}  // namespace

Attributor::Attributor(const Network& network)
    : network_(network), of_address_(network.addresses.size()) {
  for (std::uint32_t address = 0; address < network.addresses.size(); ++address)
    for (std::uint32_t o = 0; o < network.organisations.size(); ++o)
      for (std::uint32_t c = 0; c < network.organisations[o].inbound.size(); ++c)
        add_candidates(address, o, c);
}

void Attributor::add_candidates(std::uint32_t address, std::uint32_t organisation,
                                std::uint32_t connector) {
  const InboundConnector& given = network_.organisations[organisation].inbound[connector];
  if (given.params.type != ConnectorType::organization) return;
  bool matches = false;
  bool names_own_domain = false;
  for (const std::string& configured : given.params.certificate) {
    if (!bears(network_.addresses[address], configured)) continue;
    matches = true;
    for (const Domain& domain : network_.domains)
      names_own_domain |=
          domain.organisation == organisation && names_domain(configured, domain.name);
  }
  if (matches)
    of_address_[address].by_certificate.push_back({organisation, connector, names_own_domain});
  if (given.names_address(address))
    of_address_[address].by_address.push_back({organisation, connector, false});
}

/// A certificate decides first: with its name, the connector's and a domain of the organisation
/// equal, no other domain need be registered (S2-12, S2-15). An address decides only with a domain;
/// several recipient domains are refused then, with 550 5.7.64 (S2-19, S2-20).
Attribution Attributor::attribute(const Envelope& envelope, SimTime now) const {
  const Door door = door_of(envelope);
  if (door.system == kNone || network_.systems[door.system].organisations.empty()) return {};
  if (const Candidate* found = by_certificate(envelope, door, now)) return taken(*found);
  const std::vector<Candidate>& named = of_address_[envelope.address].by_address;
  if (const Candidate* found = with_domain(named, envelope.sender_domain, door, now))
    return taken(*found);
  const bool is_named = std::any_of(named.begin(), named.end(), [&](const Candidate& candidate) {
    return counts(candidate, door, now);
  });
  if (is_named && envelope.recipient_domains.size() > 1) return {.refusal = Reply::relay_denied};
  if (const Candidate* found = with_domain(named, envelope.recipient_domains.front(), door, now))
    return taken(*found);
  return ordinary(envelope, door, now);
}

/// The forest is the site's own, else that of the organisation that the mail is for: its MX leads
/// to servers of its forest.
Attributor::Door Attributor::door_of(const Envelope& envelope) const {
  const NetworkSite& site = network_.sites[envelope.site];
  if (!site.forest.empty()) return {site.system, site.forest};
  const std::uint32_t home = network_.home(site.system, envelope.recipient_domains.front());
  return {site.system, home == kNone ? std::string_view()
                                     : std::string_view(network_.organisations[home].forest)};
}

bool Attributor::counts(const Candidate& candidate, const Door& door, SimTime now) const {
  const Organisation& organisation = network_.organisations[candidate.organisation];
  return organisation.system == door.system && same_forest(organisation.forest, door.forest) &&
         organisation.inbound[candidate.connector].in_effect(now);
}

/// The first candidate in whose organisation the domain is registered, or null.
const Attributor::Candidate* Attributor::with_domain(const std::vector<Candidate>& candidates,
                                                     std::uint32_t domain, const Door& door,
                                                     SimTime now) const {
  for (const Candidate& candidate : candidates)
    if (network_.is_registered(domain, candidate.organisation) && counts(candidate, door, now))
      return &candidate;
  return nullptr;
}

const Attributor::Candidate* Attributor::by_certificate(const Envelope& envelope, const Door& door,
                                                        SimTime now) const {
  if (!envelope.tls) return nullptr;
  const std::vector<Candidate>& matching = of_address_[envelope.address].by_certificate;
  for (const Candidate& candidate : matching)
    if (candidate.names_own_domain && counts(candidate, door, now)) return &candidate;
  if (const Candidate* found = with_domain(matching, envelope.sender_domain, door, now))
    return found;
  // With several recipient domains it cannot be told which counts; only by address that refuses.
  if (envelope.recipient_domains.size() > 1) return nullptr;
  return with_domain(matching, envelope.recipient_domains.front(), door, now);
}

Attribution Attributor::taken(const Candidate& candidate) const {
  const InboundConnector& connector =
      network_.organisations[candidate.organisation].inbound[candidate.connector];
  return {.organisation = candidate.organisation,
          .connector = candidate.connector,
          .exempt = true,
          .enhanced_filtering = connector.params.enhanced_filtering};
}

/// Direct send, Gmail's mail included (S4-87): for mailboxes here and nowhere else.
Attribution Attributor::ordinary(const Envelope& envelope, const Door& door, SimTime now) const {
  Attribution attribution;
  for (const std::uint32_t domain : envelope.recipient_domains) {
    const std::uint32_t home = network_.home(door.system, domain);
    if (home == kNone) return {.refusal = Reply::relay_denied};
    if (attribution.organisation == kNone) attribution.organisation = home;
  }
  demand(envelope, now, attribution);
  return attribution;
}

/// What the partner connectors of the recipient's organisation ask for (S4-68, S4-69).
void Attributor::demand(const Envelope& envelope, SimTime now, Attribution& attribution) const {
  const std::string_view sender = envelope.sender_domain == kNone
                                      ? std::string_view()
                                      : network_.domains[envelope.sender_domain].name;
  const auto& connectors = network_.organisations[attribution.organisation].inbound;
  for (std::uint32_t c = 0; c < connectors.size(); ++c) {
    const InboundConnector& connector = connectors[c];
    const InboundConnectorParams& params = connector.params;
    if (params.type != ConnectorType::partner || !connector.in_effect(now)) continue;
    const bool named = connector.names_address(envelope.address);
    if (!connector.is_about_sender(sender) && !named) continue;
    if (params.require_tls && !envelope.tls) attribution.refusal = Reply::partner_tls;
    if (params.restrict_addresses && !named) attribution.refusal = Reply::partner_restricted;
    if (!named || attribution.connector != kNone) continue;
    attribution.connector = c;
    attribution.enhanced_filtering = params.enhanced_filtering;
  }
}

bool Attributor::is_on_connector(std::uint32_t address, std::uint32_t site,
                                 std::uint32_t recipient_domain, SimTime now) const {
  const Door door = door_of(
      {.site = site, .address = address, .recipient_domains = std::span(&recipient_domain, 1)});
  const std::vector<Candidate>& named = of_address_[address].by_address;
  return std::any_of(named.begin(), named.end(),
                     [&](const Candidate& candidate) { return counts(candidate, door, now); });
}

bool Attributor::is_other_forest(std::uint32_t site, std::uint32_t organisation) const {
  return !same_forest(network_.sites[site].forest, network_.organisations[organisation].forest);
}

}  // namespace weir::routing
