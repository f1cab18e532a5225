#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "analysis/distribution.h"
#include "tests/support/receiver_ensemble.h"
#include "tests/support/statistics.h"

// Which published plans pass at which share of the default ensemble of receivers (DESIGN 5): the
// documents' plans calibrate the probation, the published schedules growth and half-life.

namespace weir::testing {
namespace {

using Plan = std::vector<std::int64_t>;

constexpr std::size_t kReceivers = 4096;

Plan flat(std::int64_t days, std::int64_t daily) {
  return Plan(static_cast<std::size_t>(days), daily);
}

/// 2,500 on the first of 17 days, 10 % more each day.
Plan ramp() {
  Plan plan;
  for (int day = 0; day < 17; ++day) plan.push_back(std::llround(2500.0 * std::pow(1.1, day)));
  return plan;
}

/// SendGrid's hourly caps of the first 15 days (facts 3.1), used day and night.
Plan sendgrid() {
  Plan plan{20, 28, 39, 55, 77, 108, 151, 211, 295, 413, 579, 810, 1000, 1587, 2222};
  for (std::int64_t& hourly : plan) hourly *= 24;
  return plan;
}

/// SparkPost's stages 1 to 8 (facts 3.1), a day each.
Plan sparkpost() { return {200, 500, 1000, 2000, 5000, 10'000, 20'000, 40'000}; }

std::uint64_t windows(const Plan& plan, double dependence) {
  std::uint64_t count = 0;
  for (const Unknowns& unknowns : default_ensemble(kReceivers, dependence))
    count += opens_window(*make_receiver(unknowns), plan) ? 1U : 0U;
  return count;
}

/// The rule stated in days: a window opens on day d when v(d) exceeds the limit that the days
/// before it set. Nothing of it is shared with the receiver.
bool daily_rule_opens(const Unknowns& u, const Plan& plan) {
  for (std::size_t day = 0; day < plan.size(); ++day) {
    double mail = 0.0;
    double weight = 0.0;
    for (std::size_t before = 0; before < day; ++before) {
      const double w = std::exp2(-static_cast<double>(day - before) / u.half_life);
      mail += w * static_cast<double>(plan[before]);
      weight += w;
    }
    const double baseline = weight > 0.0 ? mail / weight : 0.0;
    const double limit = std::max(std::round(u.probation), u.growth * baseline);
    if (static_cast<double>(plan[day]) > limit) return true;
  }
  return false;
}

struct Expectation {
  const char* name;
  Plan plan;
  double share;  // of the receivers that open a window, as DESIGN 5 states it
  double unit;   // of the last digit stated
};

const std::vector<Expectation>& expectations() {
  static const std::vector<Expectation> all{
      {"V/30 of 90,000, 30 days", flat(30, 3000), 0.014, 0.001},
      {"V/15 of 90,000, 15 days", flat(15, 6000), 0.21, 0.01},
      {"2,500 x 1.1 a day, 17 days", ramp(), 0.005, 0.001},
      {"SendGrid, first 15 days", sendgrid(), 0.17, 0.01},
      {"SparkPost, stages 1 to 8", sparkpost(), 0.73, 0.01},
      {"90,000 at once", flat(1, 90'000), 1.0, 0.0},
  };
  return all;
}

/// Fits the share stated, which is rounded: somewhere within one unit of its last digit ("about").
/// The points are no random sample; they err less than one, whose bound check_share() uses.
::testing::AssertionResult fits(std::uint64_t hits, const Expectation& expected) {
  const double share = static_cast<double>(hits) / kReceivers;
  const double nearest =
      std::clamp(share, expected.share - expected.unit, expected.share + expected.unit);
  return check_share(hits, kReceivers, std::min(nearest, 1.0));
}

TEST(Ensemble, PublishedPlansOpenWindowsAtTheExpectedShareOfReceivers) {
  std::printf("%-28s %9s %12s %17s\n", "receivers with a window", "expected", "independent",
              "dependence 0.7");
  for (const Expectation& expected : expectations()) {
    const std::uint64_t hits = windows(expected.plan, 0.0);
    const std::uint64_t dependent = windows(expected.plan, 0.7);
    std::printf("%-28s %7.1f %% %10.1f %% %15.1f %%\n", expected.name, 100.0 * expected.share,
                100.0 * static_cast<double>(hits) / kReceivers,
                100.0 * static_cast<double>(dependent) / kReceivers);
    EXPECT_TRUE(fits(hits, expected)) << expected.name;
  }
}

TEST(Ensemble, TheRollingRuleAgreesWithTheDailyRuleAtEveryReceiver) {
  for (const double dependence : {0.0, 0.7}) {
    const std::vector<Unknowns> ensemble = default_ensemble(kReceivers, dependence);
    for (const Expectation& expected : expectations()) {
      if (expected.plan.size() == 1) continue;
      for (std::size_t i = 0; i < ensemble.size(); ++i)
        ASSERT_EQ(opens_window(*make_receiver(ensemble[i]), expected.plan),
                  daily_rule_opens(ensemble[i], expected.plan))
            << expected.name << ", receiver " << i;
    }
  }
}

TEST(Ensemble, FlatPlansAreTheDistributionOfTheProbation) {
  for (const std::int64_t daily : {3000, 6000}) {
    const double share = analysis::normal_cdf(std::log(static_cast<double>(daily) / 9000.0) / 0.5);
    EXPECT_TRUE(check_share(windows(flat(15, daily), 0.0), kReceivers, share)) << daily;
  }
}

TEST(Ensemble, DependenceMovesNoFlatPlan) {
  EXPECT_EQ(windows(flat(15, 6000), 0.0), windows(flat(15, 6000), 0.7));
}

TEST(Ensemble, ProbationAndGrowthAreAsDependentAsAsked) {
  for (const double dependence : {0.0, 0.7}) {
    std::vector<double> products;
    for (const Unknowns& u : default_ensemble(kReceivers, dependence))
      products.push_back(std::log(u.probation / 9000.0) / 0.5 * std::log(u.growth / 3.0) / 0.25);
    EXPECT_TRUE(check_mean(products, dependence));
  }
}

}  // namespace
}  // namespace weir::testing
