// Expressions over factors: what holds, and what is refused because its types do not fit.

#include "experiments/sweep/where.h"

#include <map>

#include <gtest/gtest.h>

namespace weir::experiments {
namespace {

Setting setting(auto value) {
  Setting s;
  s.value = std::move(value);
  return s;
}

const std::map<std::string, Setting, std::less<>>& factors() {
  static const std::map<std::string, Setting, std::less<>> all{
      {"days", setting(std::int64_t{15})},
      {"volume", setting(std::int64_t{90'000})},
      {"growth", setting(2.5)},
      {"window", setting(std::string("24 h"))},
      {"rate", setting(std::string("500/h"))},
      {"share", setting(std::string("10 %"))},
      {"mode", setting(std::string("closed"))},
      {"size", setting(std::string("25 MB"))},
      {"plan.warmup.on", setting(true)},
  };
  return all;
}

bool says(const std::string& expression) {
  return holds(expression, [](std::string_view name) -> const Setting* {
    const auto found = factors().find(name);
    return found == factors().end() ? nullptr : &found->second;
  });
}

std::string fault(const std::string& expression) {
  try {
    says(expression);
  } catch (const WhereError& error) {
    return error.what();
  }
  return "none";
}

TEST(Where, ComparesNumbers) {
  EXPECT_TRUE(says("days = 15"));
  EXPECT_TRUE(says("days == 15 and days <= 15 and days >= 15"));
  EXPECT_FALSE(says("days != 15"));
  EXPECT_FALSE(says("days < 15 or days > 15"));
  EXPECT_TRUE(says("growth > 2 and growth < 3e0"));
}

TEST(Where, BindsAsPeopleRead) {
  EXPECT_TRUE(says("1 + 2 * 3 = 7"));
  EXPECT_TRUE(says("(1 + 2) * 3 = 9"));
  EXPECT_TRUE(says("10 - 4 - 3 = 3"));
  EXPECT_TRUE(says("12 / 3 / 2 = 2"));
  EXPECT_TRUE(says("-2 * -3 = 6"));
  EXPECT_TRUE(says("true or true and false")) << "and before or";
  EXPECT_FALSE(says("not true or false")) << "not before or";
  EXPECT_TRUE(says("not days = 16")) << "not behind a comparison";
}

TEST(Where, KnowsUnits) {
  EXPECT_TRUE(says("window = \"1 d\""));
  EXPECT_TRUE(says("window > \"23.9 h\" and window + \"1 h\" = \"25 h\""));
  EXPECT_TRUE(says("rate = \"12000/d\""));
  EXPECT_TRUE(says("rate * window = 12000")) << "a rate for some time is a number";
  EXPECT_TRUE(says("volume / window = \"3750/h\""));
  EXPECT_TRUE(says("6000 / rate = \"12 h\""));
  EXPECT_TRUE(says("share * volume = 9000"));
  EXPECT_TRUE(says("2 * size = \"50 MB\" and size / \"5 MB\" = 5"));
  EXPECT_TRUE(says("mode = \"closed\" and plan.warmup.on"));
}

TEST(Where, RefusesWhatHasNoMeaningAndSaysAtWhichColumn) {
  EXPECT_NE(fault("window < 24").find("column 8: a duration is compared with a number"),
            std::string::npos)
      << fault("window < 24");
  EXPECT_NE(fault("mode < \"open\"").find("a word has no order"), std::string::npos);
  EXPECT_NE(fault("window + rate = 1").find("have no sum"), std::string::npos);
  EXPECT_NE(fault("window * window = 1").find("have no product"), std::string::npos);
  EXPECT_NE(fault("days / 0 = 1").find("division by zero"), std::string::npos);
  EXPECT_NE(fault("days").find("expected true or false, and this is a number"), std::string::npos);
  EXPECT_NE(fault("true and days").find("expected true or false"), std::string::npos);
  EXPECT_NE(fault("-mode = 1").find("only a number has a sign"), std::string::npos);
}

TEST(Where, LooksAtBothSidesSoThatAMistakeShowsAtOnce) {
  EXPECT_NE(fault("false and window < 24"), "none");
  EXPECT_NE(fault("true or window < 24"), "none");
}

TEST(Where, RefusesWhatIsNoExpression) {
  EXPECT_NE(fault("dys > 1").find("'dys' is no factor"), std::string::npos);
  EXPECT_NE(fault("window < 24h").find("stands in quotes"), std::string::npos);
  EXPECT_NE(fault("(days = 15").find("expected )"), std::string::npos);
  EXPECT_NE(fault("days = 15 days = 15").find("expected an operator"), std::string::npos);
  EXPECT_NE(fault("mode = \"closed").find("does not end"), std::string::npos);
  for (const char* text : {"", "and", "days =", "= 1", "days = = 1", "()", "\xff", "not"})
    EXPECT_NE(fault(text), "none") << text;
}

}  // namespace
}  // namespace weir::experiments
