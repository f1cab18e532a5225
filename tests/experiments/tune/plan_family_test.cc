#include "experiments/tune/plan_family.h"

#include <cmath>

#include <gtest/gtest.h>

#include "sim/quasi_random.h"

namespace weir::experiments {
namespace {

constexpr FamilyBounds kBounds{.least_first = 10,
                               .most_first = 1000,
                               .most_growth = 4,
                               .length = 20,
                               .knots = 5,
                               .spread = false};

class AnyFamily : public testing::TestWithParam<FamilyName> {};
INSTANTIATE_TEST_SUITE_P(PlanFamily, AnyFamily,
                         testing::Values(FamilyName::geometric, FamilyName::growth,
                                         FamilyName::table));

TEST_P(AnyFamily, NeverFallsAndNeverGrowsFasterThanItMay) {
  const PlanFamily family(GetParam(), kBounds);
  SobolPoints even(family.dimension());
  for (int i = 0; i < 200; ++i) {
    const PlanShape shape = family.at(even.next());
    ASSERT_EQ(shape.days.size(), 20U);
    EXPECT_GE(shape.days.front(), 10.0);
    EXPECT_LE(shape.days.front(), 1000.0);
    for (std::size_t d = 1; d < shape.days.size(); ++d) {
      EXPECT_GE(shape.days[d], shape.days[d - 1]);
      EXPECT_LE(shape.days[d], shape.days[d - 1] * 4.0 * (1 + 1e-12));
    }
  }
}

TEST_P(AnyFamily, HoldsEveryGeometricPlan) {
  const PlanFamily family(GetParam(), kBounds);
  const PlanFamily geometric(FamilyName::geometric, kBounds);
  const std::vector<double> point{0.3, 0.2};
  const PlanShape plan = family.at(family.embedded(point));
  const PlanShape same = geometric.at(point);
  for (std::size_t d = 0; d < plan.days.size(); ++d)
    EXPECT_NEAR(plan.days[d], same.days[d], 1e-9 * same.days[d]);
}

TEST(PlanFamily, GeometricIsARamp) {
  const PlanShape shape = PlanFamily(FamilyName::geometric, kBounds).at(std::vector{0.5, 0.5});
  EXPECT_NEAR(shape.days[0], 100.0, 1e-9);
  EXPECT_NEAR(shape.days[3], 800.0, 1e-6);
}

TEST(PlanFamily, GrowthBendsAtItsKnotsOnly) {
  const PlanFamily family(FamilyName::growth, kBounds);
  std::vector<double> point(family.dimension(), 0.0);
  point[1] = 1.0;  // from day 1 to 2 by 4, and none at the second knot, 19^(1/4) = 2.09
  const PlanShape shape = family.at(point);
  EXPECT_NEAR(shape.days[1] / shape.days[0], 4.0, 1e-9);
  const double share = 1.0 - std::log(2.0) / (std::log(19.0) / 4.0);
  EXPECT_NEAR(shape.days[2] / shape.days[1], std::pow(4.0, share), 1e-9);
  EXPECT_NEAR(shape.days[3] / shape.days[2], 1.0, 1e-12);
}

TEST(PlanFamily, TheSpreadIsOneMoreCoordinate) {
  FamilyBounds bounds = kBounds;
  bounds.spread = true;
  const PlanFamily family(FamilyName::geometric, bounds);
  ASSERT_EQ(family.dimension(), 3U);
  EXPECT_NEAR(family.at(std::vector{0.5, 0.5, 1.0}).spread_hours, 24.0, 1e-9);
  EXPECT_NEAR(family.at(std::vector{0.5, 0.5, 0.0}).spread_hours, 1.0, 1e-9);
}

TEST(PlanShape, ScalingSlowsTheBeginningAndTheGrowth) {
  const PlanShape shape{.days = {100, 150, 300, 300}};
  const PlanShape slow = shape.scaled(0.8);
  EXPECT_NEAR(slow.days[0], 80.0, 1e-9);
  EXPECT_NEAR(slow.days[1] / slow.days[0], 1.4, 1e-9);
  EXPECT_NEAR(slow.days[2] / slow.days[1], 1.8, 1e-9);
  EXPECT_NEAR(slow.days[3] / slow.days[2], 1.0, 1e-9);
  EXPECT_NEAR(slow.scaled(1.25).days[3], 300.0, 1e-9);
}

TEST(PlanShape, KnowsWhenAVolumeIsReached) {
  const PlanShape shape{.days = {100, 200, 400}};
  EXPECT_DOUBLE_EQ(shape.day_of(50), 1.0);
  EXPECT_DOUBLE_EQ(shape.day_of(200), 2.0);
  EXPECT_DOUBLE_EQ(shape.day_of(200 * std::sqrt(2.0)), 2.5);
  EXPECT_GT(shape.day_of(500), 3.0);
  EXPECT_GT(shape.day_of(600), shape.day_of(500));
}

TEST(PlanShape, WholeDaysAreRoundedDownAndNeverNothing) {
  EXPECT_EQ((PlanShape{.days = {0.2, 7.9}}.whole_days()), (std::vector<std::int64_t>{1, 7}));
}

}  // namespace
}  // namespace weir::experiments
