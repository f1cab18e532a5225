#pragma once
/// A scenario run from its text, as the program runs it, with everything recorded.

#include <string>
#include <vector>

#include "experiments/scenario/scenario.h"
#include "tests/support/world_builder.h"

namespace weir::testing {

/// `assignments` as after --set: "lane.pause=5 min".
using Assignments = std::vector<std::string>;

/// The scenario, its unknowns drawn; every problem is a test failure.
experiments::Scenario scenario_of(const std::string& toml, const Assignments& assignments = {},
                                  const StreamKey& key = {});

/// Runs it to its horizon.
class ScenarioRun {
 public:
  explicit ScenarioRun(const std::string& toml, const Assignments& assignments = {});

  const World& world() const { return run_.world; }
  const Recording& record() const { return run_.record; }
  const SourceTotals& totals(std::size_t source = 0) const { return run_.totals(source); }
  const SourceTotals& notices() const { return run_.notices(); }

  /// How the address stands with the first site at the end.
  throttle::Standing standing(std::uint32_t address = 0) const;

  /// Recipients released in each of the first `days` days.
  std::vector<std::uint64_t> released_by_day(std::size_t days) const;

  /// Attempts that began in [from, to), by reply.
  std::uint64_t count(Reply reply, Duration from, Duration to) const;

 private:
  experiments::Scenario scenario_;  // its feeds outlive the world
  TestRun run_;
};

/// The lines of the two records of a run, headers left out.
struct TwoRecords {
  std::vector<std::string> sender_log;
  std::vector<std::string> receiver_trace;
};
TwoRecords two_records(const std::string& toml, const Assignments& assignments = {});

}  // namespace weir::testing
