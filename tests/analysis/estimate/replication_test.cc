#include "analysis/estimate/replication.h"

#include <array>
#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

using State = SequentialMean::State;

constexpr std::array kTen{9.0, 11.0, 10.0, 12.0, 8.0, 10.0, 9.5, 10.5, 10.0, 10.0};

// Adds 8, 12, 8, 12, ...: mean 10, deviation about 2.
State add_alternating(SequentialMean& mean, int count) {
  for (int i = 0; i < count; ++i) mean.add(i % 2 == 0 ? 8.0 : 12.0);
  return mean.state();
}

TEST(Replications, GiveTheStudentInterval) {
  const Estimate estimate = estimate_replications(kTen);
  EXPECT_DOUBLE_EQ(estimate.value, 10.0);
  // 10.5 is the sum of squares; the t quantile of .975 at 9 degrees of freedom is 2.26216.
  EXPECT_NEAR(estimate.interval.half_width(), 2.26216 * std::sqrt(10.5 / 9.0 / 10.0), 1e-5);
  EXPECT_EQ(estimate.method, Method::replications);
  EXPECT_TRUE(estimate.doubts.empty());
}

TEST(Replications, AreDoubtedBelowTen) {
  EXPECT_TRUE(estimate_replications(std::array{1.0, 2.0}).doubted_for(Doubt::few_samples));
  EXPECT_THROW(estimate_replications(std::array{1.0}), std::domain_error);
}

TEST(Precision, AllowsGammaOverOnePlusGamma) {
  EXPECT_NEAR(Precision{}.half_width_share(), 0.0909, 5e-5);
}

TEST(SequentialMean, NeverStopsBeforeTheTenthReplication) {
  SequentialMean mean({.relative_error = 0.5});
  for (int i = 0; i < 9; ++i) {
    mean.add(3.0);
    EXPECT_EQ(mean.state(), State::running);
  }
  mean.add(3.0);
  EXPECT_EQ(mean.state(), State::reached);
  EXPECT_EQ(mean.estimate().interval.half_width(), 0.0);
}

// The half-width of n values 8 and 12 is 2 t / sqrt(n - 1) for even n: 0.960 for 20, 0.908 for 22;
// in between, for 21, it is 0.932. A tenth over 1.1 of the mean 10 is 0.909.
TEST(SequentialMean, StopsAtTheFirstHalfWidthThatIsSmallEnough) {
  SequentialMean mean({.relative_error = 0.10});
  EXPECT_EQ(add_alternating(mean, 21), State::running);
  mean.add(12.0);
  EXPECT_EQ(mean.state(), State::reached);
  EXPECT_NEAR(mean.estimate().interval.half_width(), 0.90762, 1e-5);
  EXPECT_FALSE(mean.estimate().doubted_for(Doubt::precision_not_reached));
}

TEST(SequentialMean, SaysWhenTheCapCameFirst) {
  SequentialMean mean({.relative_error = 0.01, .most = 12});
  EXPECT_EQ(add_alternating(mean, 12), State::not_reached);
  EXPECT_TRUE(mean.estimate().doubted_for(Doubt::precision_not_reached));
}

// No relative precision can be promised of a mean of 0.
TEST(SequentialMean, NeverReachesAMeanOfZero) {
  SequentialMean mean({.relative_error = 0.9, .most = 40});
  for (int i = 0; i < 40; ++i) mean.add(i % 2 == 0 ? -1.0 : 1.0);
  EXPECT_EQ(mean.state(), State::not_reached);
}

TEST(SequentialMean, RefusesReplicationsAfterItsDecision) {
  SequentialMean mean({.relative_error = 0.5});
  for (int i = 0; i < 10; ++i) mean.add(3.0);
  EXPECT_THROW(mean.add(3.0), std::logic_error);
}

TEST(SequentialMean, RefusesWhatCannotBeMeant) {
  EXPECT_THROW(SequentialMean({.relative_error = 0.0}), std::domain_error);
  EXPECT_THROW(SequentialMean({.fewest = 9}), std::domain_error);
  EXPECT_THROW(SequentialMean({.fewest = 20, .most = 19}), std::domain_error);
  EXPECT_THROW(SequentialMean({.confidence = Probability{1.0}}), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
