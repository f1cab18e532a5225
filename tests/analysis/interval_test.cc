#include "analysis/interval.h"

#include <array>
#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

// Expected values were computed with mpmath to 40 digits; 81 of 263 is the example of Newcombe,
// "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998).

namespace weir::analysis {
namespace {

void expect_interval(Interval interval, double low, double high) {
  EXPECT_NEAR(interval.low, low, 1e-13);
  EXPECT_NEAR(interval.high, high, 1e-13);
}

TEST(EstimateMean, IsTheStudentInterval) {
  const std::array samples{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0};
  const MeanEstimate estimate = estimate_mean(samples);
  const double error = std::sqrt(55.0 / 6.0 / 10.0);
  EXPECT_DOUBLE_EQ(estimate.mean, 5.5);
  EXPECT_DOUBLE_EQ(estimate.standard_error, error);
  expect_interval(estimate.interval, 5.5 - 2.2621571627982055 * error,
                  5.5 + 2.2621571627982055 * error);
}

TEST(EstimateMean, WidensWithTheConfidence) {
  const std::array samples{1.0, 2.0, 3.0};
  EXPECT_GT(estimate_mean(samples, Probability{0.99}).interval.half_width(),
            estimate_mean(samples, Probability{0.9}).interval.half_width());
}

TEST(EstimateMean, NeedsTwoSamples) {
  EXPECT_THROW(estimate_mean(std::array{1.0}), std::domain_error);
}

TEST(WilsonInterval, AgreesWithKnownValues) {
  expect_interval(wilson_interval(0, 10), 0.0, 0.27753279986288925);
  expect_interval(wilson_interval(1, 10), 0.017876213095072904, 0.4041500267952385);
  expect_interval(wilson_interval(81, 263), 0.25528851987827423, 0.36620957698280007);
}

TEST(WilsonInterval, ReachesTheEndsExactly) {
  EXPECT_EQ(wilson_interval(0, 7).low, 0.0);
  EXPECT_EQ(wilson_interval(7, 7).high, 1.0);
}

TEST(ClopperPearsonInterval, AgreesWithKnownValues) {
  expect_interval(clopper_pearson_interval(0, 10), 0.0, 0.30849710781876082);
  expect_interval(clopper_pearson_interval(1, 10), 0.0025285785444617845, 0.44501611702819542);
  expect_interval(clopper_pearson_interval(5, 10), 0.18708602844739853, 0.81291397155260147);
  expect_interval(clopper_pearson_interval(10, 10), 0.69150289218123918, 1.0);
  expect_interval(clopper_pearson_interval(81, 263), 0.25273674558527116, 0.36762192260135136);
  expect_interval(clopper_pearson_interval(3, 1000), 0.00061909993164957126, 0.0087420232384783036);
}

// With no hits the bound is elementary: (1 - upper)^n = 1 - confidence.
TEST(ClopperPearsonUpper, IsTheRuleOfThreeWithoutHits) {
  EXPECT_NEAR(clopper_pearson_upper(0, 4096), 1.0 - std::pow(0.05, 1.0 / 4096.0), 1e-14);
  EXPECT_EQ(clopper_pearson_upper(12, 12), 1.0);
}

TEST(ClopperPearsonInterval, HoldsForMillions) {
  const Interval interval = clopper_pearson_interval(50'000, 1'000'000);
  EXPECT_NEAR(interval.low, 0.05 - 1.96 * std::sqrt(0.05 * 0.95 / 1e6), 2e-6);
  EXPECT_NEAR(interval.high, 0.05 + 1.96 * std::sqrt(0.05 * 0.95 / 1e6), 2e-6);
}

TEST(ShareIntervals, RefuseImpossibleCounts) {
  EXPECT_THROW(wilson_interval(0, 0), std::domain_error);
  EXPECT_THROW(clopper_pearson_interval(3, 2), std::domain_error);
  EXPECT_THROW(clopper_pearson_interval(1, 2, Probability{1.0}), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
