// The systems of a scenario: sites' systems, organisations with their rules, domains.

#include "experiments/scenario/network_reader.h"
#include "experiments/scenario/reader.h"
#include "experiments/scenario/system_links.h"
#include "models/filter/resolve.h"

namespace weir::experiments {
/// Everything that has a name and that the network refers to.
void ScenarioReader::name_network() {
  routing::Network& network = landscape_->network;
  for (const std::string& name : systems_) network.systems.emplace_back().name = name;
  for (std::size_t i = 0; i < sites_.size(); ++i) {
    routing::NetworkSite& site = network.sites.emplace_back();
    site.name = sites_[i];
    site.system = scenario_.world.sites[i].system();
    site.forest = forests_[i];
  }
  for (std::size_t i = 0; i < addresses_.size(); ++i)
    network.addresses.push_back({addresses_[i], certificates_[i]});
}

void ScenarioReader::read_systems() {
  name_network();
  read_network(root_, landscape_->network, problems_, scenario_.effective);
  for (const auto& [name, table] : reader_.tables("system")) read_system(name, *table);
  for (const routing::Organisation& organisation : landscape_->network.organisations)
    scenario_.world.organisations.push_back(organisation.name);
  for (std::uint32_t i = 0; i < scenario_.world.organisations.size(); ++i) read_rules(i);
  for (const Site& site : scenario_.world.sites)
    landscape_->submission_site.push_back(site.params().front == FrontDoor::submission);
  for (const AddressConfig& address : scenario_.world.addresses)
    landscape_->tls.push_back(address.info.tls);
}

void ScenarioReader::read_system(const std::string& name, const Setting& table) {
  const std::string path = "system." + name;
  Names others = routing_keys();
  others.emplace_back("route");
  Names links_others = others;
  add_keys<system::SystemParams>(links_others);
  add_keys<SystemLinks>(others);
  SystemConfig config;
  config.name = name;
  config.params = reader_.params<system::SystemParams>(path, table, others);
  const auto links = reader_.params<SystemLinks>(path, table, links_others);

  const ParamsPlace at = place(path, table);
  system::Pools pools;
  pools.normal = index_of(at, "pool", links.pool, pools_, "pool");
  const auto pool_or_normal = [&](std::string_view key, const std::string& pool) {
    return pool.empty() ? pools.normal : index_of(at, key, pool, pools_, "pool");
  };
  pools.high_risk = pool_or_normal("high_risk_pool", links.high_risk_pool);
  pools.relay = pool_or_normal("relay_pool", links.relay_pool);
  landscape_->pools.push_back(pools);
  landscape_->high_risk.resize(scenario_.world.addresses.size());
  if (pools.high_risk != pools.normal && pools.high_risk < scenario_.world.pools.size())
    for (const std::uint32_t address : scenario_.world.pools[pools.high_risk].addresses)
      if (address < landscape_->high_risk.size()) landscape_->high_risk[address] = true;
  scenario_.world.systems.push_back(std::move(config));
}

/// The filters, rules and groups of an organisation.
void ScenarioReader::read_rules(std::uint32_t index) {
  const routing::Network& network = landscape_->network;
  const routing::Organisation& organisation = network.organisations[index];
  const std::string path = "organisation." + organisation.name;
  const Setting& table = *root_.find("organisation")->find(organisation.name);
  Names domains;
  for (const routing::Domain& domain : network.domains) domains.push_back(domain.name);
  Names connectors;
  for (const auto& connector : organisation.outbound) connectors.push_back(connector.name);
  const filter::KnownNames known{domains, addresses_, connectors};

  system::OrganisationRules& rules = landscape_->organisations.emplace_back();
  const Setting* filters = table.find("filter");
  const auto rule_tables = reader_.inner_tables(path, table, "rule");
  if (filters != nullptr || !rule_tables.empty()) {
    Setting none = make_table();
    none.place = table.place;
    const Setting& given = filters != nullptr && filters->table() != nullptr ? *filters : none;
    auto config = filter::resolve(reader_.params<filter::FilterParams>(path + ".filter", given),
                                  place(path + ".filter", given), known);
    for (const auto& [inner, rule] : rule_tables)
      config.rules.push_back(filter::resolve(reader_.params<filter::RuleParams>(inner, *rule),
                                             place(inner, *rule), known));
    for (std::uint32_t d = 0; d < network.domains.size(); ++d)
      if (network.is_registered(d, index)) config.registered.push_back(d);
    rules.filters.emplace(std::move(config));
  }
  const auto limits = [&]<class P>(std::string_view key, std::optional<P>& params) {
    const Setting* given = table.find(key);
    const std::string inner = path + "." + std::string(key);
    if (given != nullptr && given->table() == nullptr)
      place(path, table).report(key, "expected a table [" + inner + "]");
    if (given != nullptr && given->table() != nullptr) params = reader_.params<P>(inner, *given);
  };
  limits("user_limits", rules.limits.user);
  limits("tenant_limits", rules.limits.tenant);
  const auto group_tables = reader_.inner_tables(path, table, "group");
  Names& groups = group_names_.emplace_back();
  for (const auto& [inner, group] : group_tables)
    groups.push_back(inner.substr(inner.rfind('.') + 1));
  for (const auto& [inner, group] : group_tables)
    rules.groups.push_back(group::resolve(reader_.params<group::GroupParams>(inner, *group),
                                          place(inner, *group), domains, groups));
}

void ScenarioReader::read_tenants() {
  for (const auto& [name, table] : reader_.tables("tenants")) {
    const std::string path = "tenants." + name;
    const ParamsPlace at = place(path, *table);
    const auto p = reader_.params<tenants::TenantsParams>(path, *table);
    const auto addresses_of = [&](std::string_view key, const std::string& pool) {
      const std::uint32_t index = index_of(at, key, pool, pools_, "pool");
      return index < scenario_.world.pools.size() ? scenario_.world.pools[index].addresses
                                                  : std::vector<std::uint32_t>{};
    };
    const auto normal = addresses_of("pool", p.pool);
    const auto high_risk =
        p.high_risk_pool ? addresses_of("high_risk_pool", *p.high_risk_pool) : decltype(normal){};
    const std::uint32_t site = index_of(at, "site", p.site, sites_, "site");
    scenario_.world.tenants.push_back(
        {name, tenants::Tenants(p, normal, high_risk, scenario_.world.calendar), site});
  }
}

}  // namespace weir::experiments
