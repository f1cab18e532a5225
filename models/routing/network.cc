#include "models/routing/network.h"

#include <algorithm>

#include "models/routing/names.h"

namespace weir::routing {

HopManner RoutingParams::mx_manner() const {
  return {.order = HostOrder::random,
          .tls = mx_tls,
          .on_4xx = mx_on_4xx,
          .dead_for = mx_dead_for,
          .connect_timeout = mx_connect_timeout};
}

std::uint32_t Network::domain(std::string_view name) const {
  for (std::uint32_t i = 0; i < domains.size(); ++i)
    if (same_name(domains[i].name, name)) return i;
  return kNone;
}

bool Network::is_registered(std::uint32_t domain, std::uint32_t organisation) const {
  return domain != kNone && domains[domain].organisation == organisation;
}

std::uint32_t Network::home(std::uint32_t system, std::uint32_t domain) const {
  if (system == kNone || domain == kNone) return kNone;
  const std::uint32_t owner = domains[domain].organisation;
  if (owner != kNone && organisations[owner].system == system) return owner;
  for (const std::uint32_t o : systems[system].organisations) {
    const auto& stale = organisations[o].stale;
    if (std::find(stale.begin(), stale.end(), domain) != stale.end()) return o;
  }
  return kNone;
}

/// By preference, the lowest first (S1-15); those behind are for when none before answers (S1-16).
/// The MX of several domains may lead to one site: whose mail it is shows by domain (S0-04).
std::vector<std::vector<std::uint32_t>> mail_hosts(const Domain& domain) {
  if (domain.mx.empty() && domain.a != kNone) return {{domain.a}};
  std::vector<MxRecord> sorted = domain.mx;
  std::stable_sort(sorted.begin(), sorted.end(), [](const MxRecord& x, const MxRecord& y) {
    return x.preference < y.preference;
  });
  std::vector<std::vector<std::uint32_t>> groups;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i == 0 || sorted[i].preference != sorted[i - 1].preference) groups.emplace_back();
    groups.back().push_back(sorted[i].site);
  }
  return groups;
}

Spf check_spf(const Network& network, std::uint32_t sender_domain, std::uint32_t address) {
  if (sender_domain == kNone) return Spf::none;
  const Domain& domain = network.domains[sender_domain];
  if (!domain.spf) return Spf::none;
  if (std::find(domain.spf->begin(), domain.spf->end(), address) != domain.spf->end())
    return Spf::pass;
  switch (domain.spf_all) {
    case SpfAll::fail:
      return Spf::fail;
    case SpfAll::softfail:
      return Spf::softfail;
    case SpfAll::neutral:
      break;
  }
  return Spf::neutral;
}

}  // namespace weir::routing
