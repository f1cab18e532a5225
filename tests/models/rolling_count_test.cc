#include "models/rolling_count.h"

#include <gtest/gtest.h>

#include "sim/random.h"

namespace weir {
namespace {

constexpr SimTime at(Duration d) { return SimTime{d}; }

TEST(RollingCount, WhatIsCountedLeavesAfterTheSpanAndNotBefore) {
  RollingCount count(10s);
  count.add(at(0s), 3);
  count.roll_to(at(10s - 1ns));
  EXPECT_EQ(count.sum(), 3);
  count.roll_to(at(10s));
  EXPECT_EQ(count.sum(), 0);
}

TEST(RollingCount, NamesTheInstantAtWhichEnoughHasLeft) {
  RollingCount count(10s);
  count.add(at(0s), 3);
  count.add(at(4s), 2);
  EXPECT_EQ(count.falls_to(5), SimTime::min());
  EXPECT_EQ(count.falls_to(4), at(10s));
  EXPECT_EQ(count.falls_to(2), at(10s));
  EXPECT_EQ(count.falls_to(1), at(14s));
}

TEST(RollingCount, AgreesWithLiteralCountingOverManySpans) {
  Draw draw(3, Purpose{0}, 0, 0);
  RollingCount count(60s);
  std::vector<SimTime> literal;
  SimTime now;
  for (int i = 0; i < 20'000; ++i) {
    now += Duration(1s) * static_cast<std::int64_t>(draw.below(draw.below(500) == 0 ? 200 : 5));
    count.roll_to(now);
    const auto inside =
        std::count_if(literal.begin(), literal.end(), [&](SimTime t) { return t > now - 60s; });
    ASSERT_EQ(count.sum(), inside);
    count.add(now, 1);
    literal.push_back(now);
    if (literal.size() > 500) literal.erase(literal.begin(), literal.begin() + 100);
  }
}

TEST(RollingCount, ForgetsAllAtOnce) {
  RollingCount count(10s);
  count.add(at(0s), 3);
  count.clear();
  EXPECT_EQ(count.sum(), 0);
  count.add(at(1s), 1);
  EXPECT_EQ(count.falls_to(0), at(11s));
}

}  // namespace
}  // namespace weir
