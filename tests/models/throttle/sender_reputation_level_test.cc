// The numbers that are published: 20 messages, level 7 of 9, 24 hours, a profile that is deleted.

#include "tests/models/throttle/policy_driver.h"

namespace weir::testing {
namespace {

using throttle::AddressState;

/// `count` messages at `when`, all of which the filter calls spam.
void spam(PolicyDriver& site, int count, Duration when, std::uint32_t address = 0) {
  for (int i = 0; i < count; ++i) {
    ASSERT_TRUE(site.passes(when, 1, address)) << i;
    site.judged(when, {.recipients = 1, .spam = 1}, address);
  }
}

/// All spam, and that alone, gives level 7.
const Keys kSpamAlone{{"share_levels", 7.0}, {"recent_levels", 0.0}};

TEST(SenderReputationLevel, JudgesNobodyBeforeTwentyMessages) {
  PolicyDriver site("sender-reputation-level", kSpamAlone);
  spam(site, 20, 0h);
  EXPECT_EQ(site.reply(0h), Reply::sender_reputation);
  EXPECT_EQ(site.standing(0h).listings, 1U);
}

TEST(SenderReputationLevel, BlocksFromLevelSevenOn) {
  for (const auto& [levels, passes] : {std::pair(6.9, true), std::pair(7.0, false)}) {
    PolicyDriver site("sender-reputation-level",
                      {{"share_levels", levels}, {"recent_levels", 0.0}});
    spam(site, 20, 0h);
    EXPECT_EQ(site.passes(0h), passes) << levels;
  }
}

TEST(SenderReputationLevel, ABlockLastsTwentyFourHours) {
  PolicyDriver site("sender-reputation-level", kSpamAlone);
  spam(site, 20, 1h);
  ASSERT_FALSE(site.passes(2h));
  EXPECT_EQ(site.standing(26h - 1ns).state, AddressState::listed);
  EXPECT_FALSE(site.passes(26h - 1ns));
  EXPECT_TRUE(site.passes(26h));
}

TEST(SenderReputationLevel, TheProfileIsDeletedSoThatTheNextMessageDoesNotBlockAgain) {
  PolicyDriver site("sender-reputation-level", kSpamAlone);
  spam(site, 20, 0h);
  ASSERT_FALSE(site.passes(0h));
  spam(site, 20, 24h);
  EXPECT_FALSE(site.passes(24h)) << "20 messages later it does";
  EXPECT_EQ(site.standing(24h).listings, 2U);
}

TEST(SenderReputationLevel, TheBlockMayBeFromNoneToFortyEightHours) {
  EXPECT_EQ(throttle_problems("sender-reputation-level", {{"block", "48 h"}}), 0U);
  EXPECT_EQ(throttle_problems("sender-reputation-level", {{"block", "49 h"}}), 1U);
  PolicyDriver site("sender-reputation-level", {{"share_levels", 9.0}, {"block", "0 h"}});
  spam(site, 40, 0h);
}

TEST(SenderReputationLevel, TheShareOfSpamMakesLevels) {
  PolicyDriver site("sender-reputation-level", {{"share_levels", 9.0}, {"recent_levels", 0.0}});
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(site.passes(0h));
  site.judged(0h, {.recipients = 100, .spam = 77});
  EXPECT_TRUE(site.passes(0h)) << "0.77 x 9 is below 7";
  site.judged(0h, {.recipients = 10, .spam = 10});
  EXPECT_FALSE(site.passes(0h)) << "87 of 110";
}

TEST(SenderReputationLevel, TheNumberOfSpamInTheLastDayMakesLevels) {
  PolicyDriver site("sender-reputation-level",
                    {{"share_levels", 0.0}, {"recent_levels", 9.0}, {"recent_full", 90}});
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(site.passes(0h));
  site.judged(0h, {.recipients = 100'000, .spam = 60});
  EXPECT_TRUE(site.passes(23h));
  site.judged(23h, {.recipients = 100'000, .spam = 9});
  EXPECT_TRUE(site.passes(23h)) << "69 of 90";
  site.judged(24h, {.recipients = 100'000, .spam = 60});
  EXPECT_TRUE(site.passes(24h)) << "the first 60 are a day old";
  site.judged(24h, {.recipients = 100'000, .spam = 1});
  EXPECT_FALSE(site.passes(24h));
}

TEST(SenderReputationLevel, AnOpenRelayIsBlockedAsSoonAsItIsJudged) {
  PolicyDriver site("sender-reputation-level", {}, {{.open_relay = true}, {.reverse = false}});
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(site.passes(0h));
  EXPECT_FALSE(site.passes(0h));
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(site.passes(0h, 1, 1)) << "no reverse DNS is one level";
}

}  // namespace
}  // namespace weir::testing
