#include "models/throttle/history.h"

#include <gtest/gtest.h>

namespace weir::throttle {
namespace {

/// Counts `recipients` in the first hour of each day from `first_hour` on.
History days_of(std::initializer_list<std::int64_t> daily, std::int64_t first_hour = 0) {
  History history;
  std::int64_t hour = first_hour;
  for (const std::int64_t recipients : daily) {
    history.roll_to(hour);
    history.add(recipients);
    hour += 24;
  }
  history.roll_to(hour);
  return history;
}

double baseline(const History& history, Duration half_life) {
  return history.baseline(History::halving_every(half_life));
}

TEST(History, VolumeIsThatOfTheHourAndTheTwentyThreeBefore) {
  History history;
  history.add(100);
  history.roll_to(23);
  history.add(10);
  EXPECT_EQ(history.volume(), 110);
  history.roll_to(24);
  EXPECT_EQ(history.volume(), 10);
  history.roll_to(47);
  EXPECT_EQ(history.volume(), 0);
}

TEST(History, VolumeKnowsNoMidnight) {
  History history;
  history.roll_to(12);
  history.add(100);
  history.roll_to(35);
  EXPECT_EQ(history.volume(), 100) << "the first mail is 23 hours old, a midnight lies between";
  history.roll_to(36);
  EXPECT_EQ(history.volume(), 0);
}

TEST(History, AtTheEndOfEachDayTheVolumeIsThatOfTheDay) {
  History history;
  history.roll_to(7);
  for (std::int64_t day = 0; day < 5; ++day) {
    for (std::int64_t hour = 0; hour < 24; ++hour) {
      history.roll_to(7 + 24 * day + hour);
      history.add(100 * (day + 1));
    }
    EXPECT_EQ(history.volume(), 2400 * (day + 1));
  }
}

TEST(History, CountsAnHourByItself) {
  History history;
  history.add(5);
  EXPECT_EQ(history.this_hour(), 5);
  history.roll_to(1);
  EXPECT_EQ(history.this_hour(), 0);
}

TEST(History, BaselineOfNoMailIsZero) { EXPECT_EQ(baseline(History(), 36h), 0.0); }

TEST(History, TheDayThatHasNotEndedIsNotInTheBaseline) {
  History history;
  history.add(1000);
  EXPECT_FALSE(history.roll_to(23));
  EXPECT_EQ(baseline(history, 36h), 0.0);
  EXPECT_TRUE(history.roll_to(24));
  EXPECT_DOUBLE_EQ(baseline(history, 36h), 1000.0);
}

TEST(History, BaselineHalvesTheWeightInAHalfLife) {
  // 200 two days and 500 one day ago, halving each day: (200 / 4 + 500 / 2) / (1 / 4 + 1 / 2).
  EXPECT_DOUBLE_EQ(baseline(days_of({200, 500}), 24h), 400.0);
  // Halving every two days: (800 / 4 + 400 / 2) / (1 / 4 + 1 / 2), a silent day and a silent one.
  EXPECT_DOUBLE_EQ(baseline(days_of({800, 0, 400, 0}), 48h), 400.0 / 0.75);
}

TEST(History, DaysWithoutMailDoNotLowerTheBaseline) {
  EXPECT_DOUBLE_EQ(baseline(days_of({1000, 0, 0, 0, 0}), 36h), 1000.0);
}

TEST(History, DaysAreCountedFromTheFirstMail) {
  History history;
  history.roll_to(100);
  history.add(1000);
  history.roll_to(123);
  history.add(1000);
  EXPECT_EQ(baseline(history, 36h), 0.0) << "hours 100 to 123 are one day";
  history.roll_to(124);
  EXPECT_DOUBLE_EQ(baseline(history, 36h), 2000.0);
}

TEST(History, RemembersThirtyDaysAndNoMore) {
  History history = days_of({700});
  history.roll_to(30 * 24 + 23);
  EXPECT_DOUBLE_EQ(baseline(history, 36h), 700.0) << "30 days old";
  history.roll_to(31 * 24);
  EXPECT_EQ(baseline(history, 36h), 0.0) << "31 days old";
}

TEST(History, StartsAnewAfterThirtySilentDays) {
  History history = days_of({700});
  history.roll_to(40 * 24 + 5);
  EXPECT_TRUE(history.empty());
  history.add(300);
  history.roll_to(41 * 24 + 4);
  EXPECT_EQ(baseline(history, 36h), 0.0) << "its day began at hour 5";
  history.roll_to(41 * 24 + 5);
  EXPECT_DOUBLE_EQ(baseline(history, 36h), 300.0);
}

TEST(History, OneLongRollIsManyShortOnes) {
  for (std::int64_t gap = 1; gap < 40 * 24; gap += 7) {
    History leap = days_of({100, 200, 300}, 5);
    History steps = leap;
    const std::int64_t from = 5 + 3 * 24;
    leap.roll_to(from + gap);
    for (std::int64_t hour = from + 1; hour <= from + gap; ++hour) steps.roll_to(hour);
    ASSERT_EQ(leap.volume(), steps.volume()) << gap;
    ASSERT_EQ(leap.empty(), steps.empty()) << gap;
    ASSERT_EQ(baseline(leap, 36h), baseline(steps, 36h)) << gap;
  }
}

}  // namespace
}  // namespace weir::throttle
