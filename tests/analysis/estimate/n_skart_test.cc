#include "analysis/estimate/n_skart.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/estimate/dependence.h"
#include "analysis/moments.h"
#include "tests/analysis/estimate/minstd_series.h"

namespace weir::analysis {
namespace {

TEST(SkartBatching, AgreesWithTheMinstdSeries) {
  const auto found = skart_batching(minstd_series(20'000));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->transient, 18U);  // batches of 2, nine of them between any two
  EXPECT_EQ(found->batching.length, 19U);
  EXPECT_EQ(found->batching.means.size(), 1024U);
  EXPECT_EQ(found->batching.skipped, 20'000U - 1024U * 19U);
  EXPECT_EQ(found->spacer, 29U);
}

// The paper's interval, from an independent calculation of its steps in another language.
TEST(NSkart, GivesThePapersIntervalForTheMinstdSeries) {
  const auto found = skart_batching(minstd_series(20'000));
  ASSERT_TRUE(found);
  const Estimate estimate = n_skart(*found);
  EXPECT_NEAR(estimate.value, 0.118980371, 5e-10);
  EXPECT_NEAR(estimate.value - estimate.interval.low, 0.146945997, 1e-9);
  EXPECT_NEAR(estimate.interval.high - estimate.value, 0.154450957, 1e-9);
  EXPECT_EQ(estimate.method, Method::n_skart);
  EXPECT_TRUE(estimate.doubts.empty());
}

// kim-convergence 7cc777a prints a half-width of .145401956: the distance to the lower end, with
// the skewness of the 34 batches at 29, 59, ... where the paper takes the 35 at 0, 30, ...; and
// with the degrees of freedom and the root of the paper's 35. With these, and nothing else changed,
// it comes out.
TEST(NSkart, DiffersFromKimConvergenceOnlyInTheSpacedBatches) {
  const auto found = skart_batching(minstd_series(20'000));
  ASSERT_TRUE(found);
  const std::vector<double>& means = found->batching.means;
  std::vector<double> spaced;
  for (std::size_t i = found->spacer; i < means.size(); i += found->spacer + 1) {
    spaced.push_back(means[i]);
  }
  ASSERT_EQ(spaced.size(), 34U);
  Moments moments;
  for (const double mean : means) moments.add(mean);
  const double correlation = lag_one_correlation(means);
  const double error =
      moments.standard_error() * std::sqrt((1.0 + correlation) / (1.0 - correlation));
  const double beta = sample_skewness(spaced) / (6.0 * std::sqrt(35.0));
  EXPECT_NEAR(skewness_adjusted(student_t_quantile(0.975, 34.0), beta) * error, 0.145401956, 5e-10);
}

TEST(NSkart, AsksForALongerRun) {
  EXPECT_FALSE(skart_batching(minstd_series(1'279)));
  std::vector<double> rising(5'000);
  for (std::size_t i = 0; i < rising.size(); ++i) rising[i] = static_cast<double>(i);
  EXPECT_FALSE(skart_batching(rising));
}

TEST(NSkart, DoubtsVerySkewedSamples) {
  MinstdNormal normal;
  std::vector<double> series(40'000);
  for (double& value : series) value = std::exp(2.0 * normal());
  const auto found = skart_batching(series);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->very_skewed);
  const Estimate estimate = n_skart(*found);
  EXPECT_TRUE(estimate.doubted_for(Doubt::skewed_samples));
  EXPECT_GT(estimate.interval.high - estimate.value, estimate.value - estimate.interval.low);
}

TEST(SkewnessAdjusted, IsTheIdentityWithoutSkewnessAndGrowsWithIt) {
  EXPECT_EQ(skewness_adjusted(2.0, 0.0), 2.0);
  EXPECT_NEAR(skewness_adjusted(2.0, 1e-7), 2.0, 1e-6);
  EXPECT_NEAR(skewness_adjusted(2.0, 0.5), std::cbrt(5.5) - 1.0, 1e-15);
}

}  // namespace
}  // namespace weir::analysis
