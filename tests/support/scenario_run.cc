#include "tests/support/scenario_run.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "experiments/record/logs.h"
#include "experiments/run/simulate.h"
#include "experiments/scenario/document.h"

namespace weir::testing {

using namespace experiments;

Scenario scenario_of(const std::string& toml, const Assignments& assignments,
                     const StreamKey& key) {
  Document document = parse_document(toml, "test.toml", assignments);
  const Setting drawn = draw_receiver(document.root, {}, key.seed, key.receiver);
  Scenario scenario = build_scenario(drawn, key, TraceCheck::whole, document.problems);
  for (const Problem& problem : document.problems) ADD_FAILURE() << problem.text();
  if (!document.problems.empty()) throw std::invalid_argument("the scenario is not sound");
  return scenario;
}

ScenarioRun::ScenarioRun(const std::string& toml, const Assignments& assignments)
    : scenario_(scenario_of(toml, assignments)), run_(std::move(scenario_.world)) {
  run_.finish_at(scenario_.frame.horizon);
}

throttle::Standing ScenarioRun::standing(std::uint32_t address) const {
  return world().sites()[0].standing(address, world().now()).value();
}

std::vector<std::uint64_t> ScenarioRun::released_by_day(std::size_t days) const {
  std::vector<std::uint64_t> released(days);
  for (const ReleaseRecord& r : record().releases) {
    const auto day = static_cast<std::size_t>(r.now.time_since_epoch() / 24h);
    if (day < days) released[day] += r.recipients;
  }
  return released;
}

std::uint64_t ScenarioRun::count(Reply reply, Duration from, Duration to) const {
  std::uint64_t n = 0;
  for (const AttemptRecord& a : record().attempts)
    n += a.reply == reply && a.started >= at(from) && a.started < at(to) ? 1U : 0U;
  return n;
}

namespace {

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) lines.push_back(line);
  return lines;
}

}  // namespace

TwoRecords two_records(const std::string& toml, const Assignments& assignments) {
  Scenario scenario = scenario_of(toml, assignments);
  const std::filesystem::path folder = ::testing::TempDir();
  const auto& test = *::testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = std::string(test.test_suite_name()) + "." + test.name();
  const auto log = folder / (name + ".log.csv");
  const auto trace = folder / (name + ".trace.csv");
  const RunFileHead head{.path = {},
                         .command = {},
                         .title = {},
                         .calendar = scenario.world.calendar,
                         .grid = scenario.frame.grid,
                         .names = names_of(scenario.world),
                         .lanes = lanes_of(scenario.world)};
  Tally tally(scenario.world.sources.size() + 1);
  AttemptLogs logs(log.string(), trace.string(), head, tally);
  simulate(std::move(scenario), logs.recorder(), tally);
  logs.finish();
  TwoRecords records{lines_of(log), lines_of(trace)};
  std::filesystem::remove(log);
  std::filesystem::remove(trace);
  return records;
}

}  // namespace weir::testing
