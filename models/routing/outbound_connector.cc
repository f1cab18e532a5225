#include "models/routing/outbound_connector.h"

#include <algorithm>
#include <compare>

#include "models/routing/names.h"

namespace weir::routing {
namespace {

/// How closely a scope fits a domain; the greater wins.
struct Fit {
  int rank = 0;            // 0: not in scope
  std::size_t labels = 0;  // of a wildcard: the longer parent is the closer one

  friend auto operator<=>(const Fit&, const Fit&) = default;
};

std::size_t labels_of(std::string_view name) {
  return 1 + static_cast<std::size_t>(std::count(name.begin(), name.end(), '.'));
}

Fit fit_of(std::string_view pattern, std::string_view domain, Accepted accepted,
           ConnectorChoice choice) {
  constexpr int kCatchAll = 1;
  constexpr int kWildcard = 2;
  constexpr int kAccepted = 3;
  constexpr int kExact = 4;
  // Exchange Server knows no such word: there it is short for a list of names.
  if (pattern == kAcceptedDomains)
    return {accepted == Accepted::no                     ? 0
            : choice == ConnectorChoice::exchange_online ? kAccepted
                                                         : kExact};
  if (!covers(pattern, domain)) return {};
  if (is_catch_all(pattern)) return {kCatchAll};
  const std::string_view parent = wildcard_parent(pattern);
  return parent.empty() ? Fit{kExact} : Fit{kWildcard, labels_of(parent)};
}

Fit best_fit(const OutboundConnector& connector, std::string_view domain, Accepted accepted,
             ConnectorChoice choice) {
  if (!connector.params.enabled || connector.params.only_by_rule) return {};
  Fit best;
  for (const std::string& pattern : connector.params.domains)
    best = std::max(best, fit_of(pattern, domain, accepted, choice));
  return best;
}

void check_domains(const OutboundConnectorParams& p, const ParamsPlace& at) {
  for (const std::string& pattern : p.domains) {
    if (!is_well_formed(pattern))
      at.report("domains",
                "'" + pattern + "': expected names such as \"a.example\", \"*.example\" or \"*\"");
    if (p.pattern_style == PatternStyle::iis && is_catch_all(pattern))
      at.report("domains", "'" + pattern +
                               "' is no remote domain of IIS SMTP (S1-08): write one for each "
                               "ending, such as \"*.com\", \"*.jp\"");
  }
}

}  // namespace

void OutboundConnectorParams::check(const OutboundConnectorParams& p, const ParamsPlace& at) {
  check_domains(p, at);
  if (p.domains.empty() && !p.only_by_rule)
    at.report("domains", "no mail would take it: list recipient domains, or set only_by_rule");
  if (p.smart_hosts.empty() && !p.use_mx)
    at.report("smart_hosts", "leads nowhere: name sites to send to, or set use_mx = true");
  if (!p.smart_hosts.empty() && p.use_mx)
    at.report("use_mx", "a connector sends to smart hosts or by MX, not both: take one out");
}

HopManner OutboundConnector::manner() const {
  return {.order = params.use_mx ? HostOrder::random : params.order,
          .turn = params.turn,
          .start = params.start,
          .tls = params.tls,
          .on_4xx = params.on_4xx,
          .dead_for = params.dead_for,
          .connect_timeout = params.connect_timeout};
}

std::uint32_t choose_connector(std::span<const OutboundConnector> connectors,
                               std::string_view domain, Accepted accepted, ConnectorChoice choice) {
  std::uint32_t best = kNoConnector;
  Fit best_so_far;
  const auto beats = [&](const OutboundConnector& connector, const Fit& fit) {
    if (fit != best_so_far) return fit > best_so_far;
    const OutboundConnector& other = connectors[best];
    if (choice == ConnectorChoice::exchange_server && connector.params.cost != other.params.cost)
      return connector.params.cost < other.params.cost;
    return comes_before(connector.name, other.name);
  };
  for (std::uint32_t i = 0; i < connectors.size(); ++i) {
    const Fit fit = best_fit(connectors[i], domain, accepted, choice);
    if (fit.rank == 0 || !beats(connectors[i], fit)) continue;
    best = i;
    best_so_far = fit;
  }
  return best;
}

}  // namespace weir::routing
