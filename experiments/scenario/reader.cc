#include "experiments/scenario/reader.h"

#include <algorithm>
#include <charconv>

#include "experiments/shaping/shaping.h"

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

/// Adds the keys that P describes.
/// What a site knows of the server or client behind the address, its groups left out.
void set_client(throttle::AddressInfo& info, const AddressParams& p,
                std::vector<std::string>& users) {
  info.reverse = p.reverse;
  info.open_relay = p.open_relay;
  info.outdated = p.outdated;
  for (const throttle::BlockList list : p.blocked)
    info.blocked[static_cast<std::size_t>(list)] = true;
  if (!p.authenticated_as.empty()) info.user = number_of(users, p.authenticated_as);
  info.mailbox = p.mailbox;
  info.may_send_as = p.sends_as.empty() || p.sends_as == p.authenticated_as ||
                     std::ranges::find(p.may_send_as, p.sends_as) != p.may_send_as.end();
  info.tls = p.tls;
  info.port = static_cast<std::uint16_t>(p.port);
}

}  // namespace

Scenario ScenarioReader::read(const StreamKey& key) {
  read_frame();
  read_addresses();
  for (const auto& [name, table] : reader_.tables("site")) sites_.push_back(name);
  for (const auto& [name, table] : reader_.tables("system")) systems_.push_back(name);
  for (const auto& [name, table] : reader_.tables("plan")) plans_.push_back(name);
  for (const auto& [name, table] : reader_.tables("source")) sources_.push_back(name);
  read_pools();
  read_sites();
  landscape_builder_.emplace(landscape_, scenario_.world);
  read_systems();
  read_sources();
  read_notices();
  read_report();
  read_calendar();
  read_tenants();
  if (problems_.empty()) {
    landscape_builder_->finish(Chance(key));
    scenario_.landscape = landscape_;
  }
  scenario_.world.key = key;
  scenario_.world.horizon = scenario_.frame.horizon;
  return std::move(scenario_);
}

void ScenarioReader::read_frame() {
  scenario_.frame = reader_.params<FrameParams>(
      "", root_,
      {"source", "plan", "address", "pool", "lane", "site", "notices", "variant", "ensemble",
       "system", "organisation", "domain", "tenants", "experiment", "tune"});
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
  for (const auto& [name, table] : reader_.tables("address")) {
    const std::string path = "address." + name;
    const auto p = reader_.params<AddressParams>(path, *table);
    const auto subnet = p.ip.empty() ? std::optional("(" + name + ")") : subnet_of(p.ip);
    if (!subnet) place(path, *table).report("ip", "expected an IPv4 address such as \"192.0.2.1\"");
    AddressConfig config;
    config.name = name;
    config.info.subnet = number_of(subnets, subnet.value_or(""));
    config.info.domain = number_of(domains, p.domain.empty() ? "(" + name + ")" : p.domain);
    set_client(config.info, p, users);
    scenario_.world.addresses.push_back(config);
    addresses_.push_back(name);
    certificates_.push_back(p.certificate);
  }
  if (addresses_.empty())
    problems_.push_back({root_.place, "address", "",
                         "a scenario needs at least one sending address: add [address.NAME]"});
}

LaneParams ScenarioReader::read_lane(PoolConfig& pool, const std::string& path,
                                     const Setting& table) {
  pool.control = read_control(path, table);
  Names others{"retry", "control"};
  add_keys<control::PauseParams>(others);
  const auto lane = reader_.params<LaneParams>(path, table, others);
  pool.schedule = reader_.model(retry::catalogue(), path, table, "retry", "postfix");
  return lane;
}

/// What paces a lane: a controller by name, or `pause`, whose settings may stand in [lane] itself.
std::unique_ptr<control::Controller> ScenarioReader::read_control(const std::string& path,
                                                                  const Setting& table) {
  const Setting* given = table.find("control");
  if (given == nullptr) {
    Names others{"retry"};
    add_keys<LaneParams>(others);
    return control::make_pause(reader_.params<control::PauseParams>(path, table, others));
  }
  Names own;
  add_keys<control::PauseParams>(own);
  for (const std::string& key : own)
    if (table.find(key) != nullptr)
      place(path, table)
          .report(key,
                  "is a setting of the controller `pause`: leave it out beside `control`, "
                  "whose model has its own");
  Setting lane = table;
  const Setting* model = given->find(kModelKey);
  const bool is_kumomta = model != nullptr && model->string() != nullptr &&
                          *model->string() == "kumomta" && names_shaping(*given);
  if (is_kumomta)
    lane.set("control", resolve_shaping(*given, path + ".control", problems_, scenario_.remarks));
  return reader_.model(control::catalogue(), path, lane, "control", "pause");
}

void ScenarioReader::read_pools() {
  Setting only = make_table();
  only.place = root_.place;
  auto given = reader_.tables("pool");
  if (given.empty()) given.emplace_back("all", &only);
  for (const auto& [name, table] : given) {
    const std::string path = "pool." + name;
    const auto p = reader_.params<PoolParams>(path, *table, {"selection", "lane"});
    PoolConfig& pool = scenario_.world.pools.emplace_back();
    pool.name = name;
    pools_.push_back(name);
    for (const std::string& address : p.addresses)
      pool.addresses.push_back(
          index_of(place(path, *table), "addresses", address, addresses_, "address"));
    if (p.addresses.empty())
      for (std::uint32_t i = 0; i < addresses_.size(); ++i) pool.addresses.push_back(i);
    pool.selection =
        reader_.model(selection::catalogue(), path, *table, "selection", "round-robin");
    if (pool.selection != nullptr) read_warm(pool, place(path, *table));

    // A pool's own lane settings go on top of those that hold for all.
    const Setting* all = root_.find("lane");
    const Setting* own = table->find("lane");
    Setting lane = all != nullptr && all->table() != nullptr ? *all : make_table();
    if (own != nullptr && own->table() != nullptr)
      for (const auto& [key, value] : *own->table()) lane.set(key, value);
    pool.lane = read_lane(pool, own != nullptr ? path + ".lane" : "lane", lane);
  }
}

/// Which addresses of the pool its selection keeps from plans.
void ScenarioReader::read_warm(PoolConfig& pool, const ParamsPlace& at) {
  for (const std::string& name : pool.selection->warm()) {
    const std::uint32_t address = index_of(at, "selection", name, addresses_, "address");
    if (std::ranges::find(pool.addresses, address) == pool.addresses.end())
      at.report("selection", "the address '" + name + "' is not in this pool: add it to addresses");
    pool.warm.push_back(address);
  }
  pool.selection->set_warm(pool.warm);
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
    policies.push_back({name, reader_.model(throttle::catalogue(), path + ".throttle", *group, name,
                                            "history-window")});
  return policies;
}

std::vector<Connector> ScenarioReader::read_connectors(const std::string& path,
                                                       const Setting& table) {
  std::vector<Connector> connectors;
  for (const auto& [inner, given] : reader_.inner_tables(path, table, "connector")) {
    Connector& connector = connectors.emplace_back();
    connector.params = reader_.params<ConnectorParams>(inner, *given);
    for (const std::string& address : connector.params.addresses)
      connector.addresses.push_back(
          index_of(place(inner, *given), "addresses", address, addresses_, "address"));
  }
  return connectors;
}

std::vector<Outage> ScenarioReader::read_outages(const std::string& path, const Setting& table) {
  std::vector<Outage> outages;
  for (const auto& [inner, given] : reader_.inner_tables(path, table, "outage"))
    outages.push_back(Outage::from_params(reader_.params<OutageParams>(inner, *given)));
  return outages;
}

void ScenarioReader::read_sites() {
  for (const auto& [name, table] : reader_.tables("site")) {
    const std::string path = "site." + name;
    const auto p = reader_.params<SiteParams>(
        path, *table, {"throttle", "connector", "outage", "system", "forest"});
    Names others{"throttle", "connector", "outage"};
    add_keys<SiteParams>(others);
    const auto links = reader_.params<SiteLinks>(path, *table, others);
    forests_.push_back(links.forest);
    auto policies = read_policies(path, *table);
    auto connectors = read_connectors(path, *table);
    auto outages = read_outages(path, *table);
    Site& site =
        scenario_.world.sites.emplace_back(name, p, std::move(policies), std::move(connectors));
    site.set_outages(std::move(outages));
    if (!links.system.empty())
      site.set_system(index_of(place(path, *table), "system", links.system, systems_, "system"));
  }
  if (sites_.empty())
    problems_.push_back(
        {root_.place, "site", "", "a scenario needs at least one receiving site: add [site.NAME]"});
}

void ScenarioReader::read_notices() {
  const Setting* table = root_.find("notices");
  Setting none = make_table();
  const Setting& given = table != nullptr ? *table : none;
  if (given.table() == nullptr) {
    place("", root_).report("notices", "expected a table [notices]");
    return;
  }
  const auto p = reader_.params<NoticeParams>("notices", given);
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
