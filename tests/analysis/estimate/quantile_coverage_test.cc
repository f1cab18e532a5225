// How often intervals hold a quantile: what theory gives.

#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/estimate/quantile.h"
#include "tests/analysis/estimate/coverage.h"
#include "tests/analysis/estimate/noise.h"
#include "tests/analysis/estimate/queue_theory.h"
#include "tests/support/statistics.h"

namespace weir::analysis {
namespace {

using testing::check_share;

// Binomial, whatever the distribution; the coverages are those of the ranks' published table.
void expect_rank_coverage(std::uint64_t seed, int count, double p, double coverage) {
  Noise noise(seed);
  const std::uint64_t held = count_held(-std::log1p(-p), [&] {
    std::vector<double> samples;
    for (int i = 0; i < count; ++i) samples.push_back(noise.exponential());
    return estimate_quantile(samples, p).interval;
  });
  EXPECT_TRUE(check_share(held, kThousands, coverage)) << count << " samples, p = " << p;
}

TEST(RankCoverage, IsBinomial) {
  expect_rank_coverage(41, 20, 0.5, 0.95861);
  expect_rank_coverage(42, 100, 0.5, 0.96480);
  expect_rank_coverage(43, 100, 0.9, 0.95569);
  expect_rank_coverage(44, 200, 0.95, 0.96715);
  expect_rank_coverage(45, 1'000, 0.99, 0.97609);
}

// Quantiles of long sections of independent samples are all but normal and alike.
TEST(SectionCoverage, IsAsNamedForLongIndependentSections) {
  Noise noise(46);
  const std::uint64_t held = count_held(-std::log(0.1), [&] {
    std::vector<double> samples;
    for (int i = 0; i < 20'000; ++i) samples.push_back(noise.exponential());
    return sectioned_quantile(samples, 0.9).interval;
  });
  EXPECT_TRUE(check_share(held, kThousands, 0.95));
}

std::vector<double> queue_sojourns(Noise& noise, double load, std::size_t count) {
  std::vector<double> sojourns = queue_waits(noise, load, count);
  for (double& each : sojourns) each += noise.exponential();
  return sojourns;
}

constexpr std::uint64_t kRuns = 2'000;

struct Counted {
  std::uint64_t held = 0, long_memory = 0;
};

// Of 20,000 sojourns in 20 sections; the waits of neighbours depend on each other.
Counted count_sojourn_intervals(std::uint64_t seed, double p) {
  Noise noise(seed);
  const double truth = QueueTheory{0.8}.sojourn_quantile(p);
  Counted counted;
  for (std::uint64_t i = 0; i < kRuns; ++i) {
    const Estimate estimate = sectioned_quantile(queue_sojourns(noise, 0.8, 20'000), p);
    counted.held += estimate.interval.contains(truth) ? 1U : 0U;
    counted.long_memory += estimate.doubted_for(Doubt::long_memory) ? 1U : 0U;
  }
  return counted;
}

// The farther out the quantile, the fewer independent samples a section has beyond it. The shares
// are those of an independent program, over 4,000 runs.
TEST(SectionCoverage, IsAsNamedForTheMedianOfSojourns) {
  const Counted counted = count_sojourn_intervals(47, 0.5);
  EXPECT_TRUE(fits(counted.held, {.9643, 4'000.0}, kRuns)) << counted.held;
  EXPECT_LT(counted.long_memory, kRuns / 50);
}

TEST(SectionCoverage, IsBelowItsNameForAHighQuantileOfSojourns) {
  const Counted counted = count_sojourn_intervals(48, 0.9);
  EXPECT_TRUE(fits(counted.held, {.9315, 4'000.0}, kRuns)) << counted.held;
}

TEST(SectionCoverage, IsFarBelowItsNameForHigherOnesAndTheUserIsWarned) {
  const Counted high = count_sojourn_intervals(49, 0.95);
  EXPECT_TRUE(fits(high.held, {.8935, 4'000.0}, kRuns)) << high.held;
  EXPECT_GT(high.long_memory, kRuns * 9 / 10);
  const Counted highest = count_sojourn_intervals(50, 0.99);
  EXPECT_TRUE(fits(highest.held, {.7007, 4'000.0}, kRuns)) << highest.held;
  EXPECT_EQ(highest.long_memory, kRuns);
}

}  // namespace
}  // namespace weir::analysis
