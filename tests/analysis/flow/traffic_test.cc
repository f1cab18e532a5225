#include "analysis/flow/traffic.h"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

TEST(SolveTraffic, FollowsSharesFromNodeToNode) {
  const Traffic traffic =
      solve_traffic({.arrivals = {8.0, 0.0, 1.0, 0.0},
                     .passages = {{0, 1, 0.25}, {0, 2, 0.5}, {1, 3, 1.0}, {2, 3, 0.2}},
                     .names = {}});
  EXPECT_TRUE(traffic.solved());
  EXPECT_EQ(traffic.rates, (std::vector<double>{8.0, 2.0, 5.0, 3.0}));
  EXPECT_EQ(traffic.spectral_radius, 0.0);
}

TEST(SolveTraffic, CountsWhatIsTriedAgain) {
  // Each attempt is deferred with chance 1/5: 5/4 attempts a message.
  const Traffic traffic =
      solve_traffic({.arrivals = {4.0}, .passages = {{0, 0, 0.2}}, .names = {}});
  EXPECT_DOUBLE_EQ(traffic.rates[0], 5.0);
  EXPECT_DOUBLE_EQ(traffic.spectral_radius, 0.2);
}

TEST(SolveTraffic, SolvesLoopsOfSeveralNodesWhateverTheirOrder) {
  // x0 = 1 + x2 / 2, x1 = 2 + x0 / 2, x2 = x1 / 4, x3 = 3/4 x1: x0 = 4/3, x1 = 8/3, x2 = 2/3, x3
  // = 2.
  const Traffic traffic =
      solve_traffic({.arrivals = {1.0, 2.0, 0.0, 0.0},
                     .passages = {{1, 3, 0.75}, {2, 0, 0.5}, {0, 1, 0.5}, {1, 2, 0.25}},
                     .names = {}});
  ASSERT_TRUE(traffic.solved());
  EXPECT_NEAR(traffic.rates[0], 4.0 / 3.0, 1e-15);
  EXPECT_NEAR(traffic.rates[1], 8.0 / 3.0, 1e-15);
  EXPECT_NEAR(traffic.rates[2], 2.0 / 3.0, 1e-15);
  EXPECT_NEAR(traffic.rates[3], 2.0, 1e-15);
  EXPECT_NEAR(traffic.spectral_radius, std::cbrt(0.5 * 0.5 * 0.25), 1e-12);
}

TEST(SolveTraffic, AddsUpPassagesOfTheSamePair) {
  const Traffic traffic =
      solve_traffic({.arrivals = {2.0, 0.0}, .passages = {{0, 1, 0.5}, {0, 1, 0.25}}, .names = {}});
  EXPECT_EQ(traffic.rates[1], 1.5);
}

TEST(SolveTraffic, RefusesALoopThatNothingLeavesAndNamesIt) {
  const Traffic traffic = solve_traffic({.arrivals = {1.0, 0.0, 0.0},
                                         .passages = {{0, 1, 1.0}, {1, 2, 1.0}, {2, 1, 1.0}},
                                         .names = {"in", "relay", "filter"}});
  EXPECT_FALSE(traffic.solved());
  EXPECT_TRUE(traffic.rates.empty());
  EXPECT_EQ(traffic.refusal,
            "what goes round through 'relay', 'filter' never leaves: the rates have no bound");
}

TEST(SolveTraffic, RefusesALoopThatMakesMoreOfWhatItGets) {
  const Traffic traffic =
      solve_traffic({.arrivals = {1.0, 0.0}, .passages = {{0, 1, 3.0}, {1, 0, 0.5}}, .names = {}});
  EXPECT_NEAR(traffic.spectral_radius, std::sqrt(1.5), 1e-12);
  EXPECT_EQ(
      traffic.refusal,
      "what goes round through node 0, node 1 grows with every round: the rates have no bound");
}

TEST(SolveTraffic, MultipliesWithoutALoop) {
  const Traffic traffic =
      solve_traffic({.arrivals = {1.0, 0.0}, .passages = {{0, 1, 3.0}}, .names = {}});
  EXPECT_EQ(traffic.rates[1], 3.0) << "a group of three";
}

TEST(SolveTraffic, IsQuickForLongChains) {
  OpenNetwork chain{.arrivals = std::vector<double>(20'000, 0.0), .passages = {}, .names = {}};
  chain.arrivals[0] = 1.0;
  for (std::size_t i = 0; i + 1 < chain.arrivals.size(); ++i)
    chain.passages.push_back({i, i + 1, 1.0});
  EXPECT_EQ(solve_traffic(chain).rates.back(), 1.0);
}

TEST(SolveTraffic, RefusesWhatIsNoRateOrNoNode) {
  EXPECT_THROW(solve_traffic({.arrivals = {-1.0}, .passages = {}, .names = {}}), std::domain_error);
  EXPECT_THROW(solve_traffic({.arrivals = {1.0}, .passages = {{0, 0, std::nan("")}}, .names = {}}),
               std::domain_error);
  EXPECT_THROW(solve_traffic({.arrivals = {1.0}, .passages = {{0, 1, 0.5}}, .names = {}}),
               std::out_of_range);
}

}  // namespace
}  // namespace weir::analysis
