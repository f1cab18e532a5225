#include <gtest/gtest.h>

#include "tests/support/receiver.h"

namespace weir::testing {
namespace {

using throttle::AddressInfo;
using throttle::AddressState;
using throttle::Attempt;
using throttle::Verdict;

// Limits.

TEST(HistoryWindow, ANewAddressMaySendItsProbationADay) {
  for (const std::uint32_t daily : {3000U, 6000U}) {  // V/30 and V/15 of 90,000 (S4-64, S4-65)
    Receiver strict = receiver_with({{"probation", std::to_string(daily - 1) + "/d"}});
    Receiver enough = receiver_with({{"probation", std::to_string(daily) + "/d"}});
    EXPECT_FALSE(strict.day_passes(0, daily));
    for (int day = 0; day < 30; ++day) EXPECT_TRUE(enough.day_passes(day, daily)) << day;
    EXPECT_EQ(enough.standing(30 * 24h).windows, 0U);
  }
}

TEST(HistoryWindow, VolumeIsRollingAndKnowsNoMidnight) {
  Receiver receiver =
      receiver_with({{"probation", "100/d"}, {"hour_share", "100 %"}, {"growth", 1}});
  ASSERT_TRUE(receiver.passes(12h, 100));
  EXPECT_FALSE(receiver.passes(25h, 1)) << "a midnight has passed, 24 hours have not";
  Receiver another =
      receiver_with({{"probation", "100/d"}, {"hour_share", "100 %"}, {"growth", 1}});
  ASSERT_TRUE(another.passes(12h, 100));
  EXPECT_TRUE(another.passes(36h, 100));
}

TEST(HistoryWindow, AnHourMayUseItsShareOfTheLimit) {
  Receiver receiver = receiver_with({{"probation", "1000/d"}});
  EXPECT_TRUE(receiver.passes(0h, 250));
  EXPECT_TRUE(receiver.passes(1h, 250));
  EXPECT_FALSE(receiver.passes(1h + 59min, 1));
}

TEST(HistoryWindow, RefusedAttemptsNeverCount) {
  Receiver receiver =
      receiver_with({{"probation", "100/d"}, {"hour_share", "100 %"}, {"listing_windows", 5}});
  ASSERT_FALSE(receiver.passes(0h, 101));
  for (int i = 0; i < 1000; ++i) ASSERT_FALSE(receiver.passes(1h, 100));
  EXPECT_TRUE(receiver.passes(24h, 100)) << "the whole limit is there when the window is over";
}

TEST(HistoryWindow, OnlyAcceptedRecipientsCount) {
  Receiver receiver = receiver_with({{"probation", "100/d"}, {"hour_share", "100 %"}});
  Draw unused(0, Purpose{}, 0, 0);
  const Attempt attempt{.recipients = 100};
  ASSERT_TRUE(receiver.policy().admit(attempt, unused).accepts());
  receiver.policy().accepted(attempt, 40);
  EXPECT_TRUE(receiver.passes(0h, 60));
  EXPECT_FALSE(receiver.passes(0h, 1));
}

TEST(HistoryWindow, TheLimitIsAMultipleOfTheBaseline) {
  // 100 and 200 in two days, halving each day: (100 / 4 + 200 / 2) / (3 / 4) = 166.7; times 3: 500.
  const Keys keys{{"probation", "200/d"}, {"half_life", "1 d"}, {"hour_share", "100 %"}};
  for (const auto& [third, passes] : {std::pair(500U, true), std::pair(501U, false)}) {
    Receiver receiver(keys);
    ASSERT_TRUE(receiver.passes(0h, 100));
    ASSERT_TRUE(receiver.passes(24h, 200));
    EXPECT_EQ(receiver.passes(48h, third), passes);
  }
}

// Windows.

TEST(HistoryWindow, AClosedWindowRefusesEverythingUntilItsEnd) {
  Receiver receiver = receiver_with({{"probation", "100/d"}});
  const Verdict opening = receiver.attempt({.now = at(1h), .recipients = 101});
  EXPECT_EQ(opening.reply, Reply::throttled_denied);
  EXPECT_EQ(opening.retry_at, at(25h));
  EXPECT_EQ(opening.wake_at, at(25h));
  EXPECT_FALSE(receiver.passes(25h - 1ns, 1));
  EXPECT_TRUE(receiver.passes(25h, 1));
}

TEST(HistoryWindow, ATrickleLetsItsRateThrough) {
  Receiver receiver = receiver_with({{"probation", "100/d"}, {"in_window", "trickle"}});
  const Verdict opening = receiver.attempt({.now = at(1h), .recipients = 101});
  EXPECT_EQ(opening.reply, Reply::throttled_busy);
  EXPECT_EQ(opening.retry_at, at(1h + 1min)) << "60/h";
  EXPECT_FALSE(receiver.passes(1h + 1min - 1ns, 1));
  EXPECT_TRUE(receiver.passes(1h + 1min, 3));
  const Verdict next = receiver.attempt({.now = at(1h + 2min)});
  EXPECT_EQ(next.retry_at, at(1h + 4min)) << "three recipients use three slots";
  EXPECT_TRUE(receiver.passes(1h + 4min, 1));
}

TEST(HistoryWindow, ATrickleNeverExceedsItsRateInAnySpan) {
  Receiver receiver = receiver_with({{"probation", "100/d"}, {"in_window", "trickle"}});
  ASSERT_FALSE(receiver.passes(0h, 101));
  std::vector<Duration> passed;
  Draw gap(1, Purpose{}, 7, 0);
  for (Duration t{0}; t < 24h; t += Duration{gap.below(40'000'000'000)})
    if (receiver.passes(t, 1)) passed.push_back(t);
  ASSERT_GT(passed.size(), 1000U);
  for (std::size_t i = 0; i < passed.size(); ++i)
    for (std::size_t j = i; j < passed.size(); ++j)
      ASSERT_LE(static_cast<Duration::rep>(j - i), (passed[j] - passed[i]) / 1min);
}

TEST(HistoryWindow, WhatATricklePassesIsHistory) {
  Receiver receiver = receiver_with(
      {{"probation", "100/d"}, {"growth", 1}, {"in_window", "trickle"}, {"hour_share", "100 %"}});
  ASSERT_FALSE(receiver.passes(0h, 101));
  for (int minute = 1; minute <= 60; ++minute) ASSERT_TRUE(receiver.passes(minute * 1min, 1));
  ASSERT_TRUE(receiver.passes(23h + 30min, 60));
  // The baseline is 120; the 59 of the first hour have left the volume, 1 and 60 remain.
  EXPECT_TRUE(receiver.passes(24h, 59));
  EXPECT_FALSE(receiver.passes(24h, 1));
}

TEST(HistoryWindow, RetryAtIsTheFirstInstantAtWhichAnAttemptPasses) {
  for (const char* kind : {"closed", "trickle"}) {
    Receiver receiver = receiver_with({{"probation", "100/d"}, {"in_window", kind}});
    Verdict verdict = receiver.attempt({.now = at(5h), .recipients = 26});
    for (int i = 0; i < 20; ++i) {
      EXPECT_FALSE(receiver.passes(verdict.retry_at.time_since_epoch() - 1ns, 1));
      EXPECT_TRUE(receiver.passes(verdict.retry_at.time_since_epoch(), 1));
      verdict = receiver.attempt({.now = verdict.retry_at, .recipients = 26});
      if (verdict.reply == Reply::banned_address) break;
    }
  }
}

TEST(HistoryWindow, AKeptHistoryKeepsItsLimitAndADeletedOneBeginsAgain) {
  for (const auto& [after, limit] : {std::pair("kept", 3000U), std::pair("deleted", 1000U)}) {
    for (const std::uint32_t more : {0U, 1U}) {
      Receiver receiver = receiver_with(
          {{"probation", "1000/d"}, {"hour_share", "100 %"}, {"after_window", after}});
      for (int day = 0; day < 5; ++day) ASSERT_TRUE(receiver.passes(day * 24h, 1000));
      ASSERT_FALSE(receiver.passes(5 * 24h, 3001));
      EXPECT_EQ(receiver.passes(6 * 24h, limit + more), more == 0) << after;
    }
  }
}

TEST(HistoryWindow, ADeletedHistoryMakesTheAddressNew) {
  for (const auto& [after, state] :
       {std::pair("kept", AddressState::known), std::pair("deleted", AddressState::fresh)}) {
    Receiver receiver = receiver_with({{"probation", "100/d"}, {"after_window", after}});
    EXPECT_EQ(receiver.state(0h), AddressState::fresh);
    ASSERT_TRUE(receiver.passes(0h, 25));
    EXPECT_EQ(receiver.state(0h), AddressState::known);
    ASSERT_FALSE(receiver.passes(0h, 25));
    EXPECT_EQ(receiver.state(24h - 1ns), AddressState::throttled);
    EXPECT_EQ(receiver.state(24h), state);
  }
}

TEST(HistoryWindow, WindowsAndTheirHoursAreCounted) {
  Receiver receiver = receiver_with({{"probation", "100/d"}});
  ASSERT_FALSE(receiver.passes(0h, 101));
  ASSERT_FALSE(receiver.passes(30h, 101));
  EXPECT_EQ(receiver.standing(31h).windows, 2U);
  EXPECT_EQ(receiver.standing(31h).throttled, 25h);
}

// Exemption: S4-57, S4-58, S4-59, S4-61 and acceptance vector V7. The site says who is exempt; a
// partner connector never makes it say so (S4-61).

TEST(HistoryWindow, AConnectorAddedWhileThrottledDoesNotEndTheWindow) {
  Receiver receiver = receiver_with({{"probation", "100/d"}});
  ASSERT_FALSE(receiver.passes(0h, 101));
  EXPECT_FALSE(receiver.attempt({.now = at(12h), .exempt = true}).accepts()) << "S4-59";
  EXPECT_FALSE(receiver.attempt({.now = at(24h - 1ns), .exempt = true}).accepts()) << "S4-57";
  EXPECT_TRUE(receiver.attempt({.now = at(24h), .recipients = 5000, .exempt = true}).accepts());
}

TEST(HistoryWindow, AConnectorAddedBeforeTheBurstPreventsTheWindow) {
  Receiver receiver = receiver_with({{"probation", "100/d"}});
  EXPECT_TRUE(receiver.attempt({.now = at(0h), .recipients = 90'000, .exempt = true}).accepts())
      << "S4-58";
  EXPECT_EQ(receiver.standing(1h).windows, 0U);
}

TEST(HistoryWindow, WithoutAnExemptionTheSameBurstIsThrottled) {
  Receiver receiver = receiver_with({{"probation", "100/d"}});
  EXPECT_FALSE(receiver.passes(0h, 90'000)) << "S4-61: the partner type";
}

TEST(HistoryWindow, ExemptMailIsHistory) {
  Receiver receiver = receiver_with({{"probation", "100/d"}, {"hour_share", "100 %"}});
  ASSERT_TRUE(receiver.attempt({.now = at(0h), .recipients = 1000, .exempt = true}).accepts());
  EXPECT_FALSE(receiver.passes(23h, 1)) << "it fills the limit";
  Receiver later = receiver_with({{"probation", "100/d"}, {"hour_share", "100 %"}});
  ASSERT_TRUE(later.attempt({.now = at(0h), .recipients = 1000, .exempt = true}).accepts());
  EXPECT_TRUE(later.passes(24h, 3000)) << "and lifts the baseline";
}

// Listings.

TEST(HistoryWindow, TheThirdWindowWithinSevenDaysListsUntilDelisted) {
  Receiver receiver =
      receiver_with({{"probation", "100/d"}, {"request_after", "10 h"}, {"delist_time", "5 h"}});
  ASSERT_FALSE(receiver.passes(0h, 101));
  ASSERT_FALSE(receiver.passes(48h, 101));
  const Verdict third = receiver.attempt({.now = at(150h), .recipients = 101});
  EXPECT_EQ(third.reply, Reply::banned_address);
  EXPECT_EQ(third.wake_at, at(165h));
  EXPECT_EQ(receiver.attempt({.now = at(165h - 1ns)}).reply, Reply::banned_address);
  EXPECT_EQ(receiver.state(165h), AddressState::fresh);
  EXPECT_TRUE(receiver.passes(165h, 25));
  EXPECT_EQ(receiver.standing(166h).listings, 1U);
}

TEST(HistoryWindow, TheThirdWindowInEightDaysDoesNotList) {
  Receiver receiver = receiver_with({{"probation", "100/d"}});
  ASSERT_FALSE(receiver.passes(0h, 101));
  ASSERT_FALSE(receiver.passes(96h, 101));
  EXPECT_EQ(receiver.attempt({.now = at(192h), .recipients = 101}).reply, Reply::throttled_denied);
}

TEST(HistoryWindow, DelistingDeletesHistoryAndReputation) {
  Receiver receiver =
      receiver_with({{"probation", "1000/d"}, {"hour_share", "100 %"}, {"listing_windows", 1}});
  ASSERT_TRUE(receiver.passes(0h, 1000));
  receiver.policy().judged(at(0h), 0, {.recipients = 1000, .spam = 100});
  ASSERT_FALSE(receiver.passes(30h, 5000));
  EXPECT_LT(receiver.standing(77h).reputation, 60.0);
  EXPECT_EQ(receiver.state(78h), AddressState::fresh);
  EXPECT_DOUBLE_EQ(receiver.standing(78h).reputation, 70.0);
  EXPECT_FALSE(receiver.passes(78h, 1001)) << "the baseline is gone";
}

TEST(HistoryWindow, WhoNeverAsksStaysListed) {
  Receiver receiver =
      receiver_with({{"probation", "100/d"}, {"listing_windows", 1}, {"request_after", "none"}});
  const Verdict verdict = receiver.attempt({.now = at(0h), .recipients = 101});
  EXPECT_EQ(verdict.reply, Reply::banned_address);
  EXPECT_EQ(verdict.wake_at, kNever);
  EXPECT_FALSE(receiver.passes(365 * 24h, 1));
}

TEST(HistoryWindow, ExemptionDoesNotLiftAListing) {
  Receiver receiver = receiver_with({{"probation", "100/d"}, {"listing_windows", 1}});
  ASSERT_FALSE(receiver.passes(0h, 101));
  EXPECT_EQ(receiver.attempt({.now = at(1h), .exempt = true}).reply, Reply::banned_address);
}

// Waking.

TEST(HistoryWindow, WakesAtTheEndOfEachWindowInTheirOrder) {
  Receiver receiver = receiver_with({{"probation", "100/d"}}, {{1, 1}, {2, 2}});
  EXPECT_EQ(receiver.attempt({.now = at(0h), .address = 1, .recipients = 101}).wake_at, at(24h));
  EXPECT_EQ(receiver.attempt({.now = at(6h), .address = 0, .recipients = 101}).wake_at, at(24h));
  EXPECT_EQ(receiver.policy().wake(at(24h)), at(30h));
  EXPECT_EQ(receiver.standing(24h, 1).state, AddressState::fresh);
  EXPECT_EQ(receiver.standing(24h, 0).state, AddressState::throttled);
  EXPECT_EQ(receiver.policy().wake(at(30h)), kNever);
  EXPECT_EQ(receiver.standing(30h, 0).state, AddressState::fresh);
}

TEST(HistoryWindow, NeedsNoWakingToDecideRightly) {
  Receiver receiver = receiver_with({{"probation", "100/d"}, {"after_window", "deleted"}});
  ASSERT_FALSE(receiver.passes(0h, 101));
  EXPECT_TRUE(receiver.passes(240h, 25));
  EXPECT_EQ(receiver.standing(240h).throttled, 24h);
}

// Parameters.

TEST(HistoryWindow, RefusesAListingReputationAboveFullReputation) {
  const auto problems = problems_of(throttle::catalogue(), "history-window",
                                    {{"listing_reputation", 61}, {"full_reputation", 60}});
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_NE(problems[0].find("must not be above full_reputation"), std::string::npos);
}

TEST(HistoryWindow, EveryParameterNamesItsGround) {
  const auto* entry = find_entry(throttle::catalogue(), "history-window");
  for (const ParameterInfo& parameter : entry->describe())
    EXPECT_FALSE(parameter.source.empty()) << parameter.key;
}

}  // namespace
}  // namespace weir::testing
