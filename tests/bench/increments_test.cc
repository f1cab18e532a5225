#include "bench/agenda/increments.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.h"

namespace weir::bench {
namespace {

std::vector<double> sample(const Distribution& distribution) {
  Xoshiro256 random(3);
  std::vector<double> drawn;
  while (drawn.size() < 200'000) drawn.push_back(distribution.draw(random));
  return drawn;
}

TEST(Increments, HaveAMeanOfOne) {
  EXPECT_TRUE(testing::check_mean(sample(kExponential), 1));
  for (const Distribution& distribution : other_distributions())
    if (distribution.name != "Pareto 1.5") {
      EXPECT_TRUE(testing::check_mean(sample(distribution), 1)) << distribution.name;
    }
}

/// Its variance is infinite, and a sample's mean says little.
TEST(Increments, ArePareto) {
  const auto cdf = [](double x) { return x < 1.0 / 3 ? 0 : 1 - std::pow(3 * x, -1.5); };
  const auto all = other_distributions();
  const auto pareto = std::find_if(all.begin(), all.end(),
                                   [](const auto& each) { return each.name == "Pareto 1.5"; });
  EXPECT_TRUE(testing::check_distribution(sample(*pareto), cdf));
}

TEST(Increments, DrawnBeforeComeAgainInTheSameOrder) {
  DrawnBefore increments(kExponential);
  std::vector<Duration> first;
  for (int i = 0; i < 1 << 14; ++i) first.push_back(increments());
  for (const Duration increment : first) ASSERT_EQ(increments(), increment);
  EXPECT_NE(first[0], first[1]);
}

TEST(Increments, ConstantOnesAreFilledOverOneMean) {
  const auto all = other_distributions();
  const auto constant = std::find_if(all.begin(), all.end(),
                                     [](const auto& each) { return each.name == "constant"; });
  DrawnBefore increments(*constant);
  std::vector<double> filled;
  for (int i = 0; i < 10'000; ++i)
    filled.push_back(static_cast<double>(increments.first().count()) / kMeanIncrement);
  EXPECT_TRUE(
      testing::check_distribution(filled, [](double x) { return std::clamp(x, 0.0, 1.0); }));
  EXPECT_EQ(increments().count(), std::llround(kMeanIncrement));
}

}  // namespace
}  // namespace weir::bench
