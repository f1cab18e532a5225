#include "bench/harness/run.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace weir::bench {
namespace {

Measurement right(const Load&) { return {.ns = 1, .reference_ns = 2, .ratio = 0.5}; }

std::vector<Row> some_rows() {
  return {{.work = "hold", .n = 100, .measure = right},
          {.work = "hold", .n = 10'000, .occasion = Occasion::full, .measure = right},
          {.work = "a peer's hold", .n = 100, .occasion = Occasion::peers, .measure = right}};
}

std::vector<std::string> chosen(const Options& options) {
  std::vector<std::string> names;
  for (const Row& row : chosen_rows(some_rows(), options))
    names.push_back(row.work + " " + std::to_string(row.n));
  return names;
}

TEST(BenchRun, RunsLargeRowsAndPeersOnlyWhenAskedFor) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(chosen({}), (Names{"hold 100"}));
  EXPECT_EQ(chosen({.full = true}), (Names{"hold 100", "hold 10000"}));
  EXPECT_EQ(chosen({.peers = true}), (Names{"hold 100", "a peer's hold 100"}));
}

TEST(BenchRun, OnlySelectsByWorkAndSize) {
  EXPECT_EQ(chosen({.only = "^hold 1.*0$", .full = true}).size(), 2U);
  EXPECT_EQ(chosen({.only = "hold 100$", .full = true, .peers = true}).size(), 2U);
  EXPECT_THROW(chosen({.only = "hold 10000$"}), UsageError);
}

TEST(BenchRun, ATinyLoadIsSmallAndSaysSo) {
  Load seen{};
  const Row row{.work = "w", .n = 1'000'000, .tiny_n = 50, .measure = [&](const Load& load) {
                  seen = load;
                  return Measurement{};
                }};
  EXPECT_EQ(run_row(row, {.tiny = true}).row.n, 50U);
  EXPECT_EQ(seen.n, 50U);
  EXPECT_LE(seen.units(1'000'000), 1'000U);
  EXPECT_EQ(run_row(row, {}).row.n, 1'000'000U);
  EXPECT_EQ(seen.segments, 9);
  EXPECT_EQ(seen.units(1'000'000), 1'000'000U);
}

int exit_code(const std::vector<const char*>& arguments, const std::vector<Row>& rows) {
  return run(arguments, rows);
}

TEST(BenchRun, AWrongResultDecidesTheExitCode) {
  std::vector<Row> rows = some_rows();
  EXPECT_EQ(exit_code({}, rows), 0);
  rows[0].measure = [](const Load&) { return Measurement{.problem = "wrong"}; };
  EXPECT_EQ(exit_code({}, rows), 3);
}

TEST(BenchRun, ARowThatThrowsIsWrongAndTheOthersStillRun) {
  std::vector<Row> rows = some_rows();
  bool has_run = false;
  rows[0].measure = [](const Load&) -> Measurement { throw std::runtime_error("no such file"); };
  rows[1].measure = [&](const Load& load) {
    has_run = true;
    return right(load);
  };
  EXPECT_EQ(run_row(rows[0], {}).found.problem, "no such file");
  EXPECT_EQ(exit_code({"--full"}, rows), 3);
  EXPECT_TRUE(has_run);
}

TEST(BenchRun, AWrongArgumentOrFileRunsNothing) {
  std::vector<Row> rows = some_rows();
  rows[0].measure = [](const Load&) -> Measurement {
    ADD_FAILURE() << "it ran";
    return {};
  };
  EXPECT_EQ(exit_code({"--fast"}, rows), 1);
  EXPECT_EQ(exit_code({"--only", "nothing"}, rows), 1);
  EXPECT_EQ(exit_code({"--json", "/no/such/folder/rows.json"}, rows), 3);
  EXPECT_EQ(exit_code({"--help"}, rows), 0);
}

}  // namespace
}  // namespace weir::bench
