#include "analysis/flow/graph.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/analysis/flow/networks.h"

namespace weir::analysis {
namespace {

using testing::network_of;
using Names = std::vector<std::string>;

TEST(FindLoops, NamesAllOnALoopAndOneShortestWayRound) {
  const Network n = network_of(
      {{"s", "a"}, {"a", "b"}, {"b", "c"}, {"c", "d"}, {"d", "a"}, {"c", "b"}, {"d", "t"}});
  const std::vector<Loop> loops = find_loops(n);
  ASSERT_EQ(loops.size(), 1U);
  EXPECT_EQ(names_of(n, loops[0].nodes), (Names{"a", "b", "c", "d"}));
  EXPECT_EQ(names_of(n, loops[0].walk), (Names{"b", "c"}));
}

TEST(FindLoops, SeesANodeThatLeadsToItself) {
  const Network n = network_of({{"s", "a"}, {"a", "a"}, {"a", "t"}});
  const std::vector<Loop> loops = find_loops(n);
  ASSERT_EQ(loops.size(), 1U);
  EXPECT_EQ(names_of(n, loops[0].walk), Names{"a"});
}

TEST(FindLoops, ListsSeveralByTheirLowestNodeAndFindsNoneWhereThereIsNone) {
  const Network n =
      network_of({{"s", "a"}, {"b", "c"}, {"c", "b"}, {"a", "d"}, {"d", "a"}, {"d", "b"}});
  const std::vector<Loop> loops = find_loops(n);
  ASSERT_EQ(loops.size(), 2U);
  EXPECT_EQ(names_of(n, loops[0].nodes), (Names{"a", "d"}));
  EXPECT_EQ(names_of(n, loops[1].nodes), (Names{"b", "c"}));
  EXPECT_TRUE(find_loops(network_of({{"s", "a"}, {"s", "b"}, {"a", "t"}, {"b", "t"}})).empty());
}

TEST(StrongParts, StandInTheOrderInWhichFlowPassesThem) {
  const Network n = network_of({{"t", "b"}, {"b", "t"}, {"a", "t"}, {"s", "a"}});
  const std::vector<NodeList> parts = strong_parts(n);
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(names_of(n, parts[0]), Names{"s"});
  EXPECT_EQ(names_of(n, parts[1]), Names{"a"});
  EXPECT_EQ(names_of(n, parts[2]), (Names{"t", "b"}));
}

TEST(FindReach, TellsWhatNoSourceReachesFromWhatReachesNoSink) {
  const Network n = network_of({{"s", "a"}, {"a", "t"}, {"a", "end"}, {"x", "t"}, {"s", "y"}});
  const Reach reach = find_reach(n);
  EXPECT_EQ(names_of(n, reach.unreached), Names{"x"});
  EXPECT_EQ(names_of(n, reach.stranded), (Names{"end", "y"}));
}

TEST(Unavoidable, IsWhatStandsOnEveryWayFromEverySource) {
  const Network n = network_of(
      {{"s1", "a"}, {"s2", "a"}, {"a", "b"}, {"a", "c"}, {"b", "d"}, {"c", "d"}, {"d", "t"}});
  EXPECT_EQ(names_of(n, unavoidable(n, n.find("t"))), (Names{"a", "d"}));
  EXPECT_EQ(names_of(n, unavoidable(n, n.find("b"))), Names{"a"});
  EXPECT_TRUE(unavoidable(n, n.find("s1")).empty());
}

TEST(Graph, RefusesAnArcThatEndsAtNoNode) {
  Network n = network_of({{"s", "t"}});
  n.add(Arc{.from = 0, .to = 2});
  EXPECT_THROW(find_loops(n), std::out_of_range);
  EXPECT_THROW(unavoidable(n, 7), std::out_of_range);
}

}  // namespace
}  // namespace weir::analysis
