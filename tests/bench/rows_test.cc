/// Runs every row of the table tiny, so that none rots and each result is checked.

#include "bench/rows.h"

#include <cctype>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bench/harness/run.h"

namespace weir::bench {

/// How GoogleTest names a row.
static void PrintTo(const Row& row, std::ostream* out) { *out << row.work; }

namespace {

/// The smallest of each work: a tiny load makes all sizes alike.
std::vector<Row> works() {
  std::vector<Row> found;
  std::set<std::string> seen;
  for (const Row& row : all_rows())
    if (row.occasion != Occasion::peers && seen.insert(row.work).second) found.push_back(row);
  return found;
}

class EachWork : public testing::TestWithParam<Row> {};

TEST_P(EachWork, IsRightWhenTiny) {
  const Result result = run_row(GetParam(), {.tiny = true});
  EXPECT_EQ(result.found.problem, "");
  EXPECT_EQ(result.found.unavailable, "");
  ASSERT_TRUE(result.found.ratio);
  EXPECT_GT(*result.found.ratio, 0);
}

std::string test_name(const testing::TestParamInfo<Row>& info) {
  std::string name;
  for (const char c : info.param.work)
    if (std::isalnum(static_cast<unsigned char>(c))) name.push_back(c);
  return name;
}

INSTANTIATE_TEST_SUITE_P(Bench, EachWork, testing::ValuesIn(works()), test_name);

TEST(Rows, HaveAnAimNotAboveWhatIsRequired) {
  for (const Row& row : all_rows()) {
    ASSERT_EQ(row.limits.required.has_value(), row.limits.aim.has_value()) << row.work;
    if (row.limits.required) {
      EXPECT_LE(*row.limits.aim, *row.limits.required) << row.work;
    }
  }
}

TEST(Rows, AreToldApartByWorkAndSize) {
  std::set<std::pair<std::string, std::uint64_t>> seen;
  for (const Row& row : all_rows()) EXPECT_TRUE(seen.emplace(row.work, row.n).second) << row.work;
}

}  // namespace
}  // namespace weir::bench
