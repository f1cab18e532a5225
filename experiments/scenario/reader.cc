#include "experiments/scenario/reader.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "experiments/scenario/trace_feed.h"

namespace weir::experiments {
namespace {

/// "+09:00", "-05:30" as local time minus UTC.
std::optional<Duration> parse_offset(std::string_view text) {
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  int hours = 0;
  int minutes = 0;
  const auto read = [](std::string_view digits, int& out) {
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return result.ec == std::errc{} && result.ptr == digits.data() + digits.size();
  };
  if (!read(text.substr(1, 2), hours) || !read(text.substr(4, 2), minutes)) return std::nullopt;
  if (hours > 14 || minutes > 59) return std::nullopt;
  const Duration offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return text[0] == '-' ? -offset : offset;
}

/// The three leading numbers of an IPv4 address, or nothing.
std::optional<std::string> subnet_of(std::string_view ip) {
  std::size_t end = 0;
  std::string_view rest = ip;
  for (int part = 0; part < 4; ++part) {
    int value = 0;
    const auto result = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (result.ec != std::errc{} || value < 0 || value > 255) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(result.ptr - rest.data()));
    if (part == 2) end = static_cast<std::size_t>(result.ptr - ip.data());
    if (part < 3) {
      if (!rest.starts_with('.')) return std::nullopt;
      rest.remove_prefix(1);
    }
  }
  return rest.empty() ? std::optional(std::string(ip.substr(0, end))) : std::nullopt;
}

/// The number of `group` among those seen before, in order of appearance.
std::uint32_t number_of(std::vector<std::string>& groups, const std::string& group) {
  const auto found = std::find(groups.begin(), groups.end(), group);
  const auto index = static_cast<std::uint32_t>(found - groups.begin());
  if (found == groups.end()) groups.push_back(group);
  return index;
}

/// What a site knows of the server or client behind the address, its groups left out.
void set_client(throttle::AddressInfo& info, const AddressParams& p,
                std::vector<std::string>& users) {
  info.reverse = p.reverse;
  info.open_relay = p.open_relay;
  info.outdated = p.outdated;
  if (!p.authenticated_as.empty()) info.user = number_of(users, p.authenticated_as);
  info.mailbox = p.mailbox;
  info.may_send_as = p.sends_as.empty() || p.sends_as == p.authenticated_as ||
                     std::ranges::find(p.may_send_as, p.sends_as) != p.may_send_as.end();
  info.tls = p.tls;
  info.port = static_cast<std::uint16_t>(p.port);
}

/// Puts `values` at a dotted path of `root`, making tables on the way.
void put(Setting& root, const std::string& path, Setting values) {
  Setting* here = &root;
  std::string rest = path;
  for (std::size_t dot = rest.find('.'); dot != std::string::npos; dot = rest.find('.')) {
    const std::string key = rest.substr(0, dot);
    rest.erase(0, dot + 1);
    if (here->find(key) == nullptr) here->set(key, make_table());
    here = here->find(key);
  }
  if (Setting* old = here->find(rest)) {
    for (auto& [key, value] : *values.table()) old->set(key, std::move(value));
  } else {
    here->set(rest, std::move(values));
  }
}

}  // namespace

template <class P>
P ScenarioReader::params(const std::string& path, const Setting& table, Names other_keys) {
  P values = read_params<P>(place(path, table), std::move(other_keys));
  echo(path, echo_params(values));
  return values;
}

template <class Interface>
std::unique_ptr<Interface> ScenarioReader::model(
    std::span<const EntryOf<Interface>* const> catalogue, const std::string& path,
    const Setting& table, std::string_view key, std::string_view fallback) {
  const Setting* given = table.find(key);
  Setting named = make_table();
  named.place = given != nullptr ? given->place : table.place;
  Setting word;
  word.value = std::string(fallback);
  word.place = named.place;
  if (given != nullptr && given->string() != nullptr) word.value = *given->string();
  named.set(kModelKey, word);
  const Setting& full = given != nullptr && given->table() != nullptr ? *given : named;

  const std::string inner = path.empty() ? std::string(key) : path + "." + std::string(key);
  const ParamsPlace at = place(inner, full);
  const Setting* name = full.find(kModelKey);
  if (name == nullptr || name->string() == nullptr) {
    at.report(kModelKey, "name a model, such as model = \"" + std::string(fallback) + "\"");
    return nullptr;
  }
  const auto* entry = find_entry(catalogue, *name->string());
  if (entry == nullptr) {
    Names known;
    for (const auto* other : catalogue) known.emplace_back(other->name);
    at.report(kModelKey, "no such model" + suggestion(*name->string(), known));
    return nullptr;
  }
  const std::size_t before = problems_.size();
  auto made = entry->make(at);
  if (problems_.size() > before) return nullptr;
  Setting values = make_table();
  values.set(kModelKey, *name);
  const Setting effective = entry->echo(at);
  for (const auto& [k, v] : *effective.table()) values.set(k, v);
  echo(inner, std::move(values));
  return made;
}

std::uint32_t ScenarioReader::index_of(const ParamsPlace& at, std::string_view key,
                                       const std::string& name, const Names& names,
                                       std::string_view kind) {
  if (name.empty() && names.size() == 1) return 0;
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
  const std::string what(kind);
  at.report(key, name.empty() ? "name one of the " + what + "s" + suggestion("", names)
                              : "no such " + what + suggestion(name, names));
  return 0;
}

std::vector<std::pair<std::string, const Setting*>> ScenarioReader::tables(const std::string& key) {
  std::vector<std::pair<std::string, const Setting*>> found;
  const Setting* group = root_.find(key);
  if (group == nullptr) return found;
  if (group->table() == nullptr) {
    place("", root_).report(key, "expected tables such as [" + key + ".NAME]");
    return found;
  }
  for (const auto& [name, table] : *group->table()) {
    if (table.table() == nullptr) {
      place(key, *group).report(name, "expected a table [" + key + "." + name + "]");
    } else {
      found.emplace_back(name, &table);
    }
  }
  return found;
}

std::vector<std::pair<std::string, const Setting*>> ScenarioReader::inner_tables(
    const std::string& path, const Setting& table, const std::string& key) {
  std::vector<std::pair<std::string, const Setting*>> found;
  const Setting* group = table.find(key);
  if (group == nullptr) return found;
  if (group->table() == nullptr) {
    place(path, table).report(key, "expected tables [" + path + "." + key + ".NAME]");
    return found;
  }
  for (const auto& [name, given] : *group->table()) {
    if (given.table() == nullptr) {
      place(path + "." + key, *group).report(name, "expected a table");
    } else {
      found.emplace_back(path + "." + key + "." + name, &given);
    }
  }
  return found;
}

void ScenarioReader::echo(const std::string& path, Setting values) {
  if (path.empty()) {
    for (auto& [key, value] : *values.table()) scenario_.effective.set(key, std::move(value));
  } else {
    put(scenario_.effective, path, std::move(values));
  }
}

Scenario ScenarioReader::read(const StreamKey& key) {
  read_frame();
  read_addresses();
  for (const auto& [name, table] : tables("site")) sites_.push_back(name);
  for (const auto& [name, table] : tables("plan")) plans_.push_back(name);
  for (const auto& [name, table] : tables("source")) sources_.push_back(name);
  read_pools();
  read_sites();
  read_sources();
  read_notices();
  read_report();
  read_calendar();
  scenario_.world.key = key;
  scenario_.world.horizon = scenario_.frame.horizon;
  return std::move(scenario_);
}

void ScenarioReader::read_frame() {
  scenario_.frame = params<FrameParams>(
      "", root_,
      {"source", "plan", "address", "pool", "lane", "site", "notices", "variant", "ensemble"});
  // What the file extends is part of the effective scenario already.
  scenario_.effective.find("extends")->value = std::string();
}

void ScenarioReader::read_calendar() {
  const ParamsPlace at = place("", root_);
  const auto offset = parse_offset(scenario_.frame.utc_offset);
  if (!offset) {
    at.report("utc_offset", "expected hours and minutes, such as \"+09:00\"");
    return;
  }
  if (!scenario_.frame.start.empty()) {
    if (const auto calendar = Calendar::parse(scenario_.frame.start, *offset)) {
      scenario_.world.calendar = *calendar;
    } else {
      at.report("start", "expected a date such as \"2026-03-02\" or \"2026-03-02T08:30:00\"");
    }
  } else if (!has_start_) {
    scenario_.world.calendar = *Calendar::parse("2026-01-05", *offset);
  } else {
    scenario_.world.calendar = Calendar(scenario_.world.calendar.start(), *offset);
  }
}

void ScenarioReader::read_addresses() {
  Names subnets;
  Names domains;
  Names users;
  for (const auto& [name, table] : tables("address")) {
    const std::string path = "address." + name;
    const auto p = params<AddressParams>(path, *table);
    const auto subnet = p.ip.empty() ? std::optional("(" + name + ")") : subnet_of(p.ip);
    if (!subnet) place(path, *table).report("ip", "expected an IPv4 address such as \"192.0.2.1\"");
    AddressConfig config;
    config.name = name;
    config.info.subnet = number_of(subnets, subnet.value_or(""));
    config.info.domain = number_of(domains, p.domain.empty() ? "(" + name + ")" : p.domain);
    set_client(config.info, p, users);
    scenario_.world.addresses.push_back(config);
    addresses_.push_back(name);
  }
  if (addresses_.empty())
    problems_.push_back({root_.place, "address", "",
                         "a scenario needs at least one sending address: add [address.NAME]"});
}

LaneParams ScenarioReader::read_lane(PoolConfig& pool, const std::string& path,
                                     const Setting& table) {
  const auto lane = params<LaneParams>(path, table, {"retry"});
  pool.schedule = model(retry::catalogue(), path, table, "retry", "postfix");
  return lane;
}

void ScenarioReader::read_pools() {
  Setting only = make_table();
  only.place = root_.place;
  auto given = tables("pool");
  if (given.empty()) given.emplace_back("all", &only);
  for (const auto& [name, table] : given) {
    const std::string path = "pool." + name;
    const auto p = params<PoolParams>(path, *table, {"selection", "lane"});
    PoolConfig& pool = scenario_.world.pools.emplace_back();
    pool.name = name;
    pools_.push_back(name);
    for (const std::string& address : p.addresses)
      pool.addresses.push_back(
          index_of(place(path, *table), "addresses", address, addresses_, "address"));
    if (p.addresses.empty())
      for (std::uint32_t i = 0; i < addresses_.size(); ++i) pool.addresses.push_back(i);
    pool.selection = model(selection::catalogue(), path, *table, "selection", "round-robin");

    // A pool's own lane settings go on top of those that hold for all.
    const Setting* all = root_.find("lane");
    const Setting* own = table->find("lane");
    Setting lane = all != nullptr && all->table() != nullptr ? *all : make_table();
    if (own != nullptr && own->table() != nullptr)
      for (const auto& [key, value] : *own->table()) lane.set(key, value);
    pool.lane = read_lane(pool, own != nullptr ? path + ".lane" : "lane", lane);
  }
}

std::vector<NamedPolicy> ScenarioReader::read_policies(const std::string& path,
                                                       const Setting& table) {
  std::vector<NamedPolicy> policies;
  const Setting* group = table.find("throttle");
  if (group == nullptr) return policies;
  if (group->table() == nullptr || group->find(kModelKey) != nullptr) {
    place(path, table)
        .report("throttle", "a site may have several throttles: name them, as in [" + path +
                                ".throttle.NAME] with model = \"...\"");
    return policies;
  }
  for (const auto& [name, ignored] : *group->table())
    policies.push_back(
        {name, model(throttle::catalogue(), path + ".throttle", *group, name, "history-window")});
  return policies;
}

std::vector<Connector> ScenarioReader::read_connectors(const std::string& path,
                                                       const Setting& table) {
  std::vector<Connector> connectors;
  for (const auto& [inner, given] : inner_tables(path, table, "connector")) {
    Connector& connector = connectors.emplace_back();
    connector.params = params<ConnectorParams>(inner, *given);
    for (const std::string& address : connector.params.addresses)
      connector.addresses.push_back(
          index_of(place(inner, *given), "addresses", address, addresses_, "address"));
  }
  return connectors;
}

std::vector<Outage> ScenarioReader::read_outages(const std::string& path, const Setting& table) {
  std::vector<Outage> outages;
  for (const auto& [inner, given] : inner_tables(path, table, "outage"))
    outages.push_back(Outage::from_params(params<OutageParams>(inner, *given)));
  return outages;
}

void ScenarioReader::read_sites() {
  for (const auto& [name, table] : tables("site")) {
    const std::string path = "site." + name;
    const auto p = params<SiteParams>(path, *table, {"throttle", "connector", "outage"});
    auto policies = read_policies(path, *table);
    auto connectors = read_connectors(path, *table);
    auto outages = read_outages(path, *table);
    scenario_.world.sites.emplace_back(name, p, std::move(policies), std::move(connectors))
        .set_outages(std::move(outages));
  }
  if (sites_.empty())
    problems_.push_back(
        {root_.place, "site", "", "a scenario needs at least one receiving site: add [site.NAME]"});
}

void ScenarioReader::read_sources() {
  for (const auto& [name, table] : tables("source")) read_source(name, *table);
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
  SourceLinks::describe([&](std::string_view key, const auto&...) { others.emplace_back(key); });
  SourceConfig source;
  source.name = name;
  filter::ContentParams::describe(
      [&](std::string_view key, const auto&...) { others.emplace_back(key); });
  source.params = params<SourceParams>(path, table, others);
  SourceParams::describe([&](std::string_view key, const auto&...) { others.emplace_back(key); });
  source.content = params<filter::ContentParams>(path, table, others);
  const auto links = params<SourceLinks>(path, table, others);

  const ParamsPlace at = place(path, table);
  source.pool = index_of(at, "pool", links.pool, pools_, "pool");
  source.routes.front().hop = index_of(at, "site", links.site, sites_, "site");
  if (!links.after.empty()) source.after = index_of(at, "after", links.after, sources_, "source");
  source.arrivals = model(source::catalogue(), path, table, "arrivals", "campaign");
  source.size = model(size::catalogue(), path, table, "size", "lognormal-pareto");
  source.recipients = model(recipients::catalogue(), path, table, "recipients", "fixed");
  if (!links.plan.empty()) {
    index_of(at, "plan", links.plan, plans_, "plan");
    const std::size_t count =
        scenario_.world.pools.empty() ? 0 : scenario_.world.pools[source.pool].addresses.size();
    source.pacers = make_pacers(at, links.plan, count);
  }
  scenario_.world.sources.push_back(std::move(source));
  connect_feed(name, table);
}

/// One pacer for each address of the pool: a plan is a plan for an address.
std::vector<plan::Pacer> ScenarioReader::make_pacers(const ParamsPlace& at, const std::string& plan,
                                                     std::size_t count) {
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
  const auto params_of_pacer = params<plan::PacerParams>("plan." + plan, *table, curve_keys);
  for (std::size_t i = 0; i < count; ++i) {
    auto curve = model(plan::catalogue(), "plan", *plans, plan, "flat");
    if (curve == nullptr) return {};
    pacers.emplace_back(std::move(curve), params_of_pacer);
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

void ScenarioReader::read_notices() {
  const Setting* table = root_.find("notices");
  Setting none = make_table();
  const Setting& given = table != nullptr ? *table : none;
  if (given.table() == nullptr) {
    place("", root_).report("notices", "expected a table [notices]");
    return;
  }
  const auto p = params<NoticeParams>("notices", given);
  scenario_.world.notices.size = p.size;
  if (p.to == "local") return;
  Names targets = sites_;
  targets.emplace_back("local");
  const auto site = index_of(place("notices", given), "to", p.to, targets, "site");
  const auto pool =
      p.pool.empty() ? 0 : index_of(place("notices", given), "pool", p.pool, pools_, "pool");
  scenario_.world.notices.route = NoticeConfig::Route{.pool = pool, .hop = site};
}

void ScenarioReader::read_report() {
  if (scenario_.frame.report.empty() || sources_.empty()) return;
  scenario_.report =
      index_of(place("", root_), "report", scenario_.frame.report, sources_, "source");
}

}  // namespace weir::experiments
