#include "bench/harness/report.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace weir::bench {
namespace {

Result with_ratio(double ratio) {
  return {{.work = "hold", .n = 100, .limits = {0.4, 0.3}, .measure = {}},
          {.ns = 100 * ratio, .reference_ns = 100, .ratio = ratio}};
}

std::string last_cell(const Result& result) {
  const std::string line = table_line(result);
  const std::size_t begin = table_head().find("holds");
  return line.substr(begin, line.find('\n') - begin);
}

TEST(BenchReport, SaysWhetherALimitHolds) {
  EXPECT_EQ(last_cell(with_ratio(0.41)), "NO");
  EXPECT_EQ(last_cell(with_ratio(0.40)), "yes");
  EXPECT_EQ(last_cell(with_ratio(0.30)), "yes, aim");
}

TEST(BenchReport, AWrongResultIsNeverFastEnough) {
  Result wrong = with_ratio(0.1);
  wrong.found.problem = "the mean is 11";
  EXPECT_EQ(last_cell(wrong), "WRONG");
  EXPECT_NE(table_line(wrong).find("\n    WRONG: the mean is 11\n"), std::string::npos);
}

TEST(BenchReport, NoLimitIsHeldAgainstATinyRun) {
  Result tiny = with_ratio(0.9);
  tiny.is_timed = false;
  EXPECT_EQ(last_cell(tiny), "");
  EXPECT_EQ(summary(std::vector{tiny}),
            "1 rows: 0 wrong; 0 of 0 with a limit are above what is required\n");
}

TEST(BenchReport, SumsUp) {
  Result wrong = with_ratio(0.2);
  wrong.found.problem = "wrong";
  EXPECT_EQ(summary(std::vector{with_ratio(0.5), with_ratio(0.1), wrong}),
            "3 rows: 1 wrong; 1 of 3 with a limit are above what is required\n");
}

TEST(BenchReport, FiguresStandUnderTheirRow) {
  Result result = with_ratio(0.5);
  result.found.figures = {{"mean time in system", 10.125, "s, expected 10"}};
  EXPECT_NE(table_line(result).find("\n    mean time in system: 10.125 s, expected 10\n"),
            std::string::npos);
}

TEST(BenchReport, JsonHasNullWhereThereIsNothing) {
  Result peer{{.work = "a \"peer\"", .n = 10'000'000, .measure = {}}, {}};
  peer.found.unavailable = "not installed";
  EXPECT_EQ(to_json(std::vector{with_ratio(0.25), peer}),
            R"({"rows": [
  {"work": "hold", "n": 100, "ns": 25, "reference_ns": 100, "ratio": 0.25, )"
            R"("required": 0.4, "aim": 0.3},
  {"work": "a \"peer\"", "n": 10000000, "ns": null, "reference_ns": null, "ratio": null, )"
            R"("required": null, "aim": null, "unavailable": "not installed"}
]}
)");
}

TEST(BenchReport, JsonHasTheFiguresOfARow) {
  Result result = with_ratio(0.5);
  result.found.figures = {{"resident size", 12.5, "MB"}, {"n of the reference", 100, ""}};
  const std::string json = to_json(std::vector{result});
  const std::string expected =
      R"("aim": 0.3, "figures": {"resident size, MB": 12.5, "n of the reference": 100}})";
  EXPECT_NE(json.find(expected), std::string::npos) << json;
}

}  // namespace
}  // namespace weir::bench
