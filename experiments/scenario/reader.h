#pragma once
/// Turns the tables of a scenario into a world's configuration, noting every problem on the way.

#include "experiments/scenario/landscape_builder.h"
#include "experiments/scenario/scenario.h"
#include "experiments/scenario/table_reader.h"

namespace weir::experiments {

class ScenarioReader {
 public:
  ScenarioReader(const Setting& root, TraceCheck traces, Problems& problems)
      : root_(root),
        traces_(traces),
        problems_(problems),
        reader_(root, scenario_.effective, problems) {}

  Scenario read(const StreamKey& key);

 private:
  using Names = TableReader::Names;

  // reader.cc
  void read_frame();
  void read_calendar();
  void read_addresses();
  void read_pools();
  void read_warm(PoolConfig& pool, const ParamsPlace& at);
  void read_sites();
  void read_notices();
  void read_report();
  std::vector<NamedPolicy> read_policies(const std::string& path, const Setting& table);
  std::vector<Connector> read_connectors(const std::string& path, const Setting& table);
  std::vector<Outage> read_outages(const std::string& path, const Setting& table);
  LaneParams read_lane(PoolConfig& pool, const std::string& path, const Setting& table);
  std::unique_ptr<control::Controller> read_control(const std::string& path, const Setting& table);

  // reader_systems.cc
  void name_network();
  void read_systems();
  void read_system(const std::string& name, const Setting& table);
  void read_rules(std::uint32_t organisation);
  void read_tenants();

  // reader_sources.cc
  void read_sources();
  void read_source(const std::string& name, const Setting& table);
  void read_ways(SourceConfig& source, const ParamsPlace& at, const SourceLinks& links);
  std::vector<std::uint32_t> read_destinations(const ParamsPlace& at, const SourceLinks& links);
  SourceStart read_start(const SourceConfig& source, const ParamsPlace& at,
                         const SourceLinks& links);
  std::uint32_t domain_index(const ParamsPlace& at, std::string_view key, const std::string& name);
  std::uint32_t group_index(const ParamsPlace& at, std::uint32_t domain, const std::string& name);
  std::uint32_t mail_hop(const ParamsPlace& at, const system::Destination& destination);
  void check_followers();
  void connect_feed(const std::string& name, const Setting& table);
  std::vector<plan::Pacer> make_pacers(const ParamsPlace& at, const std::string& plan,
                                       const PoolConfig& pool);

  std::uint32_t index_of(const ParamsPlace& at, std::string_view key, const std::string& name,
                         const Names& names, std::string_view kind) {
    return reader_.index_of(at, key, name, names, kind);
  }
  ParamsPlace place(const std::string& path, const Setting& table) {
    return {table, path, problems_};
  }

  const Setting& root_;
  TraceCheck traces_;
  Problems& problems_;
  Scenario scenario_;
  TableReader reader_;
  std::shared_ptr<system::Landscape> landscape_ = std::make_shared<system::Landscape>();
  std::optional<LandscapeBuilder> landscape_builder_;
  Names addresses_, pools_, sites_, sources_, plans_, systems_;
  std::vector<Names> certificates_;  // by address
  Names forests_;                    // by site
  std::vector<Names> group_names_;   // by organisation
  bool has_start_ = false;
};

}  // namespace weir::experiments
