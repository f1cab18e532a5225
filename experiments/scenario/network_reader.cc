#include "experiments/scenario/network_reader.h"

#include <algorithm>
#include <charconv>

#include "experiments/scenario/network_params.h"
#include "models/routing/names.h"
#include "sim/params.h"

namespace weir::experiments {
namespace {

using routing::Domain;
using routing::DomainType;
using routing::Network;
using routing::Organisation;
using Names = std::vector<std::string>;

/// Of a name that stands in the path of a problem: "a.example" needs its quotes.
std::string step(const std::string& name) {
  return name.find('.') == std::string::npos ? name : "\"" + name + "\"";
}

template <class Named>
Names names_of(const std::vector<Named>& all) {
  Names names;
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

class NetworkReader {
 public:
  NetworkReader(const Setting& root, Network& network, Problems& problems, Setting& effective)
      : root_(root),
        network_(network),
        problems_(problems),
        effective_(effective),
        sites_(names_of(network.sites)),
        addresses_(names_of(network.addresses)),
        systems_(names_of(network.systems)) {}

  void read() {
    for (const auto& [name, table] : tables(root_, "", "domain")) declare(name);
    for (const auto& [name, table] : tables(root_, "", "domain")) read_domain(name, *table);
    for (const auto& [name, table] : tables(root_, "", "organisation"))
      read_organisation(name, *table);
    for (std::uint32_t s = 0; s < systems_.size(); ++s) read_system(s);
  }

 private:
  using Tables = std::vector<std::pair<std::string, const Setting*>>;

  Tables tables(const Setting& in, const std::string& path, const std::string& key) {
    Tables found;
    const Setting* group = in.find(key);
    if (group == nullptr) return found;
    const std::string inner = joined(path, key);
    if (group->table() == nullptr) {
      place(path, in).report(key, "expected tables such as [" + inner + ".NAME]");
      return found;
    }
    for (const auto& [name, table] : *group->table()) {
      if (table.table() != nullptr) {
        found.emplace_back(name, &table);
      } else {
        place(inner, *group).report(name, "expected a table [" + inner + "." + step(name) + "]");
      }
    }
    return found;
  }

  ParamsPlace place(const std::string& path, const Setting& table) {
    return {table, path, problems_};
  }

  /// The described parameters, echoed at `steps` of the effective scenario.
  template <class P>
  P params(const ParamsPlace& at, const Names& steps, Names other_keys = {}) {
    P values = read_params<P>(at, std::move(other_keys));
    Setting* here = &effective_;
    for (const std::string& name : steps) {
      if (here->find(name) == nullptr) here->set(name, make_table());
      here = here->find(name);
    }
    const Setting echoed = echo_params(values);
    for (const auto& [key, value] : *echoed.table()) here->set(key, value);
    return values;
  }

  std::uint32_t index_of(const ParamsPlace& at, std::string_view key, const std::string& name,
                         const Names& names, std::string_view kind) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
    at.report(key, "'" + name + "': no such " + std::string(kind) + suggestion(name, names));
    return routing::kNone;
  }

  std::vector<std::uint32_t> indices_of(const ParamsPlace& at, std::string_view key,
                                        const Names& given, const Names& names,
                                        std::string_view kind) {
    std::vector<std::uint32_t> indices;
    for (const std::string& name : given) {
      const std::uint32_t index = index_of(at, key, name, names, kind);
      if (index == routing::kNone) continue;
      if (std::find(indices.begin(), indices.end(), index) != indices.end()) {
        at.report(key, "'" + name + "' stands here twice: take one out");
      } else {
        indices.push_back(index);
      }
    }
    if (indices.size() > 255) at.report(key, "at most 255 of them");
    return indices;
  }

  /// The index of the domain, which is made when it has no table of its own.
  std::uint32_t declare(const std::string& name) {
    const std::uint32_t known = network_.domain(name);
    if (known != routing::kNone) return known;
    network_.domains.push_back({.name = name});
    return static_cast<std::uint32_t>(network_.domains.size() - 1);
  }

  void read_domain(const std::string& name, const Setting& table) {
    const ParamsPlace at = place("domain." + step(name), table);
    const auto p = params<DomainParams>(at, {"domain", name});
    Domain& domain = network_.domains[declare(name)];
    for (const std::string& record : p.mx) read_mx(at, record, domain);
    if (!p.a.empty()) domain.a = index_of(at, "a", p.a, sites_, "site");
    if (p.spf) domain.spf = indices_of(at, "spf", *p.spf, addresses_, "address");
    domain.spf_all = p.spf_all;
  }

  /// "10 filter".
  void read_mx(const ParamsPlace& at, const std::string& record, Domain& domain) {
    std::uint16_t preference = 0;
    const char* end = record.data() + record.size();
    const auto [rest, error] = std::from_chars(record.data(), end, preference);
    if (error != std::errc{} || rest == end || *rest != ' ') {
      at.report("mx", "'" + record +
                          "': expected a preference from 0 to 65535 and a site, such as \"10 "
                          "filter\"");
      return;
    }
    const std::string site(std::find_if(rest, end, [](char c) { return c != ' '; }), end);
    const std::uint32_t index = index_of(at, "mx", site, sites_, "site");
    if (index == routing::kNone) return;
    const bool again = std::any_of(domain.mx.begin(), domain.mx.end(),
                                   [&](const auto& mx) { return mx.site == index; });
    if (again) at.report("mx", "'" + site + "' stands here twice: take one out");
    if (!again) domain.mx.push_back({preference, index});
  }

  void read_organisation(const std::string& name, const Setting& table) {
    const std::string path = "organisation." + step(name);
    Names others{"inbound", "outbound"};
    others.insert(others.end(), std::begin(kOrganisationTables), std::end(kOrganisationTables));
    const ParamsPlace at = place(path, table);
    const auto p = params<OrganisationParams>(at, {"organisation", name}, others);
    const auto index = static_cast<std::uint32_t>(network_.organisations.size());
    Organisation& made = network_.organisations.emplace_back();
    made.name = name;
    made.server = p.server;
    made.forest = p.forest;
    made.system = system_of(at, p.system);
    if (made.system != routing::kNone) network_.systems[made.system].organisations.push_back(index);
    accept(at, "authoritative", p.authoritative, DomainType::authoritative, index);
    accept(at, "internal_relay", p.internal_relay, DomainType::internal_relay, index);
    for (const std::string& domain : p.stale) read_stale(at, domain, index);
    network_.organisations[index].elsewhere = p.elsewhere;
    read_inbound(path, name, table, made);
    made.outbound = read_outbound(path, {"organisation", name, "outbound"}, table, "outbound");
  }

  std::uint32_t system_of(const ParamsPlace& at, const std::string& name) {
    if (!name.empty()) return index_of(at, "system", name, systems_, "system");
    if (systems_.size() == 1) return 0;
    at.report("system", systems_.empty()
                            ? "an organisation lives on a system: add [system.NAME]"
                            : "name the system it lives on" + suggestion("", systems_));
    return routing::kNone;
  }

  void accept(const ParamsPlace& at, std::string_view key, const Names& domains, DomainType type,
              std::uint32_t organisation) {
    for (const std::string& name : domains) {
      Domain& domain = network_.domains[declare(name)];
      if (domain.organisation != routing::kNone) {
        at.report(key, "'" + name + "' is accepted by " +
                           network_.organisations[domain.organisation].name +
                           " already: a domain belongs to one organisation, and is of one type");
        continue;
      }
      domain.organisation = organisation;
      domain.type = type;
    }
  }

  void read_stale(const ParamsPlace& at, const std::string& name, std::uint32_t organisation) {
    const std::uint32_t domain = declare(name);
    if (network_.is_registered(domain, organisation)) {
      at.report("stale", "'" + name + "' is an accepted domain here: it has not moved away");
      return;
    }
    network_.organisations[organisation].stale.push_back(domain);
  }

  void read_inbound(const std::string& path, const std::string& organisation, const Setting& table,
                    Organisation& made) {
    for (const auto& [name, given] : tables(table, path, "inbound")) {
      const ParamsPlace at = place(path + ".inbound." + step(name), *given);
      routing::InboundConnector& connector = made.inbound.emplace_back();
      connector.name = name;
      connector.params = params<routing::InboundConnectorParams>(
          at, {"organisation", organisation, "inbound", name});
      connector.addresses =
          indices_of(at, "addresses", connector.params.addresses, addresses_, "address");
    }
  }

  std::vector<routing::OutboundConnector> read_outbound(const std::string& path, const Names& steps,
                                                        const Setting& table,
                                                        const std::string& key) {
    std::vector<routing::OutboundConnector> connectors;
    for (const auto& [name, given] : tables(table, path, key)) {
      const ParamsPlace at = place(joined(joined(path, key), step(name)), *given);
      Names inner = steps;
      inner.push_back(name);
      routing::OutboundConnector& connector = connectors.emplace_back();
      connector.name = name;
      connector.params = params<routing::OutboundConnectorParams>(at, inner);
      connector.smart_hosts =
          indices_of(at, "smart_hosts", connector.params.smart_hosts, sites_, "site");
    }
    return connectors;
  }

  void read_system(std::uint32_t index) {
    routing::System& system = network_.systems[index];
    const Setting* group = root_.find("system");
    const Setting* table = group != nullptr ? group->find(system.name) : nullptr;
    if (table == nullptr || table->table() == nullptr) return;
    const std::string path = "system." + step(system.name);
    Names all;
    for (const auto& [key, value] : *table->table()) all.push_back(key);
    const ParamsPlace at = place(path, *table);
    system.params = params<routing::RoutingParams>(at, {"system", system.name}, all);
    system.routes = read_outbound(path, {"system", system.name, "route"}, *table, "route");
    if (!system.routes.empty() && !system.organisations.empty())
      at.report("route",
                "the system has organisations, whose connectors decide: write [organisation." +
                    network_.organisations[system.organisations.front()].name + ".outbound.NAME]");
  }

  const Setting& root_;
  Network& network_;
  Problems& problems_;
  Setting& effective_;
  Names sites_, addresses_, systems_;
};

}  // namespace

void read_network(const Setting& root, routing::Network& network, Problems& problems,
                  Setting& effective) {
  NetworkReader(root, network, problems, effective).read();
}

std::vector<std::string> routing_keys() {
  std::vector<std::string> keys{"route"};
  routing::RoutingParams::describe(
      [&](std::string_view key, const auto&...) { keys.emplace_back(key); });
  return keys;
}

}  // namespace weir::experiments
