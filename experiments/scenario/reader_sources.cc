// The sources of a scenario: what arrives, where it begins, whom it is for.

#include <filesystem>

#include "experiments/scenario/reader.h"
#include "experiments/scenario/trace_feed.h"

namespace weir::experiments {

void ScenarioReader::read_sources() {
  for (const auto& [name, table] : reader_.tables("source")) read_source(name, *table);
  if (sources_.empty())
    problems_.push_back({root_.place, "source", "",
                         "a scenario needs at least one source of mail: add [source.NAME]"});
  if (sources_.size() > 60'000)
    problems_.push_back({root_.place, "source", "", "at most 60,000 sources"});
  check_followers();
}

void ScenarioReader::read_source(const std::string& name, const Setting& table) {
  const std::string path = "source." + name;
  Names others{"arrivals", "size", "recipients"};
  add_keys<SourceLinks>(others);
  SourceConfig source;
  source.name = name;
  add_keys<filter::ContentParams>(others);
  source.params = reader_.params<SourceParams>(path, table, others);
  add_keys<SourceParams>(others);
  source.content = reader_.params<filter::ContentParams>(path, table, others);
  const auto links = reader_.params<SourceLinks>(path, table, others);

  const ParamsPlace at = place(path, table);
  read_ways(source, at, links);
  if (!links.after.empty()) source.after = index_of(at, "after", links.after, sources_, "source");
  source.arrivals = reader_.model(source::catalogue(), path, table, "arrivals", "campaign");
  source.size = reader_.model(size::catalogue(), path, table, "size", "lognormal-pareto");
  source.recipients = reader_.model(recipients::catalogue(), path, table, "recipients", "fixed");
  if (!links.plan.empty() && source.start) {
    at.report("plan", "a plan holds mail of a pool; this source begins inside a system");
  } else if (!links.plan.empty()) {
    index_of(at, "plan", links.plan, plans_, "plan");
    if (!scenario_.world.pools.empty())
      source.pacers = make_pacers(at, links.plan, scenario_.world.pools[source.pool]);
  }
  scenario_.world.sources.push_back(std::move(source));
  connect_feed(name, table);
}

/// Where the mail of a source begins, and whom it is for. A site that is named comes before what
/// the MX says (S4-88).
void ScenarioReader::read_ways(SourceConfig& source, const ParamsPlace& at,
                               const SourceLinks& links) {
  if (!links.from.empty()) source.from = domain_index(at, "from", links.from);
  if (source.from != Mail::kNone)
    source.reply_to = landscape_builder_->destination({.domains = {source.from}});
  const std::vector<std::uint32_t> destinations = read_destinations(at, links);
  if (!links.shares.empty() && links.shares.size() != destinations.size())
    at.report("shares", "give one for each of `to`, or none");

  const bool inside = !links.system.empty();
  if (inside) {
    source.start = read_start(source, at, links);
    if (destinations.empty())
      at.report("to", "name the domains it is for: its system routes by them");
  } else {
    source.pool = index_of(at, "pool", links.pool, pools_, "pool");
  }
  const bool by_dns = !inside && !destinations.empty() && links.site.empty();
  if (!inside && !by_dns)
    source.routes.front().hop = index_of(at, "site", links.site, sites_, "site");
  for (std::size_t i = 0; i < destinations.size(); ++i) {
    if (i > 0) source.routes.push_back(source.routes.front());
    SourceRoute& route = source.routes.back();
    route.destination = destinations[i];
    if (i < links.shares.size()) route.share = links.shares[i];
    if (by_dns) route.hop = mail_hop(at, scenario_.world.destinations[destinations[i]]);
  }
}

std::uint32_t ScenarioReader::mail_hop(const ParamsPlace& at,
                                       const system::Destination& destination) {
  const auto hop = landscape_builder_->mail_hop(destination.domains.front());
  if (!hop)
    at.report("to", "'" + landscape_->network.domains[destination.domains.front()].name +
                        "' has no mx and no a: name a site, or give the domain one");
  return hop.value_or(0);
}

std::uint32_t ScenarioReader::domain_index(const ParamsPlace& at, std::string_view key,
                                           const std::string& name) {
  const std::uint32_t index = landscape_->network.domain(name);
  if (index != Mail::kNone) return index;
  Names known;
  for (const routing::Domain& domain : landscape_->network.domains) known.push_back(domain.name);
  at.report(key, "no such domain" + suggestion(name, known) + "; add [domain.\"" + name + "\"]");
  return Mail::kNone;
}

/// Each of `to` as a destination, or all of them as one.
std::vector<std::uint32_t> ScenarioReader::read_destinations(const ParamsPlace& at,
                                                             const SourceLinks& links) {
  std::vector<system::Destination> read;
  for (const std::string& to : links.to) {
    const std::size_t sign = to.find('@');
    const std::uint32_t domain =
        domain_index(at, "to", sign == std::string::npos ? to : to.substr(sign + 1));
    if (domain == Mail::kNone) continue;
    system::Destination& destination = read.emplace_back();
    destination.domains = {domain};
    if (sign != std::string::npos) destination.group = group_index(at, domain, to.substr(0, sign));
  }
  if (links.together && read.size() > 1) {
    for (std::size_t i = 1; i < read.size(); ++i)
      read.front().domains.push_back(read[i].domains.front());
    read.resize(1);
  }
  std::vector<std::uint32_t> indices;
  for (system::Destination& destination : read)
    indices.push_back(landscape_builder_->destination(std::move(destination)));
  return indices;
}

std::uint32_t ScenarioReader::group_index(const ParamsPlace& at, std::uint32_t domain,
                                          const std::string& name) {
  const std::uint32_t organisation = landscape_->network.domains[domain].organisation;
  const Names known = organisation == Mail::kNone ? Names{} : group_names_[organisation];
  return index_of(at, "to", name, known, "group");
}

SourceStart ScenarioReader::read_start(const SourceConfig& source, const ParamsPlace& at,
                                       const SourceLinks& links) {
  SourceStart start;
  const routing::Network& network = landscape_->network;
  start.system = index_of(at, "system", links.system, systems_, "system");
  if (!links.organisation.empty()) {
    Names names;
    for (const routing::Organisation& o : network.organisations) names.push_back(o.name);
    start.organisation = index_of(at, "organisation", links.organisation, names, "organisation");
  } else if (start.system < network.systems.size()) {
    start.organisation = network.home(start.system, source.from);
    if (start.organisation == Mail::kNone && !network.systems[start.system].organisations.empty())
      at.report("organisation",
                "say whose users write it: name an organisation of the system, or "
                "`from`, one of its domains");
  }
  return start;
}

/// One pacer for each address of the pool: a plan is a plan for an address. That of a warm one
/// holds nothing, ever.
std::vector<plan::Pacer> ScenarioReader::make_pacers(const ParamsPlace& at, const std::string& plan,
                                                     const PoolConfig& pool) {
  std::vector<plan::Pacer> pacers;
  const Setting* plans = root_.find("plan");
  const Setting* table = plans != nullptr ? plans->find(plan) : nullptr;
  if (table == nullptr) return pacers;
  if (table->table() == nullptr) {
    at.report("plan", "the plan is no table: write [plan." + plan + "] with model = \"...\"");
    return pacers;
  }
  Names curve_keys;
  for (const auto& [key, value] : *table->table()) curve_keys.push_back(key);
  const auto params_of_pacer =
      reader_.params<plan::PacerParams>("plan." + plan, *table, curve_keys);
  const Setting none = make_table();
  for (const std::uint32_t address : pool.addresses) {
    const bool warm = std::ranges::find(pool.warm, address) != pool.warm.end();
    auto curve = warm ? find_entry(plan::catalogue(), "all-at-once")->make(place("plan", none))
                      : reader_.model(plan::catalogue(), "plan", *plans, plan, "flat");
    if (curve == nullptr) return {};
    pacers.emplace_back(std::move(curve), warm ? plan::PacerParams{.hold = 0s} : params_of_pacer);
  }
  return pacers;
}

void ScenarioReader::check_followers() {
  for (std::size_t i = 0; i < scenario_.world.sources.size(); ++i) {
    std::size_t steps = 0;
    for (auto next = scenario_.world.sources[i].after;
         next && *next < scenario_.world.sources.size();
         next = scenario_.world.sources[*next].after)
      if (++steps > sources_.size()) {
        const Setting& table = *root_.find("source")->find(sources_[i]);
        place("source." + sources_[i], table)
            .report("after", "sources wait for each other in a circle: none would ever begin");
        break;
      }
  }
}

void ScenarioReader::connect_feed(const std::string& name, const Setting& table) {
  auto& arrivals = scenario_.world.sources.back().arrivals;
  if (arrivals == nullptr || arrivals->feed_file().empty()) return;
  const Setting& given = *table.find("arrivals");
  const Setting* file = given.find("file");
  const auto folder =
      std::filesystem::path(file != nullptr ? file->place.file : given.place.file).parent_path();
  const std::string path = (folder / std::string(arrivals->feed_file())).string();
  try {
    if (traces_ == TraceCheck::whole) check_trace(path);
    auto feed = std::make_unique<TraceFeed>(path);
    if (!has_start_)
      scenario_.world.calendar = Calendar(feed->start().time_since_epoch().count(), Duration{});
    has_start_ = true;
    arrivals->connect(*feed);
    scenario_.feeds.push_back(std::move(feed));
  } catch (const TraceError& error) {
    place("source." + name + ".arrivals", given).report("file", error.what());
  }
}

}  // namespace weir::experiments
