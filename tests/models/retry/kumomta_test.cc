#include <cmath>

#include "tests/models/retry/retries.h"

namespace weir::retry {
namespace {

TEST(KumoMta, DoublesItsWaitsWithoutJitter) {
  const auto steady = schedule("kumomta", {{"jitter_limit", "0 s"}});
  // Hours: 0.33, 1, 2.33, 5, 10.33, 21, 42.33, 85; the next would be at 170.33, past seven days.
  EXPECT_EQ(retries(*steady), (Seconds{1200, 3600, 8400, 18000, 37200, 75600, 152400, 306000}));
  EXPECT_EQ(draws_of_one(*steady), 0U);
}

TEST(KumoMta, KeepsToTheLongestWaitGiven) {
  const auto capped = schedule("kumomta", {{"jitter_limit", "0 s"}, {"max_retry_interval", "1 h"}});
  EXPECT_EQ(retries(*capped, 5h), (Seconds{1200, 3600, 7200, 10800, 14400}));
}

TEST(KumoMta, MovesEachRetryByHalfAMinuteAtMost) {
  const auto kumomta = schedule("kumomta");
  Duration least = 1h;
  Duration most = 0s;
  for (std::uint64_t message = 0; message < 10'000; ++message) {
    Draw draw = draw_for(message, 1);
    const Duration wait = kumomta->next_attempt({}, draw) - SimTime{};
    least = std::min(least, wait);
    most = std::max(most, wait);
    EXPECT_EQ(draw.draws(), 1U);
  }
  EXPECT_GE(least, 20min - 30s);
  EXPECT_LT(most, 20min + 30s);
  EXPECT_GT(most - least, 59s);
}

TEST(KumoMta, NarrowsTheJitterOfShortWaits) {
  const auto quick = schedule("kumomta", {{"retry_interval", "1 min"}});
  for (std::uint64_t message = 0; message < 1'000; ++message) {
    Draw draw = draw_for(message, 1);
    const Duration wait = quick->next_attempt({}, draw) - SimTime{};
    EXPECT_LE(std::chrono::abs(wait - 60s), 1500ms);
  }
}

TEST(KumoMta, EndsAtTheEndOfTimeAfterManyDoublings) {
  Draw draw = draw_for(7, 60);
  EXPECT_EQ(schedule("kumomta")->next_attempt({SimTime{1h}, SimTime{}, 60}, draw), kNever);
}

}  // namespace
}  // namespace weir::retry
