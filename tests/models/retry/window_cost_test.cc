// What a throttling window of 24 h costs a message that is queued when it opens (closed form).

#include "tests/models/retry/retries.h"

namespace weir::retry {
namespace {

constexpr SimTime kWindowEnds{24h};

TEST(WindowCost, IsWhatTheScheduleMakesOfIt) {
  const std::vector<std::pair<const char*, Duration>> expected{
      {"postfix", 24h + 40min},         {"exchange-server", 24h + 4min}, {"powermta", 24h},
      {"exim", 28h + 46min + 52'500ms}, {"haraka", 36h + 23min + 28s},   {"fixed-list", 24h}};
  for (const auto& [name, delay] : expected)
    EXPECT_EQ(delay_until_open(*schedule(name), kWindowEnds), delay) << name;
}

TEST(WindowCost, Is42HoursWithKumoMta) {
  const auto kumomta = schedule("kumomta", {{"jitter_limit", "0 s"}});
  EXPECT_EQ(delay_until_open(*kumomta, kWindowEnds), 42h + 20min);
}

TEST(WindowCost, ComesBackToADayWithALongestWait) {
  const auto capped = schedule("kumomta", {{"jitter_limit", "0 s"}, {"max_retry_interval", "1 h"}});
  EXPECT_EQ(delay_until_open(*capped, kWindowEnds), 24h);
}

TEST(WindowCost, IsTheMessageItselfWithALifetimeOfOneDay) {
  for (const char* name : {"kumomta", "postfix"})
    EXPECT_EQ(delay_until_open(*schedule(name, {{"lifetime", "24 h"}}), kWindowEnds),
              Duration::max())
        << name;
  EXPECT_EQ(delay_until_open(*schedule("exchange-online"), kWindowEnds), Duration::max());
}

TEST(WindowCost, LiesWithPostfixBetween24HoursAnd70MinutesMore) {
  const auto postfix = schedule("postfix");
  Duration sum = 0s;
  for (int minute = 0; minute < 24 * 60; ++minute) {
    const SimTime queued{std::chrono::minutes(minute)};
    const Duration end = queued + delay_until_open(*postfix, kWindowEnds, queued) - SimTime{};
    EXPECT_GE(end, 24h);
    EXPECT_LT(end, 24h + 70min);
    sum += end;
  }
  EXPECT_EQ(sum / 1440 / 1s, 88'303);  // 24.53 h
}

}  // namespace
}  // namespace weir::retry
