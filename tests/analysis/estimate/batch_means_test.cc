#include "analysis/estimate/batch_means.h"

#include <array>
#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "analysis/estimate/batching.h"
#include "analysis/estimate/dependence.h"
#include "tests/analysis/estimate/minstd_series.h"

namespace weir::analysis {
namespace {

std::vector<double> steady_minstd() {
  const std::vector<double> series = minstd_series(20'000);
  return {series.begin() + 500, series.end()};
}

TEST(BatchMeans, AgreeWithTheMinstdSeries) {
  const std::vector<double> series = steady_minstd();
  const SteadyMean twenty = batch_means(series, 975);
  EXPECT_EQ(twenty.batches, 20U);
  EXPECT_NEAR(twenty.estimate.value, 0.116558509, 5e-10);
  EXPECT_NEAR(twenty.asymptotic_variance, 97.900019, 5e-7);
  EXPECT_NEAR(twenty.estimate.interval.half_width(), 2.09302 * std::sqrt(97.900019 / 19'500.0),
              1e-6);
  EXPECT_NEAR(batch_means(series, 650).asymptotic_variance, 80.265591, 5e-7);
}

TEST(OverlappingBatchMeans, AgreeWithTheMinstdSeries) {
  const SteadyMean mean = overlapping_batch_means(steady_minstd(), 650);
  EXPECT_NEAR(mean.asymptotic_variance, 80.535842, 5e-7);
  EXPECT_NEAR(mean.estimate.value, 0.116558509, 5e-10);
  // 1.5 (30 - 1) = 43.5 degrees of freedom.
  EXPECT_NEAR(mean.estimate.interval.half_width(),
              -student_t_quantile(0.025, 43.5) * std::sqrt(80.535842 / 19'500.0), 1e-8);
}

// Var(mean of m) of an autoregression with unit noise.
double variance_of_mean(double phi, double m) {
  const double limit = 1.0 / ((1.0 - phi) * (1.0 - phi));
  return limit / m * (1.0 - 2.0 * phi * (1.0 - std::pow(phi, m)) / (m * (1.0 - phi * phi)));
}

// E[V] / its limit, for `a` batches of `b`.
double expected_share(double phi, double b, double a) {
  const double spread = variance_of_mean(phi, b) - variance_of_mean(phi, a * b);
  return b * a / (a - 1.0) * spread * (1.0 - phi) * (1.0 - phi);
}

TEST(BatchMeans, HaveTheBiasThatTheoryGives) {
  EXPECT_NEAR(variance_of_mean(0.9, 100.0), 0.905265674, 5e-10);
  EXPECT_NEAR(expected_share(0.5, 64.0, 32.0), 0.97852, 5e-6);
  EXPECT_NEAR(expected_share(0.9, 64.0, 32.0), 0.84753, 5e-6);
  EXPECT_NEAR(expected_share(0.9, 256.0, 32.0), 0.96184, 5e-6);
  EXPECT_NEAR(expected_share(0.9, 1024.0, 32.0), 0.99046, 5e-6);
  EXPECT_NEAR(expected_share(0.995, 1024.0, 32.0), 0.80028, 5e-6);
  EXPECT_NEAR(expected_share(0.995, 8192.0, 32.0), 0.97489, 5e-6);
}

// V is a quadratic form, and a stationary autoregression is linear in independent unit noise: so
// the expectation of V is the sum of V over the answers to one impulse of noise at each time.
double exact_expectation(double phi, std::size_t length, std::size_t batches) {
  const std::size_t n = length * batches;
  double sum = 0.0;
  for (std::size_t at = 0; at < n; ++at) {
    std::vector<double> answer(n, 0.0);
    answer[at] = at == 0 ? 1.0 / std::sqrt(1.0 - phi * phi) : 1.0;
    for (std::size_t i = at + 1; i < n; ++i) answer[i] = phi * answer[i - 1];
    sum += batch_means(answer, length).asymptotic_variance;
  }
  return sum;
}

TEST(BatchMeans, AreExpectedToBeWhatTheFormulaSays) {
  EXPECT_NEAR(exact_expectation(0.5, 64, 32) * 0.25, 0.97852, 5e-6);
  EXPECT_NEAR(exact_expectation(0.9, 64, 32) * 0.01, 0.84753, 5e-6);
}

TEST(CorrectedBatchMeans, WidenByTheCorrelationFound) {
  const std::vector<double> series = minstd_series(3'000);
  const std::span<const double> steady = std::span{series}.subspan(100);
  const SteadyMean plain = batch_means(steady, 29);
  const SteadyMean corrected = corrected_batch_means(steady, 29);
  ASSERT_GT(plain.lag_one, 0.05);
  EXPECT_NEAR(corrected.asymptotic_variance,
              plain.asymptotic_variance * (1.0 + plain.lag_one) / (1.0 - plain.lag_one), 1e-9);
  EXPECT_EQ(corrected.estimate.method, Method::corrected_batch_means);
  EXPECT_TRUE(plain.estimate.doubted_for(Doubt::correlated_batches));
}

TEST(CorrectedBatchMeans, NeverNarrow) {
  const std::array series{1.0, -1.0, 1.0, -1.0, 1.0, -1.0};
  EXPECT_EQ(corrected_batch_means(series, 1).asymptotic_variance,
            batch_means(series, 1).asymptotic_variance);
}

TEST(CorrectedBatchMeans, SayWhenTheCorrelationIsBeyondThem) {
  std::vector<double> series(200, -1.0);
  for (std::size_t i = 100; i < 200; ++i) series[i] = 1.0;
  const SteadyMean mean = corrected_batch_means(series, 1);
  EXPECT_TRUE(mean.estimate.doubted_for(Doubt::correction_at_limit));
  EXPECT_NEAR(mean.asymptotic_variance, batch_means(series, 1).asymptotic_variance * 19.0, 1e-9);
}

// Runs of four alike: memory 4, and a bias of (4 - 1/4) / 2 for batches of one.
TEST(BatchMeans, AreDoubtedWhereTheyAreShortAgainstTheMemory) {
  MinstdNormal normal;
  std::vector<double> series;
  for (int i = 0; i < 4'000; ++i) series.insert(series.end(), 4, normal());
  const SteadyMean long_batches = batch_means(series, 80);
  EXPECT_NEAR(long_batches.memory, 4.0, 1.0);
  EXPECT_TRUE(long_batches.estimate.doubts.empty());
  const SteadyMean short_batches = batch_means(series, 20);
  EXPECT_TRUE(short_batches.estimate.doubted_for(Doubt::long_memory));
  EXPECT_FALSE(short_batches.estimate.doubted_for(Doubt::correlated_batches));
}

TEST(BatchMeans, HaveNoMemoryWithoutSpread) {
  const SteadyMean constant = batch_means(std::vector<double>(20, 3.0), 1);
  EXPECT_EQ(constant.memory, 1.0);
  EXPECT_TRUE(constant.estimate.doubts.empty());
}

TEST(BatchMeans, SayWhatIsToBeDoubted) {
  const std::array samples{4.0, 1.0, 3.0, 2.0, 5.0, 3.5, 1.5};
  const Estimate estimate = batch_means(samples, 2).estimate;
  EXPECT_TRUE(estimate.doubted_for(Doubt::few_batches));
  EXPECT_TRUE(estimate.doubted_for(Doubt::leftover_samples));
  EXPECT_DOUBLE_EQ(estimate.value, 16.0 / 6.0);  // the first sample fills no batch
  EXPECT_THROW(batch_means(samples, 4), std::domain_error);
  EXPECT_THROW(batch_means(samples, 0), std::domain_error);
}

TEST(BatchLength, IsAWholeNumberOfCycles) {
  EXPECT_EQ(batch_length(1'000, 20), 50U);
  EXPECT_EQ(batch_length(1'000, 20, 24), 48U);
  EXPECT_EQ(batch_length(1'000, 50, 24), 0U);
}

TEST(Dependence, AgreesWithValuesByHand) {
  const std::array series{1.0, 2.0, 4.0, 3.0};  // mean 2.5, squares 2.25 .25 2.25 .25
  EXPECT_DOUBLE_EQ(lag_one_correlation(series), (0.75 - 0.75 + 0.75) / 5.0);
  EXPECT_DOUBLE_EQ(von_neumann_ratio(series), (1.0 + 4.0 + 1.0) / 3.0 / (5.0 / 3.0));
  // Of 1, 2, 6 with mean 3: cubes -8 - 1 + 27, variance 7.
  EXPECT_DOUBLE_EQ(sample_skewness(std::array{1.0, 2.0, 6.0}), 1.5 * 18.0 / std::pow(7.0, 1.5));
  EXPECT_THROW(von_neumann_ratio(std::array{1.0, 2.0}), std::domain_error);
}

TEST(Dependence, IsSeenInBothDirections) {
  const std::vector<double> series = minstd_series(200);
  EXPECT_FALSE(seems_independent(series, Probability{0.2}));
  std::vector<double> noise;
  for (std::size_t i = 1; i < series.size(); ++i) noise.push_back(series[i] - 0.9 * series[i - 1]);
  EXPECT_TRUE(seems_independent(noise, Probability{0.2}));
  std::vector<double> alternating(200);
  for (std::size_t i = 0; i < 200; ++i) alternating[i] = i % 2 == 0 ? 1.0 : -1.0;
  EXPECT_FALSE(seems_independent(alternating, Probability{0.2}));
}

}  // namespace
}  // namespace weir::analysis
