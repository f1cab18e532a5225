#include "analysis/estimate/selection.h"

#include <array>
#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/analysis/estimate/minstd_series.h"

namespace weir::analysis {
namespace {

void expect_constants(std::size_t alternatives, std::size_t first, double eta, double h_squared) {
  const KnConstants constants = kn_constants(alternatives, first, Probability{0.95});
  EXPECT_NEAR(constants.eta, eta, 5e-6);
  EXPECT_NEAR(constants.h_squared, h_squared, 5e-6);
}

TEST(KnConstants, AgreeWithKnownValues) {
  expect_constants(2, 10, 0.33405, 6.01290);
  expect_constants(10, 10, 0.85908, 15.46350);
  expect_constants(10, 20, 0.30293, 11.51148);
  expect_constants(100, 20, 0.53348, 20.27205);
}

// 0 against -9, 11, -9, ...: the ten first have the variance 1000 / 9, and h^2 times that is 668.1.
// With a zone of 1 the leader must have r (2 lead + 1) > 668.1; the lead is 1 after even rounds and
// (r - 10) / r after odd ones, so that the first such r is 224.
TEST(KnSelection, DropsTheWorseAtTheRoundThatTheoryGives) {
  KnSelection selection(2, {.indifference = 1.0});
  while (!selection.decided()) {
    const double value = selection.rounds() % 2 == 0 ? -9.0 : 11.0;
    selection.add_round(std::array{0.0, value});
  }
  EXPECT_EQ(selection.rounds(), 224U);
  EXPECT_EQ(selection.remaining().front(), 1U);
  EXPECT_NEAR(selection.mean(1), 1.0, 1e-12);
  EXPECT_THROW(selection.add_round(std::array{0.0}), std::logic_error);
}

TEST(KnSelection, TakesTheSmallestWhenThatIsBest) {
  KnSelection selection(3, {.best = Best::smallest, .indifference = 0.5});
  for (int i = 0; i < 10; ++i) selection.add_round(std::array{2.0, 1.0, 3.0});
  EXPECT_TRUE(selection.decided());
  EXPECT_EQ(selection.remaining().front(), 1U);
}

TEST(KnSelection, EndsAlsoBetweenEquals) {
  KnSelection selection(3, {.indifference = 0.5});
  for (int i = 0; i < 10; ++i) selection.add_round(std::array{1.0, 1.0, 1.0});
  EXPECT_EQ(selection.remaining(), std::vector<std::size_t>{0});
}

TEST(KnSelection, RefusesWhatCannotBeMeant) {
  EXPECT_THROW(KnSelection(2, {.indifference = 0.0}), std::domain_error);
  EXPECT_THROW(KnSelection(1, {.indifference = 1.0}), std::domain_error);
  EXPECT_THROW(KnSelection(2, {.indifference = 1.0, .first = 1}), std::domain_error);
  EXPECT_THROW(KnSelection(2, {.indifference = 1.0}).add_round(std::array{1.0}), std::domain_error);
}

// Shares behind the leader go as variance / distance^2: 1 and 1/4; the leader gets the root of the
// sum of their squares.
TEST(OcbaShares, AgreeWithValuesByHand) {
  const std::array means{3.0, 2.0, 1.0};
  const std::vector<double> shares = ocba_shares(means, std::array{1.0, 1.0, 1.0}, Best::largest);
  const double sum = std::sqrt(17.0) / 4.0 + 1.25;
  EXPECT_NEAR(shares[0], std::sqrt(17.0) / 4.0 / sum, 1e-15);
  EXPECT_NEAR(shares[1], 1.0 / sum, 1e-15);
  EXPECT_NEAR(shares[2], 0.25 / sum, 1e-15);
}

TEST(OcbaShares, FollowTheVariances) {
  const std::vector<double> shares =
      ocba_shares(std::array{3.0, 2.0, 1.0}, std::array{4.0, 1.0, 9.0}, Best::smallest);
  // Behind the leader 1: 4 / 2^2 and 1 / 1^2; leader 3 sqrt(1 / 4 + 1 / 1).
  EXPECT_NEAR(shares[0] / shares[1], 1.0, 1e-15);
  EXPECT_NEAR(shares[2] / shares[1], 3.0 * std::sqrt(1.25), 1e-14);
}

TEST(OcbaShares, RefuseWhatCannotBeShared) {
  EXPECT_THROW(ocba_shares(std::array{1.0}, std::array{1.0}, Best::largest), std::domain_error);
  EXPECT_THROW(ocba_shares(std::array{1.0, 1.0}, std::array{1.0, 1.0}, Best::largest),
               std::domain_error);
  EXPECT_THROW(ocba_shares(std::array{1.0, 2.0}, std::array{1.0, 0.0}, Best::largest),
               std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
