#include "analysis/estimate/comparison.h"

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/analysis/estimate/minstd_series.h"

namespace weir::analysis {
namespace {

TEST(PairedDifference, AgreesWithValuesByHand) {
  const std::array a{1.0, 2.0, 3.0};
  const std::array b{4.0, 6.0, 5.0};  // differences 3, 4, 2; covariance 0.5
  const PairedDifference difference = paired_difference(a, b);
  EXPECT_DOUBLE_EQ(difference.estimate.value, 3.0);
  EXPECT_NEAR(difference.estimate.interval.half_width(), 4.30265273 / std::sqrt(3.0), 1e-8);
  EXPECT_NEAR(difference.correlation, 0.5, 1e-15);
  EXPECT_NEAR(difference.variance_reduction, 2.0, 1e-15);
  EXPECT_TRUE(difference.estimate.doubted_for(Doubt::few_samples));
}

// Pairs e^U with e^(1 - U) and with U: antithetic and control variates, whose gain is known.
// Var e^U = (e^2 - 1) / 2 - (e - 1)^2, Cov(e^U, e^-U e) = e - (e - 1)^2.
TEST(PairedDifference, FindsTheCorrelationOfKnownPairs) {
  std::vector<double> exponential;
  std::vector<double> uniform;
  std::vector<double> antithetic;
  for (int i = 0; i < 10'000; ++i) {
    const double u = (i + 0.5) / 10'000.0;
    exponential.push_back(std::exp(u));
    uniform.push_back(u);
    antithetic.push_back(-std::exp(1.0 - u));
  }
  EXPECT_NEAR(paired_difference(exponential, uniform).correlation, 0.991827, 1e-6);
  // The pair's mean is half the difference of these; one pair costs two runs.
  EXPECT_NEAR(paired_difference(antithetic, exponential).variance_reduction, 30.931, 2e-3);
}

TEST(PairedDifference, SaysWhenPairingDidHarmOrAll) {
  const std::array a{1.0, 2.0, 3.0};
  EXPECT_DOUBLE_EQ(paired_difference(a, std::array{3.0, 2.0, 1.0}).variance_reduction, 0.5);
  EXPECT_EQ(paired_difference(a, std::array{2.0, 3.0, 4.0}).variance_reduction,
            std::numeric_limits<double>::infinity());
  EXPECT_EQ(paired_difference(std::array{1.0, 1.0}, std::array{2.0, 2.0}).variance_reduction, 1.0);
  EXPECT_THROW(paired_difference(a, std::array{1.0, 2.0}), std::domain_error);
}

const std::vector<std::vector<double>> kTwo{{1.0, 2.0, 3.0}, {4.0, 6.0, 5.0}};

// The t quantile of .95 at 2 degrees of freedom is 2.91998558; the standard error 1 / sqrt(3).
TEST(AgainstBest, AgreesWithValuesByHand) {
  const double reach = 2.91998558 / std::sqrt(3.0);
  const std::vector<AgainstBest> results = against_best(kTwo, Best::largest);
  EXPECT_DOUBLE_EQ(results[0].difference, -3.0);
  EXPECT_NEAR(results[0].interval.low, -3.0 - reach, 1e-8);
  EXPECT_EQ(results[0].interval.high, 0.0);  // cannot be the best
  EXPECT_DOUBLE_EQ(results[1].difference, 3.0);
  EXPECT_EQ(results[1].interval.low, 0.0);  // must be the best
  EXPECT_NEAR(results[1].interval.high, 3.0 + reach, 1e-8);
}

TEST(AgainstBest, MirrorsWhenTheSmallestIsBest) {
  const std::vector<AgainstBest> results = against_best(kTwo, Best::smallest);
  EXPECT_DOUBLE_EQ(results[0].difference, -3.0);
  EXPECT_EQ(results[0].interval.high, 0.0);
  EXPECT_NEAR(results[0].interval.low, -3.0 - 2.91998558 / std::sqrt(3.0), 1e-8);
  EXPECT_EQ(results[1].interval.low, 0.0);
}

TEST(AgainstBest, LeavesOpenWhatTheDataLeaveOpen) {
  const std::vector<std::vector<double>> alike{{1.0, 2.0, 3.0}, {2.0, 1.0, 3.1}, {9.0, 9.5, 9.1}};
  const std::vector<AgainstBest> results = against_best(alike, Best::smallest);
  for (const std::size_t open : {0U, 1U}) {
    EXPECT_LT(results[open].interval.low, 0.0);
    EXPECT_GT(results[open].interval.high, 0.0);
  }
  EXPECT_EQ(results[2].interval.low, 0.0);
}

TEST(AgainstBest, RefusesWhatCannotBeCompared) {
  try {
    against_best({kTwo.data(), 1}, Best::largest);
    FAIL() << "one alternative has no others";
  } catch (const std::domain_error& error) {
    EXPECT_STREQ(error.what(), "a best needs two alternatives");
  }
  const std::vector<std::vector<double>> uneven{{1.0, 2.0}, {1.0, 2.0, 3.0}};
  EXPECT_THROW(against_best(uneven, Best::largest), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
