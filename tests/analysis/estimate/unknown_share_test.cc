#include "analysis/estimate/unknown_share.h"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

struct Design {
  std::vector<double> values;    // two replications a group
  std::vector<double> unknowns;  // three a group
};

// 12^3 groups, one at the middle of each cell of a cube of three unknowns. What is expected is
// x_0 + 2 x_1, with 5 times the variance of one unknown; the two replications of a group lie apart
// from it by the root of 5/9 of that. So `within` is 10/9 and `between` 5 - 5/9: shares 0.2 and
// 0.8.
Design planted() {
  constexpr int kCells = 12;
  const double cells_variance = (1.0 - 1.0 / (kCells * kCells)) / 12.0;
  const double apart = std::sqrt(5.0 * cells_variance / 9.0);
  Design design;
  for (int i = 0; i < kCells * kCells * kCells; ++i) {
    const double first = (i % kCells + 0.5) / kCells;
    const double second = (i / kCells % kCells + 0.5) / kCells;
    const double third = (i / kCells / kCells + 0.5) / kCells;
    const double expected = second + 2.0 * first;
    design.unknowns.insert(design.unknowns.end(), {second, first, third});
    design.values.insert(design.values.end(), {expected - apart, expected + apart});
  }
  return design;
}

// The twelve values of an unknown are the classes, so that none is lost within one. A grid leaves
// no chance in the means of classes; what the estimate takes off for it, 11 times the variance
// within a class over 1728 - 12, is the little that is missing to 4 and 1 of 50/9.
TEST(RankUnknowns, FindsThePlantedShares) {
  const Design design = planted();
  const double all = 5.0 * 1728.0 / 1727.0 + 5.0 / 9.0;
  const auto ranked = rank_unknowns(design.values, 2, design.unknowns, 3, 12);
  ASSERT_EQ(ranked.size(), 3U);
  EXPECT_EQ(ranked[0].unknown, 1U);
  EXPECT_NEAR(ranked[0].share, (4.0 - 11.0 / 1716.0) / all, 1e-12);
  EXPECT_EQ(ranked[1].unknown, 0U);
  EXPECT_NEAR(ranked[1].share, (1.0 - 4.0 * 11.0 / 1716.0) / all, 1e-12);
  EXPECT_EQ(ranked[2].unknown, 2U);
  EXPECT_EQ(ranked[2].share, 0.0);
}

// Two classes see 3/4 of a linear effect; five of twelve values, unequal, nearly all of it.
TEST(RankUnknowns, LosesWhatVariesWithinAClass) {
  const Design design = planted();
  EXPECT_NEAR(rank_unknowns(design.values, 2, design.unknowns, 3, 2)[0].share,
              0.72 * 0.75 / (1.0 - 1.0 / 144.0), 1e-2);
  EXPECT_NEAR(rank_unknowns(design.values, 2, design.unknowns, 3, 5)[0].share, 0.72 * 24.0 / 25.0,
              1e-2);
}

TEST(RankUnknowns, RefusesWhatDoesNotFit) {
  const std::vector<double> values(40, 1.0);
  const std::vector<double> unknowns(20, 0.5);
  EXPECT_EQ(rank_unknowns(values, 2, unknowns, 1).front().share, 0.0);
  EXPECT_THROW(rank_unknowns(values, 2, unknowns, 2), std::domain_error);
  EXPECT_THROW(rank_unknowns(values, 2, unknowns, 1, 11), std::domain_error);
  EXPECT_THROW(rank_unknowns(values, 2, unknowns, 1, 1), std::domain_error);
  EXPECT_THROW(rank_unknowns(values, 1, unknowns, 1), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
