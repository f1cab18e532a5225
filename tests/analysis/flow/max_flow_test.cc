#include "analysis/flow/max_flow.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/analysis/flow/networks.h"

namespace weir::analysis {
namespace {

using testing::network_of;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

std::vector<std::string> settings(const MaxFlow& flow) {
  std::vector<std::string> names;
  for (const Narrow& narrow : flow.cut) names.push_back(narrow.limit.setting);
  return names;
}

TEST(MaxFlow, OfTheTextbookExampleIs23AndNamesItsCut) {
  // Cormen, Leiserson, Rivest, Stein: Introduction to Algorithms, figure 26.1 (third edition).
  const Network n = network_of({{"s", "1", 16},
                                {"s", "2", 13},
                                {"1", "3", 12},
                                {"2", "1", 4},
                                {"3", "2", 9},
                                {"2", "4", 14},
                                {"4", "3", 7},
                                {"3", "t", 20},
                                {"4", "t", 4}});
  const MaxFlow flow = max_flow(n);
  EXPECT_EQ(flow.per_second, 23.0);
  EXPECT_EQ(settings(flow), (std::vector<std::string>{"13", "43", "4t"}));
}

TEST(MaxFlow, TakesTheCutNearestTheSources) {
  const Network n = network_of({{"s", "a", 2}, {"a", "b", 2}, {"b", "t", 2}});
  EXPECT_EQ(settings(max_flow(n)), std::vector<std::string>{"sa"});
}

TEST(MaxFlow, KeepsToTheLimitsOfNodesToo) {
  Network n = network_of({{"s", "a"}, {"s", "b"}, {"a", "t"}, {"b", "t"}});
  n.nodes[n.find("a")].limit = {0.3, "servers of a"};
  n.nodes[n.find("b")].limit = {0.4, "servers of b"};
  const MaxFlow flow = max_flow(n);
  EXPECT_EQ(flow.per_second, 0.3 + 0.4) << "the sum of the limits, not of rounded ones";
  EXPECT_EQ(settings(flow), (std::vector<std::string>{"servers of a", "servers of b"}));
  n.nodes[n.find("s")].limit = {0.1, "supply"};
  EXPECT_EQ(settings(max_flow(n)), std::vector<std::string>{"supply"});
}

TEST(MaxFlow, IsInfiniteWhereNothingLimitsIt) {
  const MaxFlow flow = max_flow(network_of({{"s", "a", 5}, {"a", "t"}, {"s", "b"}, {"b", "t"}}));
  EXPECT_EQ(flow.per_second, kInfinite);
  EXPECT_TRUE(flow.cut.empty());
}

TEST(MaxFlow, IsZeroWhereNoSinkIsReached) {
  const MaxFlow flow = max_flow(network_of({{"s", "a", 5}, {"b", "t", 5}}));
  EXPECT_EQ(flow.per_second, 0.0);
  EXPECT_TRUE(flow.cut.empty());
}

TEST(MaxFlow, TellsSmallLimitsFromLargeOnes) {
  const Network n = network_of({{"s", "a", 1e6}, {"a", "t", 1e6}, {"s", "b", 1e-4}, {"b", "t", 1}});
  EXPECT_DOUBLE_EQ(max_flow(n).per_second, 1e6 + 1e-4);
}

TEST(MaxFlow, HoldsWithAsManyUnlimitedSourcesAsAScenarioMayHave) {
  Network n;
  const std::size_t sink = n.add(Node{.name = "t", .kind = "", .role = Role::sink});
  n.nodes[sink].limit = {7.0, "sink"};
  for (int i = 0; i < 60'000; ++i) {
    const std::size_t source =
        n.add(Node{.name = std::to_string(i), .kind = "", .role = Role::source});
    n.add(Arc{.from = source, .to = sink});
  }
  EXPECT_EQ(max_flow(n).per_second, 7.0);
}

TEST(MaxFlow, ShowsAFlowThatIsConservedAndAsLargeAsItsValue) {
  const Network n = network_of({{"s1", "a", 3},
                                {"s2", "a", 4},
                                {"s2", "b", 2},
                                {"a", "b", 10},
                                {"a", "t1", 5},
                                {"b", "t2", 1.5},
                                {"b", "a", 3}});
  const MaxFlow flow = max_flow(n);
  std::vector<double> balance(n.nodes.size(), 0.0);
  for (std::size_t i = 0; i < n.arcs.size(); ++i) {
    EXPECT_LE(flow.of_arc[i], n.arcs[i].limit.per_second);
    balance[n.arcs[i].from] -= flow.of_arc[i];
    balance[n.arcs[i].to] += flow.of_arc[i];
  }
  EXPECT_EQ(flow.per_second, 6.5);
  EXPECT_EQ(balance[n.find("a")], 0.0);
  EXPECT_EQ(balance[n.find("b")], 0.0);
  EXPECT_EQ(balance[n.find("t1")] + balance[n.find("t2")], flow.per_second);
}

/// The smallest cut by trying every set of nodes on the side of the sources.
double smallest_cut(const Network& n) {
  double smallest = kInfinite;
  for (std::size_t set = 0; set < std::size_t{1} << n.nodes.size(); ++set) {
    const auto inside = [&](std::size_t i) { return (set >> i & 1U) != 0; };
    bool splits = true;
    for (std::size_t i = 0; i < n.nodes.size(); ++i)
      splits &= n.nodes[i].role == Role::passage || inside(i) == (n.nodes[i].role == Role::source);
    if (!splits) continue;
    double sum = 0.0;
    for (const Arc& arc : n.arcs)
      if (inside(arc.from) && !inside(arc.to)) sum += arc.limit.per_second;
    smallest = std::min(smallest, sum);
  }
  return smallest;
}

TEST(MaxFlow, IsTheSmallestOfAllCutsInRandomNetworks) {
  std::uint64_t state = 1;
  const auto draw = [&](std::uint64_t below) {
    state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    return (state >> 33) % below;
  };
  for (int round = 0; round < 200; ++round) {
    Network n = network_of({{"s1", "a", 0}, {"s2", "b", 0}, {"c", "t1", 0}, {"d", "t2", 0}});
    for (int i = 0; i < 16; ++i)
      n.add(Arc{.from = draw(8), .to = draw(8), .limit = {static_cast<double>(draw(100)), ""}});
    ASSERT_EQ(max_flow(n).per_second, smallest_cut(n)) << "round " << round;
  }
}

TEST(MaxFlow, RefusesALimitThatIsNoRate) {
  EXPECT_THROW(max_flow(network_of({{"s", "t", -1.0}})), std::domain_error);
  EXPECT_THROW(max_flow(network_of({{"s", "t", std::nan("")}})), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
