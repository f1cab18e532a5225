#include "models/control/reply_set.h"

#include <gtest/gtest.h>

namespace weir::control {
namespace {

ReplySet matching(const std::string& pattern) {
  Problems problems;
  const ReplySet set = refusals_matching(pattern, {}, "it", problems);
  EXPECT_TRUE(problems.empty());
  return set;
}

bool has(const ReplySet& set, Reply reply) { return set.test(static_cast<std::size_t>(reply)); }

TEST(ReplySet, HoldsTheRefusalsWhoseCodeAndTextAPatternFinds) {
  const ReplySet busy = matching("Server busy\\. Please");
  EXPECT_TRUE(has(busy, Reply::throttled_busy));
  EXPECT_FALSE(has(busy, Reply::throttled_denied));
  const ReplySet code = matching("^451 4\\.7\\.500 ");
  EXPECT_TRUE(has(code, Reply::throttled_busy));
  EXPECT_TRUE(has(code, Reply::throttled_denied));
  EXPECT_FALSE(has(code, Reply::greylisted));
}

TEST(ReplySet, NeverHoldsAnAcceptance) {
  EXPECT_FALSE(has(matching(".*"), Reply::accepted));
  EXPECT_EQ(matching(".*").count(), kReplies - 1);
}

TEST(ReplySet, NamesThePlaceAndTheReasonOfAPatternItCannotTake) {
  Problems problems;
  refusals_matching("(?<=x)busy", {"shaping.toml", 7, 9}, "control.rules.regex", problems);
  ASSERT_EQ(problems.size(), 1U);
  const std::string text = problems[0].text();
  EXPECT_TRUE(text.starts_with("shaping.toml:7:9: control.rules.regex = \"(?<=x)busy\": ")) << text;
  EXPECT_NE(text.find("ECMAScript"), std::string::npos) << text;
}

TEST(ReplySet, JoinsAListOfPatterns) {
  Problems problems;
  const Setting list =
      ValueType<std::vector<std::string>>::setting({"Server busy", "Access denied, please"});
  const ReplySet set = refusals_matching(list, "it", problems);
  EXPECT_TRUE(has(set, Reply::throttled_busy) && has(set, Reply::throttled_denied));
  refusals_matching(ValueType<std::int64_t>::setting(5), "it", problems);
  refusals_matching(ValueType<std::vector<std::string>>::setting({}), "it", problems);
  EXPECT_EQ(problems.size(), 2U);
}

}  // namespace
}  // namespace weir::control
