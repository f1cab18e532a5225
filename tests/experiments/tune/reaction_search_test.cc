#include "experiments/tune/reaction_search.h"

#include <cmath>

#include <gtest/gtest.h>

namespace weir::experiments {
namespace {

TEST(ReactionSearch, TheCubeReachesFromNoReactionToNearlyNothing) {
  const Reaction none = ReactionSearch::at({0.0, 0.0, 0.0, 0.0});
  EXPECT_EQ(none.cut, 0.0);
  EXPECT_EQ(none.cut_once_in_hours, 0.0);
  EXPECT_EQ(none.hold_hours, 0.0);
  EXPECT_EQ(none.resume, 1.0);
  const Reaction most = ReactionSearch::at({1.0, 1.0, 1.0, 1.0});
  EXPECT_DOUBLE_EQ(most.cut, 0.98);
  EXPECT_EQ(most.cut_once_in_hours, 96.0);
  EXPECT_EQ(most.hold_hours, 48.0);
  EXPECT_DOUBLE_EQ(most.resume, 0.01);
}

// Kills: what is left of a cut on a straight scale, where deep cuts lie too near to each other.
TEST(ReactionSearch, DeepCutsAndSlowReturnsAreAsFarApartAsShallowAndFastOnes) {
  const Reaction half = ReactionSearch::at({0.5, 0.5, 0.5, 0.5});
  EXPECT_NEAR(1.0 - half.cut, std::sqrt(0.02), 1e-12);
  EXPECT_NEAR(half.resume, 0.1, 1e-12);
  EXPECT_EQ(half.hold_hours, 24.0);
}

}  // namespace
}  // namespace weir::experiments
