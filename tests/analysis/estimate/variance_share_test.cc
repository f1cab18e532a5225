#include "analysis/estimate/variance_share.h"

#include <array>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/analysis/estimate/minstd_series.h"

namespace weir::analysis {
namespace {

// Groups that vary by 4 and replications that vary by 1: shares 0.8 and 0.2.
std::vector<double> planted(MinstdNormal& normal, std::size_t groups, std::size_t each) {
  std::vector<double> values;
  for (std::size_t i = 0; i < groups; ++i) {
    const double group = 10.0 + 2.0 * normal();
    for (std::size_t j = 0; j < each; ++j) values.push_back(group + normal());
  }
  return values;
}

TEST(VarianceShares, FindThePlantedOnes) {
  MinstdNormal normal;
  const Probability nearly_sure{0.999'999};
  const VarianceShares shares = variance_shares(planted(normal, 2'000, 4), 4, nearly_sure);
  EXPECT_TRUE(shares.between_share.interval.contains(0.8));
  EXPECT_LT(shares.between_share.interval.half_width(), 0.04);
  EXPECT_TRUE(shares.mean.interval.contains(10.0));
  EXPECT_TRUE(shares.between_share.doubts.empty());
}

// Groups 1 3 and 6 8: means 2 and 7; mean squares 25 between and 2 within.
TEST(VarianceShares, AgreeWithValuesByHand) {
  const VarianceShares shares = variance_shares(std::array{1.0, 3.0, 6.0, 8.0}, 2);
  EXPECT_DOUBLE_EQ(shares.mean.value, 4.5);
  EXPECT_DOUBLE_EQ(shares.within, 2.0);
  EXPECT_DOUBLE_EQ(shares.between, 11.5);
  EXPECT_DOUBLE_EQ(shares.between_share.value, 11.5 / 13.5);
  // F with 1 and 2 degrees of freedom has the .975 quantile 38.506: 25 / 2 is not above it.
  EXPECT_EQ(shares.between_share.interval.low, 0.0);
  EXPECT_LT(shares.between_share.interval.high, 1.0);
  EXPECT_GT(shares.between_share.interval.high, 0.99);
  EXPECT_TRUE(shares.between_share.doubted_for(Doubt::few_samples));
}

TEST(VarianceShares, ReportANegativeEstimateAsZero) {
  const VarianceShares shares = variance_shares(std::array{1.0, 5.0, 2.0, 4.0, 0.0, 6.0}, 2);
  EXPECT_EQ(shares.between, 0.0);
  EXPECT_EQ(shares.between_share.value, 0.0);
  EXPECT_EQ(shares.between_share.interval.low, 0.0);
  EXPECT_TRUE(shares.between_share.doubted_for(Doubt::negative_variance));
}

TEST(VarianceShares, HaveLimitsWithoutNoise) {
  const Estimate all = variance_shares(std::array{1.0, 1.0, 2.0, 2.0}, 2).between_share;
  EXPECT_EQ(all.value, 1.0);
  EXPECT_EQ(all.interval.low, 1.0);
  EXPECT_EQ(variance_shares(std::array{1.0, 1.0, 1.0, 1.0}, 2).between_share.value, 0.0);
}

TEST(VarianceShares, NeedTwoGroupsOfTwo) {
  EXPECT_THROW(variance_shares(std::array{1.0, 2.0}, 1), std::domain_error);
  EXPECT_THROW(variance_shares(std::array{1.0, 2.0, 3.0}, 2), std::domain_error);
  EXPECT_THROW(variance_shares(std::array{1.0, 2.0}, 2), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
