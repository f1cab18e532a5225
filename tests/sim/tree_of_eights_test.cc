#include "sim/tree_of_eights.h"

#include <numeric>

#include <gtest/gtest.h>

#include "sim/quantity.h"
#include "sim/random.h"

namespace weir {
namespace {

Draw dice(std::uint64_t n) { return {mix64(StreamKey{}), Purpose{255}, n, 0}; }

TEST(TreeOfEights, KnowsTheFirstOfTheLeastWhateverChanges) {
  for (const std::size_t n : {1U, 2U, 7U, 8U, 9U, 63U, 64U, 65U, 511U, 513U, 700U}) {
    Draw draw = dice(n);
    TreeOfEights<std::uint64_t, Least<std::uint64_t>> tree(n, 5);
    std::vector<std::uint64_t> literal(n, 5);
    for (int change = 0; change < 500; ++change) {
      const std::size_t at = draw.below(n);
      literal[at] = draw.below(20);
      tree.set(at, literal[at]);
      const auto least = std::ranges::min_element(literal);
      ASSERT_EQ(tree.all(), *least);
      ASSERT_EQ(first_least(tree), static_cast<std::size_t>(least - literal.begin()));
      ASSERT_EQ(tree[at], literal[at]);
    }
  }
}

TEST(TreeOfEights, FindsWhereASumIsPassed) {
  for (const std::size_t n : {1U, 8U, 9U, 65U, 700U}) {
    Draw draw = dice(n);
    TreeOfEights<std::uint32_t, Sum<std::uint32_t>> tree(n, 1);
    std::vector<std::uint32_t> literal(n, 1);
    for (int change = 0; change < 500; ++change) {
      const std::size_t at = draw.below(n);
      literal[at] = static_cast<std::uint32_t>(draw.below(3));
      tree.set(at, literal[at]);
      const std::uint32_t all = std::accumulate(literal.begin(), literal.end(), 0U);
      ASSERT_EQ(tree.all(), all);
      if (all == 0) continue;
      const auto sum = static_cast<std::uint32_t>(draw.below(all));
      std::size_t place = 0;
      for (std::uint32_t passed = literal[0]; passed <= sum;) passed += literal[++place];
      ASSERT_EQ(first_beyond(tree, sum), place);
    }
  }
}

TEST(TreeOfEights, OfInstantsBeginsBeforeTheEndOfTime) {
  TreeOfEights<SimTime, Least<SimTime>> tree(10, SimTime{1h});
  EXPECT_EQ(tree.all(), SimTime{1h});
  for (std::size_t i = 0; i < 10; ++i) tree.set(i, kNever);
  EXPECT_EQ(tree.all(), kNever);
  tree.set(9, SimTime{2h});
  EXPECT_EQ(first_least(tree), 9U);
}

}  // namespace
}  // namespace weir
