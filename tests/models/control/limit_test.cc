#include "models/control/limit.h"

#include <gtest/gtest.h>

namespace weir::control {
namespace {

constexpr SimTime at(Duration d) { return SimTime{d}; }

TEST(RateLimit, LetsABurstThroughAndThenOneEachInterval) {
  RateLimit limit(10s, 3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_LE(limit.next(), at(5s)) << i;
    limit.take(at(5s));
  }
  EXPECT_EQ(limit.next(), at(15s));
  limit.take(at(15s));
  EXPECT_EQ(limit.next(), at(25s));
}

TEST(RateLimit, FillsUpAgainWhileNothingPasses) {
  RateLimit limit(10s, 2);
  limit.take(at(0s));
  limit.take(at(0s));
  EXPECT_EQ(limit.next(), at(10s));
  EXPECT_LE(limit.next(), at(20s));
  limit.take(at(20s));
  limit.take(at(20s));
  EXPECT_EQ(limit.next(), at(30s));
}

TEST(RateLimit, EndsAtTheEndOfTime) {
  RateLimit limit(Duration::max() / 2, 1);
  for (int i = 0; i < 3; ++i) limit.take(at(1h));
  EXPECT_EQ(limit.next(), kNever);
}

TEST(RateLimit, StandsTheLargestBurst) {
  RateLimit limit(24h, std::numeric_limits<std::int64_t>::max());
  limit.take(at(1h));
  EXPECT_LE(limit.next(), at(1h));
}

}  // namespace
}  // namespace weir::control
