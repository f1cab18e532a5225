#include "analysis/estimate/steady.h"

#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "tests/analysis/estimate/minstd_series.h"

namespace weir::analysis {
namespace {

SteadyEstimate mean_of(const LongRun& run) {
  return std::get<SteadyEstimate>(estimate_steady_mean(run));
}

// `days` of 24 samples around 5, with a daily wave that is larger than the noise.
std::vector<double> daily_wave(std::size_t days) {
  MinstdNormal normal;
  std::vector<double> series;
  for (std::size_t i = 0; i < 24 * days; ++i) {
    const double angle = 2.0 * std::numbers::pi * static_cast<double>(i) / 24.0;
    series.push_back(5.0 + 3.0 * std::sin(angle) + normal());
  }
  return series;
}

TEST(SteadyMean, IsNSkartsForALongRunUnderConstantLoad) {
  const std::vector<double> series = minstd_series(20'000);
  const SteadyEstimate mean = mean_of({.series = series});
  EXPECT_EQ(mean.estimate.method, Method::n_skart);
  EXPECT_NEAR(mean.estimate.value, 0.118980371, 5e-10);
  EXPECT_EQ(mean.transient, 25U);
  EXPECT_EQ(mean.left_out, 544U);
  EXPECT_EQ(mean.batch_length, 19U);
}

TEST(SteadyMean, IsThatOfCorrectedBatchesForAShorterRun) {
  const std::vector<double> series = minstd_series(1'000);
  const SteadyEstimate mean = mean_of({.series = series});
  EXPECT_EQ(mean.estimate.method, Method::corrected_batch_means);
  EXPECT_EQ(mean.batch_length, 48U);  // 975 / 20
  EXPECT_EQ(mean.left_out, 40U);      // 25 of the transient, and 15 that fill no batch
  EXPECT_FALSE(mean.estimate.doubted_for(Doubt::leftover_samples));
}

TEST(SteadyMean, WarnsWhenTheBatchesDependOnEachOther) {
  std::vector<double> series(1'000);  // waves of 400, of which each has eight batches of 50
  for (std::size_t i = 0; i < series.size(); ++i) series[i] = (i / 200) % 2 == 0 ? 0.0 : 1.0;
  EXPECT_TRUE(mean_of({.series = series}).estimate.doubted_for(Doubt::correlated_batches));
}

// The same samples: in batches of whole days they agree to the noise, however long the run.
TEST(SteadyMean, TakesWholeDaysWhenTheLoadHasADailyCycle) {
  const std::vector<double> series = daily_wave(100);
  const SteadyEstimate mean = mean_of({.series = series, .cycle = 24});
  EXPECT_EQ(mean.estimate.method, Method::corrected_batch_means);
  EXPECT_EQ(mean.batch_length, 120U);
  EXPECT_EQ(mean.left_out % 24, 0U);
  EXPECT_TRUE(mean.estimate.interval.contains(5.0));
  EXPECT_LT(mean.estimate.interval.half_width(), 3.0 / std::sqrt(2'000.0));
}

TEST(SteadyMean, IsDoubtedForFewDays) {
  const std::vector<double> series = daily_wave(16);
  std::vector<double> cold = series;
  for (std::size_t i = 0; i < 24 * 7; ++i) cold[i] += 40.0;
  const SteadyEstimate mean = mean_of({.series = cold, .cycle = 24});
  EXPECT_EQ(mean.transient, 24U * 7U);
  EXPECT_EQ(mean.batch_length, 24U);
  EXPECT_TRUE(mean.estimate.doubted_for(Doubt::few_batches));
}

TEST(SteadyMean, IsRefusedWhereTheRunIsTooShort) {
  std::vector<double> rising(5'000);
  std::iota(rising.begin(), rising.end(), 0.0);
  EXPECT_EQ(std::get<Refusal>(estimate_steady_mean({.series = rising})), Refusal::run_longer);
  const std::vector<double> nine_days = daily_wave(9);
  EXPECT_EQ(std::get<Refusal>(estimate_steady_mean({.series = nine_days, .cycle = 24})),
            Refusal::run_longer);
  EXPECT_EQ(std::get<Refusal>(estimate_steady_mean({})), Refusal::run_longer);
}

// A step that MSER sees in the first half, after which no batches pass for independent.
TEST(SteadyMean, IsRefusedWhereNSkartFindsNoBatches) {
  std::vector<double> series(1'300);
  for (std::size_t i = 0; i < series.size(); ++i) series[i] = (i / 300) % 2 == 0 ? 0.0 : 1.0;
  EXPECT_EQ(std::get<Refusal>(estimate_steady_mean({.series = series})), Refusal::run_longer);
}

TEST(SteadyEstimates, CutNoTransientOffARunThatEnds) {
  const std::vector<double> series = minstd_series(2'000);
  const LongRun run{.series = series, .regime = Regime::terminating};
  EXPECT_EQ(std::get<Refusal>(estimate_steady_mean(run)), Refusal::terminating_run);
  EXPECT_EQ(std::get<Refusal>(estimate_steady_quantile(run, 0.9)), Refusal::terminating_run);
}

TEST(SteadyEstimates, RefuseACycleOfNothing) {
  EXPECT_THROW(estimate_steady_mean({.series = {}, .cycle = 0}), std::domain_error);
}

TEST(SteadyQuantile, ComesFromSectionsOfWholeDays) {
  const std::vector<double> series = daily_wave(101);
  const auto median =
      std::get<SteadyEstimate>(estimate_steady_quantile({.series = series, .cycle = 24}, 0.5));
  EXPECT_EQ(median.estimate.method, Method::sectioning);
  EXPECT_EQ(median.batch_length % 24, 0U);
  EXPECT_TRUE(median.estimate.interval.contains(5.0));
  EXPECT_FALSE(median.estimate.doubted_for(Doubt::leftover_samples));
}

}  // namespace
}  // namespace weir::analysis
