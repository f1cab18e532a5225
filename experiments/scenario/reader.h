#pragma once
/// Turns the tables of a scenario into a world's configuration, noting every problem on the way.

#include <map>

#include "experiments/scenario/scenario.h"

namespace weir::experiments {

class ScenarioReader {
 public:
  ScenarioReader(const Setting& root, TraceCheck traces, Problems& problems)
      : root_(root), traces_(traces), problems_(problems) {}

  Scenario read(const StreamKey& key);

 private:
  using Names = std::vector<std::string>;

  void read_frame();
  void read_calendar();
  void read_addresses();
  void read_pools();
  void read_sites();
  void read_sources();
  void read_source(const std::string& name, const Setting& table);
  void read_notices();
  void read_report();
  void check_followers();
  void connect_feed(const std::string& name, const Setting& table);
  std::vector<plan::Pacer> make_pacers(const ParamsPlace& at, const std::string& plan,
                                       std::size_t count);
  std::vector<NamedPolicy> read_policies(const std::string& path, const Setting& table);
  std::vector<Connector> read_connectors(const std::string& path, const Setting& table);
  std::vector<Outage> read_outages(const std::string& path, const Setting& table);
  LaneParams read_lane(PoolConfig& pool, const std::string& path, const Setting& table);

  /// The described parameters at `path`, echoed into the effective scenario.
  template <class P>
  P params(const std::string& path, const Setting& table, Names other_keys = {});

  /// The model named in `table.key`, or `fallback`; null after a problem.
  template <class Interface>
  std::unique_ptr<Interface> model(std::span<const EntryOf<Interface>* const> catalogue,
                                   const std::string& path, const Setting& table,
                                   std::string_view key, std::string_view fallback);

  /// The index of `name` among `names`; the only one when `name` is empty. Reports what is wrong.
  std::uint32_t index_of(const ParamsPlace& at, std::string_view key, const std::string& name,
                         const Names& names, std::string_view kind);

  /// The named tables under `key`, none when it is absent; anything but tables is reported.
  std::vector<std::pair<std::string, const Setting*>> tables(const std::string& key);

  /// The named tables under `table.key`, each with its whole path; the same.
  std::vector<std::pair<std::string, const Setting*>> inner_tables(const std::string& path,
                                                                   const Setting& table,
                                                                   const std::string& key);

  void echo(const std::string& path, Setting values);
  ParamsPlace place(const std::string& path, const Setting& table) {
    return {table, path, problems_};
  }

  const Setting& root_;
  TraceCheck traces_;
  Problems& problems_;
  Scenario scenario_;
  Names addresses_, pools_, sites_, sources_, plans_;
  bool has_start_ = false;
};

}  // namespace weir::experiments
