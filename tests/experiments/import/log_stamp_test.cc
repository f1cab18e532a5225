#include "experiments/import/log_stamp.h"

#include <gtest/gtest.h>

namespace weir::experiments {
namespace {

using namespace std::chrono;

LogTime utc(int y, unsigned mon, unsigned d, int h = 0, int min = 0, int s = 0) {
  return LogTime{sys_days{year{y} / month{mon} / day{d}}} + hours{h} + minutes{min} + seconds{s};
}

LogTime instant(std::string_view line) {
  const auto stamp = parse_stamp(line);
  return stamp ? resolve_in(*stamp, 2026, Duration{}).value_or(LogTime{}) : LogTime{};
}

TEST(LogStamp, ReadsBothSyslogForms) {
  EXPECT_EQ(instant("Nov 22 20:34:20 relay x"), utc(2026, 11, 22, 20, 34, 20));
  EXPECT_EQ(instant("Nov  2 20:34:20 relay x"), utc(2026, 11, 2, 20, 34, 20));
  EXPECT_EQ(instant("2025-11-22T20:34:20Z relay x"), utc(2025, 11, 22, 20, 34, 20));
  EXPECT_EQ(instant("2025-11-22T20:34:20 relay x"), utc(2025, 11, 22, 20, 34, 20));
}

TEST(LogStamp, TurnsZonesIntoUtc) {
  EXPECT_EQ(instant("2026-01-01T00:30:00+01:00 relay"), utc(2025, 12, 31, 23, 30));
  EXPECT_EQ(instant("2026-01-01T00:30:00-0530 relay"), utc(2026, 1, 1, 6, 0));
  EXPECT_EQ(resolve_in(*parse_stamp("Jan  1 00:30:00 r"), 2026, hours{1}),
            utc(2025, 12, 31, 23, 30));
}

TEST(LogStamp, KeepsFractionsToTheNanosecond) {
  EXPECT_EQ(instant("2026-01-01T00:00:00.123456+00:00 r"), utc(2026, 1, 1) + 123456us);
  EXPECT_EQ(instant("2026-01-01T00:00:00.1234567891Z r"), utc(2026, 1, 1) + 123456789ns);
  EXPECT_TRUE(parse_stamp("2026-01-01T00:00:00.5Z r")->fraction);
}

TEST(LogStamp, RefusesWhatIsNoDate) {
  for (const auto* line :
       {"", "Nov", "Nov 22", "Nov 22 20:34:20", "Nov 32 20:34:20 r", "Nov 22 24:00:00 r",
        "Foo 22 20:34:20 r", "ovD 22 20:34:20 r", "Nov 22 20:3 r", "2026-13-01T00:00:00Z r",
        "2026-01-01T00:00:00.Z r", "2026-01-01 r", "9999-01-01T00:00:00Z r", "Nov 22 2a:00:00 r"})
    EXPECT_FALSE(parse_stamp(line)) << line;
  EXPECT_EQ(instant("Feb 29 00:00:00 r"), LogTime{}) << "2026 has no 29 February";
}

TEST(LogStamp, FindsTheYearNearestToTheAnchor) {
  const auto new_year = *parse_stamp("Jan  1 00:00:05 r");
  EXPECT_EQ(resolve_near(new_year, utc(2026, 12, 31, 23, 59, 59), Duration{}),
            utc(2027, 1, 1, 0, 0, 5));
  const auto late = *parse_stamp("Dec 31 23:59:59 r");
  EXPECT_EQ(resolve_near(late, utc(2027, 1, 1), Duration{}), utc(2026, 12, 31, 23, 59, 59));
}

TEST(LogClock, CountsTheYearUpInJanuary) {
  LogClock clock{LogTime{}, 2026, Duration{}};
  clock.read("Dec 31 23:59:59 r", "");
  clock.read("Jan  1 00:00:01 r", "");
  EXPECT_EQ(clock.now(), utc(2027, 1, 1, 0, 0, 1));
}

TEST(LogClock, NeverGoesBackAndSaysWhenItWouldHave) {
  LogClock clock{LogTime{}, 2026, Duration{}};
  clock.read("Oct 25 02:59:59 r", "");
  clock.read("Oct 25 02:00:00 r", "");
  EXPECT_EQ(clock.now(), utc(2026, 10, 25, 2, 59, 59));
  EXPECT_TRUE(clock.held());
  EXPECT_EQ(clock.faults().steps_back, 1U);
  EXPECT_EQ(clock.faults().largest_step_back, 59min + 59s);
}

TEST(LogClock, DoesNotBelieveOneStampFarAheadOfItsNeighbours) {
  LogClock clock{LogTime{}, 2026, Duration{}};
  clock.read("Nov 22 20:00:00 r", "");
  clock.read("Dec 22 20:00:00 r", "Nov 22 20:00:01 r\n");
  EXPECT_EQ(clock.now(), utc(2026, 11, 22, 20, 0, 0));
  EXPECT_EQ(clock.faults().distrusted, 1U);
}

TEST(LogClock, BelievesAGapThatTheNextLineConfirms) {
  LogClock clock{LogTime{}, 2026, Duration{}};
  clock.read("Nov 22 20:00:00 r", "");
  clock.read("Nov 23 06:00:00 r", "Nov 23 06:00:01 r\n");
  EXPECT_EQ(clock.now(), utc(2026, 11, 23, 6, 0, 0));
  EXPECT_EQ(clock.faults().distrusted, 0U);
}

TEST(LogClock, DoesNotStartFarBehindTheLinesThatFollow) {
  LogClock clock{LogTime{}, 2026, Duration{}};
  EXPECT_FALSE(clock.read("Dec 22 20:00:00 r", "Nov 22 20:00:01 r\n"));
  EXPECT_FALSE(clock.started());
  EXPECT_TRUE(clock.read("Nov 22 20:00:01 r", ""));
  EXPECT_EQ(clock.now(), utc(2026, 11, 22, 20, 0, 1));
}

TEST(LogClock, StandsStillAtALineWithoutAStamp) {
  LogClock clock{LogTime{}, 2026, Duration{}};
  clock.read("Nov 22 20:00:00 r", "");
  EXPECT_FALSE(clock.read("-- MARK --", ""));
  EXPECT_EQ(clock.now(), utc(2026, 11, 22, 20, 0, 0));
}

}  // namespace
}  // namespace weir::experiments
