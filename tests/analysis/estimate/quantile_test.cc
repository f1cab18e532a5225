#include "analysis/estimate/quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/analysis/estimate/minstd_series.h"

namespace weir::analysis {
namespace {

void expect_ranks(std::uint64_t samples, double p, QuantileRanks expected) {
  const QuantileRanks ranks = quantile_ranks(samples, p);
  EXPECT_EQ(ranks.low, expected.low) << samples << " samples, p = " << p;
  EXPECT_EQ(ranks.high, expected.high) << samples << " samples, p = " << p;
  EXPECT_NEAR(ranks.coverage, expected.coverage, 5e-6) << samples << " samples, p = " << p;
}

// 1, 2, ..., n, so that a rank is its own value.
std::vector<double> ranks_to(std::size_t n) {
  std::vector<double> samples(n);
  std::iota(samples.begin(), samples.end(), 1.0);
  return samples;
}

TEST(QuantileRanks, AgreeWithKnownValues) {
  expect_ranks(20, 0.5, {.low = 6, .high = 15, .coverage = 0.95861});
  expect_ranks(100, 0.5, {.low = 40, .high = 61, .coverage = 0.96480});
  expect_ranks(100, 0.9, {.low = 84, .high = 96, .coverage = 0.95569});
  expect_ranks(200, 0.95, {.low = 184, .high = 197, .coverage = 0.96715});
  expect_ranks(1000, 0.99, {.low = 983, .high = 997, .coverage = 0.97609});
}

// With n samples, the quantile lies below all of them with the chance (1 - p)^n.
TEST(QuantileRanks, RunOutBelowElementaryCounts) {
  EXPECT_EQ(quantile_ranks(5, 0.5).low, 0U);  // 2^-5 > .025 > 2^-6
  EXPECT_EQ(quantile_ranks(5, 0.5).high, 6U);
  EXPECT_EQ(quantile_ranks(5, 0.5).coverage, 1.0);
  EXPECT_EQ(quantile_ranks(6, 0.5).low, 1U);
  EXPECT_EQ(quantile_ranks(6, 0.5).high, 6U);
  EXPECT_THROW(quantile_ranks(6, 1.0), std::domain_error);
  EXPECT_THROW(quantile_ranks(0, 0.5), std::domain_error);
}

TEST(QuantileRanks, HoldForMillions) {
  const QuantileRanks ranks = quantile_ranks(1'000'000, 0.5);
  EXPECT_NEAR(static_cast<double>(ranks.low), 500'000.0 - 980.0, 2.0);
  EXPECT_EQ(ranks.low + ranks.high, 1'000'001U);
}

TEST(EstimateQuantile, ReadsTheRanksWhateverTheOrder) {
  std::vector<double> samples = ranks_to(100);
  std::ranges::reverse(samples);
  const Estimate estimate = estimate_quantile(samples, 0.9);
  EXPECT_EQ(estimate.value, 90.0);  // 0-based position floor(0.9 * 99) = 89
  EXPECT_EQ(estimate.interval.low, 84.0);
  EXPECT_EQ(estimate.interval.high, 96.0);
  EXPECT_TRUE(estimate.doubts.empty());
}

TEST(EstimateQuantile, IsOpenWhereNoRankExists) {
  const Estimate estimate = estimate_quantile(ranks_to(100), 0.99);
  EXPECT_EQ(estimate.interval.high, std::numeric_limits<double>::infinity());
  EXPECT_EQ(estimate.interval.low, 97.0);  // P(fewer than 97 of 100 below) = .0184
  EXPECT_TRUE(estimate.doubted_for(Doubt::few_samples));
}

TEST(EstimateQuantile, OfASketchHoldsThatOfItsSamples) {
  Sketch sketch;
  std::vector<double> samples;
  for (int i = 1; i <= 1000; ++i) {
    samples.push_back(i);
    sketch.add(i);
  }
  const Estimate exact = estimate_quantile(samples, 0.99);
  const Estimate rough = estimate_quantile(sketch, 0.99);
  EXPECT_EQ(exact.interval.low, 983.0);
  EXPECT_EQ(exact.interval.high, 997.0);
  EXPECT_NEAR(rough.value, exact.value, 0.01 * exact.value);
  EXPECT_LE(rough.interval.low, exact.interval.low);
  EXPECT_GE(rough.interval.high, exact.interval.high);
  EXPECT_NEAR(rough.interval.low, exact.interval.low, 0.021 * exact.interval.low);
  EXPECT_NEAR(rough.interval.high, exact.interval.high, 0.021 * exact.interval.high);
  EXPECT_THROW(estimate_quantile(Sketch{}, 0.5), std::domain_error);
}

// Counted by many hands and put together in any order: the same bits.
TEST(EstimateQuantile, OfMergedSketchesIsThatOfOne) {
  MinstdNormal normal;
  Sketch whole;
  std::vector<Sketch> parts(7);
  for (std::size_t i = 0; i < 2'000; ++i) {
    const double sample = std::exp(4.0 * normal());
    whole.add(sample);
    parts[i * i % parts.size()].add(sample);
  }
  Sketch merged;
  for (const std::size_t part : {3U, 0U, 6U, 1U, 5U, 2U, 4U}) merged.merge(parts[part]);
  EXPECT_EQ(merged, whole);
  for (const double p : {0.01, 0.5, 0.9, 0.99}) {
    EXPECT_EQ(estimate_quantile(merged, p).value, estimate_quantile(whole, p).value);
    EXPECT_EQ(estimate_quantile(merged, p).interval.low, estimate_quantile(whole, p).interval.low);
    EXPECT_EQ(estimate_quantile(merged, p).interval.high,
              estimate_quantile(whole, p).interval.high);
  }
}

TEST(SectionedQuantile, SpreadsAroundTheQuantileOfAll) {
  // Sections 1 2 3, 4 5 6 with the medians 2 and 5 around 3, the third of six.
  const Estimate estimate = sectioned_quantile(ranks_to(6), 0.5, 2);
  EXPECT_EQ(estimate.value, 3.0);
  EXPECT_NEAR(estimate.interval.half_width(), 12.7062047 * std::sqrt((1.0 + 4.0) / 2.0), 1e-6);
  EXPECT_EQ(estimate.method, Method::sectioning);
}

// The 0.9-quantile of a normal with variance 1 / (1 - 0.81) is 1.28155 / sqrt(0.19) = 2.940.
TEST(SectionedQuantile, HoldsThatOfTheMinstdSeries) {
  const std::vector<double> series = minstd_series(20'000);
  const Estimate estimate = sectioned_quantile(std::span{series}.subspan(500), 0.9);
  EXPECT_TRUE(estimate.interval.contains(2.940));
  EXPECT_LT(estimate.interval.half_width(), 0.3);
  EXPECT_TRUE(estimate.doubts.empty());
}

// Ten of 200 samples are expected beyond; forty alike in a row tell no more than one.
TEST(SectionedQuantile, DoubtsALongMemory) {
  MinstdNormal normal;
  std::vector<double> independent;
  std::vector<double> repeated;
  for (int i = 0; i < 4'000; ++i) independent.push_back(normal());
  for (int i = 0; i < 100; ++i) repeated.insert(repeated.end(), 40, normal());
  EXPECT_TRUE(sectioned_quantile(independent, 0.95).doubts.empty());
  EXPECT_TRUE(sectioned_quantile(repeated, 0.95).doubted_for(Doubt::long_memory));
}

TEST(SectionedQuantile, SaysWhatIsToBeDoubted) {
  const Estimate estimate = sectioned_quantile(ranks_to(101), 0.95, 4);
  EXPECT_TRUE(estimate.doubted_for(Doubt::few_batches));
  EXPECT_TRUE(estimate.doubted_for(Doubt::few_samples));
  EXPECT_TRUE(estimate.doubted_for(Doubt::leftover_samples));
  EXPECT_TRUE(sectioned_quantile(ranks_to(1'000), 0.5).doubted_for(Doubt::correlated_batches));
  EXPECT_THROW(sectioned_quantile(ranks_to(6), 0.5, 1), std::domain_error);
  EXPECT_THROW(sectioned_quantile(ranks_to(6), 0.5, 7), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
