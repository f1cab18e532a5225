#include "models/filter/params.h"

#include "models/filter/resolve.h"
#include "tests/models/make_model.h"

namespace weir::filter {
namespace {

using weir::testing::Keys;
using weir::testing::table_of;

const std::vector<std::string> kDomains{"a.example", "b.example"};
const std::vector<std::string> kAddresses{"new", "old"};
const std::vector<std::string> kConnectors{"partner"};
const KnownNames kKnown{kDomains, kAddresses, kConnectors};

/// The problems that a table of these keys has, its names included.
template <class Params>
std::vector<std::string> problems(const Keys& keys) {
  Problems found;
  const Setting table = table_of(keys);
  const ParamsPlace at{table, "it", found};
  resolve(read_params<Params>(at), at, kKnown);
  std::vector<std::string> texts;
  for (const Problem& problem : found) texts.push_back(problem.text());
  return texts;
}

void expect_problem(const std::vector<std::string>& found, const std::string& words) {
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].find(words), std::string::npos) << found[0];
}

using Strings = std::vector<std::string>;

TEST(FilterParams, HaveDefaultsWithoutProblems) {
  EXPECT_TRUE(problems<FilterParams>({}).empty());
  EXPECT_TRUE(problems<RuleParams>({}).empty());
}

TEST(FilterParams, NotifyUsersOnlyOfAQuarantine) {
  Setting yes;
  yes.value = true;
  Setting table = table_of({{"spam_action", "delete"}});
  table.set("user_notice", yes);
  Problems found;
  read_params<FilterParams>({table, "it", found});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].message.find("S4-36"), std::string::npos);
}

TEST(FilterParams, RedirectSomewhere) {
  expect_problem(problems<FilterParams>({{"spam_action", "redirect"}}), "name the domain");
}

TEST(FilterParams, AreSureOfNoLessThanSpam) {
  expect_problem(problems<FilterParams>({{"high_confidence_level", 4}}), "raise it");
}

TEST(FilterParams, WantFiveWeights) {
  expect_problem(problems<FilterParams>({{"clean_levels", std::vector<double>{1.0}}}), "five");
  expect_problem(problems<FilterParams>({{"clean_levels", std::vector<double>(5, 0.0)}}), "five");
}

TEST(FilterNames, BecomeIndices) {
  Problems found;
  const Setting table = make_table();
  FilterParams p;
  p.allow = {"old"};
  p.block = {"new", "old"};
  p.admin_notice = "b.example";
  const FilterConfig config = resolve(p, {table, "it", found}, kKnown);
  EXPECT_EQ(config.allow, (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(config.block, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(config.admin_notice, 1U);
  EXPECT_EQ(config.redirect_to, kNone);
}

TEST(FilterNames, ThatNobodyKnowsAreProblems) {
  expect_problem(problems<FilterParams>({{"allow", Strings{"olds"}}}), "did you mean 'old'");
  expect_problem(problems<RuleParams>({{"from", Strings{"c"}}}), "no such domain");
}

TEST(RuleParams, NameWhatTheirActionReadsAndNothingElse) {
  expect_problem(problems<RuleParams>({{"action", "route"}}), "needs it");
  expect_problem(problems<RuleParams>({{"action", "redirect"}}), "needs it");
  expect_problem(problems<RuleParams>({{"action", "set-scl"}}), "needs it");
  expect_problem(problems<RuleParams>({{"connector", "partner"}}), "take it out");
  expect_problem(problems<RuleParams>({{"action", "set-scl"}, {"scl", 10}}), "between");
}

TEST(RuleParams, BecomeIndices) {
  Problems found;
  const Setting table = make_table();
  RuleParams p;
  p.to = {"b.example"};
  p.connector = "partner";
  const Rule rule = resolve(p, {table, "it", found}, kKnown);
  EXPECT_EQ(rule.to, (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(rule.connector, 0U);
}

}  // namespace
}  // namespace weir::filter
