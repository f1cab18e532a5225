#include "analysis/estimate/paired_share.h"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

constexpr Probability kNinety{0.90};

// What R's PropCIs::scoreci.mp(25, 28, 618) and (41, 48, 549) give at 90 %.
TEST(PairedShare, AgreesWithPublishedIntervals) {
  const Estimate first = paired_share_difference({25, 28, 618}, kNinety);
  EXPECT_DOUBLE_EQ(first.value, 3.0 / 618);
  EXPECT_NEAR(first.interval.low, -0.0148, 5e-5);
  EXPECT_NEAR(first.interval.high, 0.0247, 5e-5);
  const Estimate second = paired_share_difference({41, 48, 549}, kNinety);
  EXPECT_NEAR(second.interval.low, -0.0157, 5e-5);
  EXPECT_NEAR(second.interval.high, 0.0414, 5e-5);
}

// With no pair that differs, the score is sqrt(n d / (1 - d)).
TEST(PairedShare, HasAWidthWhenNoPairDiffers) {
  const double z = 1.959963984540054;
  const Estimate none = paired_share_difference({0, 0, 100});
  EXPECT_EQ(none.value, 0.0);
  EXPECT_NEAR(none.interval.high, z * z / (100 + z * z), 1e-12);
  EXPECT_NEAR(none.interval.low, -none.interval.high, 1e-12);
  EXPECT_EQ(none.method, Method::paired_shares);
}

// At a difference of 0 the score is McNemar's (b - a) / sqrt(b + a), against 1.95996.
TEST(PairedShare, ExcludesZeroExactlyWhenMcNemarDoes) {
  EXPECT_LT(paired_share_difference({0, 3, 50}).interval.low, 0.0);   // 1.732
  EXPECT_GT(paired_share_difference({0, 4, 50}).interval.low, 0.0);   // 2
  EXPECT_GT(paired_share_difference({6, 15, 50}).interval.low, 0.0);  // 1.964
  EXPECT_LT(paired_share_difference({6, 14, 50}).interval.low, 0.0);  // 1.789
  EXPECT_LT(paired_share_difference({15, 5, 50}).interval.high, 0.0);
}

TEST(PairedShare, TurnsRoundWithItsPairs) {
  const Interval there = paired_share_difference({7, 2, 40}).interval;
  const Interval back = paired_share_difference({2, 7, 40}).interval;
  EXPECT_NEAR(there.low, -back.high, 1e-12);
  EXPECT_NEAR(there.high, -back.low, 1e-12);
}

TEST(PairedShare, StaysAShareAtTheEnds) {
  const Estimate all = paired_share_difference({0, 20, 20});
  EXPECT_EQ(all.value, 1.0);
  EXPECT_EQ(all.interval.high, 1.0);
  EXPECT_GT(all.interval.low, 0.5);
  EXPECT_LT(all.interval.low, 1.0);
}

double choose(int n, int k) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0));
}

// Over all tables that 30 pairs can give, by their probability: nothing is sampled.
double coverage(double p_a, double p_b, int n) {
  double covered = 0;
  for (int a = 0; a <= n; ++a)
    for (int b = 0; a + b <= n; ++b) {
      const PairedHits hits{static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b),
                            static_cast<std::uint64_t>(n)};
      if (!paired_share_difference(hits).interval.contains(p_b - p_a)) continue;
      covered += choose(n, a) * choose(n - a, b) * std::pow(p_a, a) * std::pow(p_b, b) *
                 std::pow(1 - p_a - p_b, n - a - b);
    }
  return covered;
}

TEST(PairedShare, HoldsTheTruthAboutAsOftenAsItSays) {
  for (const auto& [p_a, p_b] : {std::pair{0.02, 0.20}, {0.1, 0.1}, {0.05, 0.5}, {0.01, 0.02}}) {
    EXPECT_GT(coverage(p_a, p_b, 30), 0.93) << p_a << " " << p_b;
  }
  EXPECT_LT(coverage(0.1, 0.1, 30), 0.98) << "and not by being wide";
}

TEST(PairedShare, RefusesImpossibleCountsAndDoubtsFewPairs) {
  EXPECT_THROW(paired_share_difference({0, 0, 0}), std::domain_error);
  EXPECT_THROW(paired_share_difference({3, 3, 5}), std::domain_error);
  EXPECT_TRUE(paired_share_difference({1, 2, 9}).doubted_for(Doubt::few_samples));
  EXPECT_FALSE(paired_share_difference({1, 2, 10}).doubted_for(Doubt::few_samples));
}

}  // namespace
}  // namespace weir::analysis
