#include "experiments/tune/panel.h"

#include <cmath>

#include <gtest/gtest.h>

#include "experiments/run/simulate.h"
#include "tests/experiments/tune/planted.h"

namespace weir::experiments {
namespace {

constexpr const char* kOpen =
    "unknown_weight = 2\n[site.there.throttle.second]\nmodel = \"none\"\n";

Setting open_root() {
  return planted_root("{ dist = \"lognormal\", median = \"700/d\", sigma = 0.5 }",
                      "{ dist = \"lognormal\", median = 1.6, sigma = 0.3 }", kOpen);
}

Study study_of(const Setting& root, bool robust = true) {
  Problems problems;
  Study study(root, {}, 1, robust, problems);
  EXPECT_TRUE(problems.empty()) << problems.front().text();
  return study;
}

PlanShape ramp(double first, double factor) {
  PlanShape shape;
  for (int day = 0; day < 20; ++day, first *= factor) shape.days.push_back(first);
  return shape;
}

TEST(Panel, AMarginAboveOneIsAWindowInAFullRun) {
  const Study study = study_of(open_root());
  const Panel panel(study.root(), 60, 1, 3, true);
  const PlanShape shape = ramp(400, 1.3);
  const std::vector<double> margins = panel.margins(study.outlook(shape, 0));
  std::size_t windows = 0;
  for (std::size_t i = 0; i < panel.size(); ++i) {
    const Setting root = panel.scenario(i, study.scenario(shape));
    const Summary run = simulate_receiver(root, {}, {1, i, 0});
    windows += run.windows_opened > 0 ? 1 : 0;
    if (std::abs(margins[i] - 1.0) < 0.01) continue;  // an hour more or less of mail decides
    EXPECT_EQ(margins[i] > 1.0, run.windows_opened > 0) << i << ": " << margins[i];
    const double margin = run.addresses.front().standing->margin;
    EXPECT_EQ(margin > 1.0, run.windows_opened > 0) << i;
    if (margins[i] < 1.0) {
      EXPECT_NEAR(margin, margins[i], 0.02) << i;
    }
  }
  EXPECT_GT(windows, 10U);
  EXPECT_LT(windows, 50U);
}

TEST(Panel, TheSameNumberIsTheSamePanelAndAnotherIsNot) {
  const Setting root = open_root();
  const Panel a(root, 20, 1, 3, true);
  const Panel same(root, 40, 1, 3, true);
  const Panel other(root, 20, 1, 4, true);
  const Panel seed(root, 20, 2, 3, true);
  ASSERT_EQ(a.unknowns().size(), 2U);
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a.point(i), same.point(i)) << "a larger panel begins with the smaller one";
    EXPECT_NE(a.point(i), other.point(i));
    EXPECT_NE(a.point(i), seed.point(i));
  }
}

TEST(Panel, FillsTheUnknownsEvenly) {
  const Panel panel(open_root(), 256, 1, 3, true);
  for (std::size_t u = 0; u < 2; ++u) {
    std::vector<int> quarters(4);
    for (std::size_t i = 0; i < panel.size(); ++i)
      ++quarters[static_cast<std::size_t>(4 * panel.point(i)[u])];
    for (const int count : quarters) EXPECT_NEAR(count, 64, 2);
  }
}

TEST(Panel, TheReceiverInTheMiddleIsOne) {
  const Panel panel(open_root(), 50, 1, 3, false);
  ASSERT_EQ(panel.size(), 1U);
  EXPECT_EQ(panel.point(0), (std::vector{0.5, 0.5}));
}

TEST(Panel, WhatIsKnownIsAtItsMedian) {
  const Panel panel(open_root(), 20, 1, 3, true, 1);
  for (std::size_t i = 0; i < panel.size(); ++i) EXPECT_EQ(panel.point(i)[1], 0.5);
  EXPECT_NE(panel.point(0)[0], panel.point(1)[0]);
}

/// Four alike addresses as one lane, and one by one.
TEST(Panel, LanesThatAreAlikeCountInTheLimitsInCommon) {
  const Setting root = planted_root("\"100/d\"", "2.0", "", 3);
  Outlook joined;
  joined.addresses.assign(4, {});
  std::vector<OutlookHour> hours(100, {.accepted = 3, .evidence = {.recipients = 3}});
  joined.lanes.push_back({.address = 0, .alike = 3, .count = 4, .site = 0, .hours = hours});
  Outlook single;
  single.addresses = joined.addresses;
  for (std::uint32_t a = 0; a < 4; ++a)
    single.lanes.push_back({.address = a, .alike = a, .count = 1, .site = 0, .hours = hours});
  const Panel panel(root, 1, 1, 0, false);
  const auto a = panel.margin(0, joined);
  const auto b = panel.margin(0, single);
  ASSERT_TRUE(a && b);
  EXPECT_NEAR(a->own, b->own, 1e-12);
  EXPECT_NEAR(a->shared, b->shared, 1e-12);
  EXPECT_NEAR(b->own, 72.0 / 100.0, 1e-9);
  EXPECT_NEAR(b->shared, 4 * 72.0 / 300.0, 1e-9);
}

TEST(UpperQuantile, LeavesNoMoreThanTheShareAbove) {
  std::vector<double> margins;
  for (int i = 1; i <= 100; ++i) margins.push_back(i);
  EXPECT_EQ(upper_quantile(margins, 0.0), 100.0);
  EXPECT_EQ(upper_quantile(margins, 0.05), 95.0);
  EXPECT_EQ(upper_quantile(margins, 0.999), 1.0);
  EXPECT_EQ(exceeding({0.5, 1.0, 1.1}), 1U);
}

}  // namespace
}  // namespace weir::experiments
