#include "sim/calendar.h"

#include <string_view>

#include <gtest/gtest.h>

namespace weir {
namespace {

constexpr int kMonday = 0;
constexpr int kThursday = 3;
constexpr int kFriday = 4;
constexpr int kSunday = 6;

constexpr SimTime at(Duration since_start) { return SimTime{since_start}; }

Calendar calendar(std::string_view local, Duration utc_offset = 0h) {
  return Calendar::parse(local, utc_offset).value();
}

TEST(Calendar, StartsOnAMondayWhenNothingIsSaid) {
  const Calendar fallback;
  EXPECT_EQ(fallback.utc_text(at(0s)), "2026-01-05 00:00:00");
  EXPECT_EQ(fallback.day_of_week(at(0s)), kMonday);
  EXPECT_EQ(fallback.hour_of_day(at(0s)), 0);
}

TEST(Calendar, ReadsADateAlone) {
  EXPECT_EQ(calendar("1970-01-01").start(), 0);
  EXPECT_EQ(calendar("2026-03-02").start(), 1'772'409'600);
}

TEST(Calendar, ReadsADateWithATime) {
  EXPECT_EQ(calendar("1970-01-02T08:30:05").start(), 86'400 + 8 * 3'600 + 30 * 60 + 5);
  EXPECT_EQ(calendar("1970-01-02 23:59:59").start(), 2 * 86'400 - 1);
}

TEST(Calendar, KnowsLeapDays) {
  EXPECT_EQ(calendar("2024-02-28").utc_text(at(24h)), "2024-02-29 00:00:00");
  EXPECT_EQ(calendar("2023-02-28").utc_text(at(24h)), "2023-03-01 00:00:00");
  EXPECT_TRUE(Calendar::parse("2000-02-29", 0h).has_value());
  EXPECT_FALSE(Calendar::parse("1900-02-29", 0h).has_value());
  EXPECT_FALSE(Calendar::parse("2023-02-29", 0h).has_value());
}

TEST(Calendar, RefusesBadDates) {
  for (const std::string_view text : {"",
                                      "2026",
                                      "2026-13-01",
                                      "2026-00-10",
                                      "2026-04-31",
                                      "2026-01-00",
                                      "2026-1-5",
                                      "26-01-05",
                                      "2026/01/05",
                                      "2026-01-05X08:00:00",
                                      "2026-01-05T24:00:00",
                                      "2026-01-05T08:60:00",
                                      "2026-01-05T08:00:60",
                                      "2026-01-05T08:00",
                                      "2026-01-05T",
                                      "2026-01-05T-0:00:00",
                                      "2026-01-05T08:00:00Z",
                                      "2026-01--5",
                                      "2026-01-0a",
                                      "-026-01-05",
                                      "2026-01-05 "})
    EXPECT_FALSE(Calendar::parse(text, 0h).has_value()) << "'" << text << "'";
}

TEST(Calendar, ReadsTheStartAsLocalTime) {
  EXPECT_EQ(calendar("2026-01-05", 1h).utc_text(at(0s)), "2026-01-04 23:00:00");
  EXPECT_EQ(calendar("2026-01-05", -5h).utc_text(at(0s)), "2026-01-05 05:00:00");
}

TEST(Calendar, TellsTheLocalHourAndDayWhateverTheOffset) {
  for (const Duration offset : {Duration(0h), Duration(13h), Duration(-11h), Duration(330min)}) {
    const Calendar local = calendar("2026-01-04T22:30:00", offset);
    EXPECT_EQ(local.hour_of_day(at(0s)), 22);
    EXPECT_EQ(local.day_of_week(at(0s)), kSunday);
    EXPECT_EQ(local.hour_of_day(at(90min)), 0);
    EXPECT_EQ(local.day_of_week(at(90min)), kMonday);
  }
}

TEST(Calendar, TellsTheTimeOfDayToTheNanosecond) {
  const Calendar utc = calendar("2026-01-05");
  EXPECT_EQ(utc.time_of_day(at(24h - 1ns)), 24h - 1ns);
  EXPECT_EQ(utc.hour_of_day(at(24h - 1ns)), 23);
  EXPECT_EQ(utc.time_of_day(at(24h)), 0h);
  EXPECT_EQ(utc.time_of_day(at(49h + 7ns)), 1h + 7ns);
}

TEST(Calendar, CountsDaysBefore1970) {
  const Calendar past = calendar("1969-12-31T18:00:00");
  EXPECT_EQ(past.hour_of_day(at(0s)), 18);
  EXPECT_EQ(past.day_of_week(at(0s)), kThursday - 1);
  EXPECT_EQ(past.day_of_week(at(6h)), kThursday);
  EXPECT_EQ(past.utc_text(at(0s)), "1969-12-31 18:00:00");
}

TEST(Calendar, RepeatsTheWeek) {
  const Calendar utc = calendar("2026-01-05");
  for (int day = 0; day < 1'000; ++day) ASSERT_EQ(utc.day_of_week(at(day * 24h)), day % 7);
}

TEST(Calendar, CountsADayThatASpanCutsShort) {
  EXPECT_EQ(days_begun(0h), 0);
  EXPECT_EQ(days_begun(1ns), 1);
  EXPECT_EQ(days_begun(24h), 1);
  EXPECT_EQ(days_begun(24h + 1ns), 2);
  EXPECT_EQ(days_begun(45 * 24h), 45);
}

TEST(Calendar, HoldsForDatesAndInstantsFarAway) {
  const Calendar far = calendar("9999-12-31T23:00:00", -1h);
  EXPECT_EQ(far.hour_of_day(at(0s)), 23);
  EXPECT_EQ(far.day_of_week(at(0s)), kFriday);
  // The last instant is 106,751 days, 23 h 47 min 16.854775807 s from the start.
  EXPECT_EQ(calendar("2026-01-05").time_of_day(kNever), 85'636'854'775'807ns);
  EXPECT_EQ(calendar("2026-01-05").day_of_week(kNever), 106'751 % 7);
}

}  // namespace
}  // namespace weir
