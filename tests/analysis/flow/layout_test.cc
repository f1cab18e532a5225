#include "analysis/flow/layout.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/analysis/flow/networks.h"

namespace weir::analysis {
namespace {

using testing::network_of;

struct Drawn {
  explicit Drawn(Network n)
      : network(std::move(n)),
        layout(lay_out(network, std::vector<Size>(network.nodes.size(), {60.0, 30.0}),
                       labels_of(network))) {}

  static std::vector<Size> labels_of(const Network& n) {
    std::vector<Size> sizes;
    for (const Arc& arc : n.arcs) sizes.push_back(arc.label.empty() ? Size{} : Size{40.0, 14.0});
    return sizes;
  }

  const Box& node(const std::string& name) const { return layout.nodes[network.find(name)]; }

  Network network;
  Layout layout;
};

bool overlap(const Box& a, const Box& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

/// A network of `nodes` with loops, arcs over many columns and a label on every third arc.
Network tangle(std::size_t nodes, std::uint64_t seed) {
  Network n;
  for (std::size_t i = 0; i < nodes; ++i) n.add(Node{.name = std::to_string(i), .kind = ""});
  n.nodes[0].role = Role::source;
  std::uint64_t state = seed;
  const auto draw = [&] {
    state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    return (state >> 33) % nodes;
  };
  for (std::size_t i = 0; i < 2 * nodes; ++i)
    n.add(Arc{.from = draw(), .to = draw(), .label = i % 3 == 0 ? "label" : ""});
  return n;
}

TEST(Layout, PutsColumnsOneAfterTheOther) {
  const Drawn d(network_of({{"s", "a"}, {"a", "b"}, {"s", "b"}, {"b", "t"}}));
  EXPECT_LT(d.node("s").right(), d.node("a").x);
  EXPECT_LT(d.node("a").right(), d.node("b").x);
  EXPECT_LT(d.node("b").right(), d.node("t").x);
}

TEST(Layout, LetsNothingOverlap) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Drawn d(tangle(5 + seed, seed));
    std::vector<Box> boxes = d.layout.nodes;
    for (const Box& label : d.layout.labels)
      if (label.height > 0.0) boxes.push_back(label);
    for (std::size_t i = 0; i < boxes.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        ASSERT_FALSE(overlap(boxes[i], boxes[j])) << "seed " << seed << ": " << i << ", " << j;
  }
}

TEST(Layout, LetsNoArcPassThroughANodeOrALabel) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Drawn d(tangle(5 + seed, seed));
    for (std::size_t i = 0; i < d.network.arcs.size(); ++i)
      for (const Flat& f : d.layout.arcs[i]) {
        const Box line{std::min(f.from_x, f.to_x), f.y, std::abs(f.to_x - f.from_x), 0.0};
        for (const Box& node : d.layout.nodes)
          ASSERT_FALSE(line.width > 0.0 && overlap(line, node)) << "seed " << seed;
        for (const Box& label : d.layout.labels)
          ASSERT_FALSE(line.width > 0.0 && overlap(line, label)) << "seed " << seed;
      }
  }
}

TEST(Layout, KeepsEverythingInsideItsSize) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Drawn d(tangle(12, seed));
    std::vector<Box> boxes = d.layout.nodes;
    boxes.insert(boxes.end(), d.layout.labels.begin(), d.layout.labels.end());
    for (const Box& box : boxes) {
      ASSERT_GE(std::min(box.x, box.y), -1e-9) << "seed " << seed;
      ASSERT_LE(box.right(), d.layout.size.width + 1e-9) << "seed " << seed;
      ASSERT_LE(box.bottom(), d.layout.size.height + 1e-9) << "seed " << seed;
    }
  }
}

TEST(Layout, RunsAnArcThatClosesALoopFromRightToLeft) {
  const Drawn d(network_of({{"s", "a"}, {"a", "b"}, {"b", "a"}, {"b", "t"}}));
  EXPECT_EQ(d.layout.arcs[2].front().from_x, d.node("b").x);
  EXPECT_EQ(d.layout.arcs[2].back().to_x, d.node("a").right());
  EXPECT_NE(d.layout.arcs[1].front().y, d.layout.arcs[2].back().y) << "each has its own port";
}

TEST(Layout, SetsParallelArcsApart) {
  const Drawn d(network_of({{"s", "t"}, {"s", "t"}}));
  EXPECT_NE(d.layout.arcs[0].front().y, d.layout.arcs[1].front().y);
  EXPECT_NE(d.layout.arcs[0].back().y, d.layout.arcs[1].back().y);
}

TEST(Layering, FindsAnOrderWithoutCrossingsWhereBarycentresShowIt) {
  const Network n = network_of({{"s1", "a"},
                                {"s2", "b"},
                                {"s3", "c"},
                                {"a", "t3"},
                                {"b", "t2"},
                                {"c", "t1"},
                                {"s1", "b"},
                                {"b", "t3"}});
  EXPECT_EQ(make_layers(n).crossings, 0U);
}

TEST(Layering, CountsTheCrossingsThatAreLeft) {
  // Each of two with each of two cannot be drawn in two columns without one.
  EXPECT_EQ(
      make_layers(network_of({{"s1", "t1"}, {"s1", "t2"}, {"s2", "t1"}, {"s2", "t2"}})).crossings,
      1U);
}

}  // namespace
}  // namespace weir::analysis
