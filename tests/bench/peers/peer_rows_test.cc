/// Runs the rows of other engines tiny, each engine that is installed.

#include <cctype>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bench/harness/run.h"
#include "bench/rows.h"

namespace weir::bench {

/// How GoogleTest names a row.
static void PrintTo(const Row& row, std::ostream* out) { *out << row.work; }

namespace {

/// The smallest of each work: a tiny load makes all sizes alike.
std::vector<Row> works() {
  std::vector<Row> found;
  std::set<std::string> seen;
  for (const Row& row : all_rows())
    if (row.occasion == Occasion::peers && seen.insert(row.work).second) found.push_back(row);
  return found;
}

class EachPeer : public testing::TestWithParam<Row> {};

TEST_P(EachPeer, IsRightWhenTiny) {
  const Result result = run_row(GetParam(), {.tiny = true});
  if (!result.found.unavailable.empty()) GTEST_SKIP() << result.found.unavailable;
  EXPECT_EQ(result.found.problem, "");
  ASSERT_TRUE(result.found.ns);
  EXPECT_GT(*result.found.ns, 0);
}

std::string test_name(const testing::TestParamInfo<Row>& info) {
  std::string name;
  for (const char c : info.param.work)
    if (std::isalnum(static_cast<unsigned char>(c))) name.push_back(c);
  return name;
}

INSTANTIATE_TEST_SUITE_P(Bench, EachPeer, testing::ValuesIn(works()), test_name);

}  // namespace
}  // namespace weir::bench
