#include "tests/support/statistics.h"

#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace weir::testing {
namespace {

std::vector<double> uniforms(std::size_t n) {
  std::mt19937_64 engine(7);
  std::vector<double> values(n);
  for (double& value : values) value = static_cast<double>(engine() >> 11) * 0x1p-53;
  return values;
}

double uniform_cdf(double x) { return x; }

// Each value depends on the one before: x' = 0.99 x + e, mean 0. Its mean varies 199 times as much
// as that of independent values with the same spread.
std::vector<double> sluggish(std::size_t n) {
  std::vector<double> values = uniforms(n);
  double x = 0.0;
  for (double& value : values) value = x = 0.99 * x + value - 0.5;
  return values;
}

TEST(CheckMean, PassesForTheTruthAndFailsBesideIt) {
  const std::vector<double> samples = uniforms(10'000);
  const double error = std::sqrt(1.0 / 12.0 / 10'000.0);
  EXPECT_TRUE(check_mean(samples, 0.5));
  EXPECT_FALSE(check_mean(samples, 0.5 + 8.0 * error));
  EXPECT_FALSE(check_mean(samples, 0.5 - 8.0 * error));
}

TEST(CheckMean, TakesTheSpreadOfBatchesWhenSamplesAreCorrelated) {
  const std::vector<double> samples = sluggish(200'000);
  EXPECT_TRUE(check_mean(samples, 0.0, Batches{20}));
  EXPECT_FALSE(check_mean(samples, 1.0, Batches{20}));
}

TEST(CheckMean, AllowsMoreWhenSamplesAreFew) {
  const std::array few{-1.0, 1.0};
  EXPECT_TRUE(check_mean(few, 1'000.0));
  std::vector<double> many;
  for (int i = 0; i < 1'000; ++i) many.insert(many.end(), few.begin(), few.end());
  EXPECT_FALSE(check_mean(many, 1.0));
}

TEST(CheckMean, WantsSamplesWithoutSpreadToEqualTheTruth) {
  const std::array samples{2.0, 2.0, 2.0};
  EXPECT_TRUE(check_mean(samples, 2.0));
  EXPECT_FALSE(check_mean(samples, std::nextafter(2.0, 3.0)));
}

TEST(CheckMean, FailsForWhatIsNoNumber) {
  EXPECT_FALSE(check_mean(std::array{1.0, 2.0, std::nan("")}, 1.5));
  EXPECT_FALSE(check_mean(std::array{1.0, 2.0}, std::nan("")));
}

TEST(CheckMean, FailsWithTooFewSamples) {
  EXPECT_FALSE(check_mean(std::array{1.0}, 1.0));
  EXPECT_FALSE(check_mean(uniforms(100), 0.5, Batches{9}));
}

TEST(CheckMean, SaysTheNumbersWhenItFails) {
  const std::string message = check_mean(std::array{1.0, 2.0}, 1e9).message();
  EXPECT_NE(message.find("mean 1.5 of 2 samples"), std::string::npos) << message;
}

TEST(CheckShare, PassesForTheTruthAndFailsBesideIt) {
  EXPECT_TRUE(check_share(5'050, 10'000, 0.5));
  EXPECT_FALSE(check_share(5'300, 10'000, 0.5));
  EXPECT_FALSE(check_share(4'700, 10'000, 0.5));
}

TEST(CheckShare, IsExactForRareThings) {
  EXPECT_TRUE(check_share(0, 10'000, 1e-3));
  EXPECT_FALSE(check_share(0, 20'000, 1e-3));
  EXPECT_TRUE(check_share(7, 7, 1.0));
  EXPECT_FALSE(check_share(6, 7, 1.0));
}

TEST(CheckDistribution, PassesForTheTruthAndFailsForAnother) {
  const std::vector<double> samples = uniforms(10'000);
  EXPECT_TRUE(check_distribution(samples, uniform_cdf));
  EXPECT_FALSE(check_distribution(samples, [](double x) { return x * x; }));
  EXPECT_FALSE(check_distribution(samples, [](double x) { return std::min(1.0, 1.06 * x); }));
}

TEST(CheckDistribution, FailsForWhatIsNoNumber) {
  EXPECT_FALSE(check_distribution(std::array{0.5, std::nan("")}, uniform_cdf));
  EXPECT_FALSE(check_distribution(std::array{0.5}, [](double) { return std::nan(""); }));
  EXPECT_FALSE(check_distribution({}, uniform_cdf));
}

TEST(CheckCounts, PassesForTheTruthAndFailsBesideIt) {
  const std::array shares{0.25, 0.25, 0.5};
  EXPECT_TRUE(check_counts(std::array<std::uint64_t, 3>{2'510, 2'470, 5'020}, shares));
  EXPECT_FALSE(check_counts(std::array<std::uint64_t, 3>{2'800, 2'200, 5'000}, shares));
}

TEST(CheckCounts, WantsTenOfEachExpected) {
  EXPECT_FALSE(check_counts(std::array<std::uint64_t, 2>{9, 9}, std::array{0.5, 0.5}));
  EXPECT_FALSE(check_counts(std::array<std::uint64_t, 2>{50, 50}, std::array{1.0}));
}

}  // namespace
}  // namespace weir::testing
