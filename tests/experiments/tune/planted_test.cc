/// Searches whose best plan is known.

#include "tests/experiments/tune/planted.h"

#include <cmath>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "experiments/tune/tuning.h"

namespace weir::experiments {
namespace {

constexpr double kFirst = 200.0;
constexpr double kGrowth = 1.5;

Study planted_study(const Setting& root, bool robust, TuneParams params = {}) {
  Problems problems;
  Study study(root, std::move(params), 1, robust, problems);
  EXPECT_TRUE(problems.empty()) << problems.front().text();
  return study;
}

std::vector<TunedPlan> tuned(const Study& study, FamilyName family, unsigned jobs, Memo& memo,
                             std::uint64_t generations = 40) {
  TuneBudget budget{.receivers = 64, .calibration = 256, .finalists = 3, .jobs = jobs};
  Tuner tuner(study, budget, memo, [](const std::string&) {});
  return tuner.tune("test", study.family(family, 14), 0.02, {.generations = generations});
}

TEST(Planted, TheGrowthThatIsAllowedIsFoundWithinFivePercent) {
  const Study study = planted_study(planted_root("\"200/d\"", "1.5"), false);
  Memo memo;
  const auto plans = tuned(study, FamilyName::geometric, 2, memo);
  ASSERT_FALSE(plans.empty());
  const PlanShape& plan = plans.front().shape;
  EXPECT_NEAR(plan.days[1] / plan.days[0], kGrowth, 0.05 * kGrowth);
  EXPECT_LE(plan.days[0], kFirst * 1.001);
  EXPECT_EQ(plans.front().risk, 0.0);
}

/// From the best ramp on, as a tuning goes about it.
TEST(Planted, AFreerFamilyFindsNothingFasterThanTheBest) {
  const Study study = planted_study(planted_root("\"200/d\"", "1.5"), false);
  Memo memo;
  const auto ramps = tuned(study, FamilyName::geometric, 2, memo);
  Tuner tuner(study, {.receivers = 1, .calibration = 1}, memo, [](const std::string&) {});
  const PlanFamily family = study.family(FamilyName::growth, 14);
  const auto plans = tuner.tune("growth", family, 0.02,
                                {.known = {family.embedded(ramps.front().point)}, .screen = false});
  ASSERT_FALSE(plans.empty());
  PlanShape best;
  for (double volume = kFirst; best.days.size() < 20; volume *= kGrowth)
    best.days.push_back(volume);
  const double least = study.objective(best, study.outlook(best, 0));
  EXPECT_GE(plans.front().objective, least - 0.05) << "nothing beats the planted plan";
  EXPECT_LE(plans.front().objective, least * 1.05);
}

const char* const kUnknownProbation = "{ dist = \"lognormal\", median = \"400/d\", sigma = 0.3 }";
const char* const kUnknownGrowth = "{ dist = \"uniform\", from = 1.3, to = 2.0 }";

bool same(const std::vector<TunedPlan>& a, const std::vector<TunedPlan>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].shape.days != b[i].shape.days || a[i].objective != b[i].objective) return false;
  return true;
}

TEST(Planted, OverUnknownReceiversTheRiskIsKept) {
  const Study study = planted_study(planted_root(kUnknownProbation, kUnknownGrowth), true);
  Memo memo;
  const auto plans = tuned(study, FamilyName::geometric, 2, memo, 20);
  ASSERT_FALSE(plans.empty());
  EXPECT_LE(plans.front().risk, 0.02);
  EXPECT_GT(plans.front().risk, 0.005) << "it could be faster";
  // 2 % of the receivers: about exp(-2.05 x 0.3) of the median where growth never binds.
  EXPECT_LT(plans.front().shape.days[0], 400.0 * std::exp(-1.5 * 0.3));
}

TEST(Planted, TheAnswerDoesNotDependOnTheNumberOfThreads) {
  const Study study = planted_study(planted_root(kUnknownProbation, kUnknownGrowth), true);
  Memo one;
  Memo four;
  const auto a = tuned(study, FamilyName::growth, 1, one, 8);
  EXPECT_FALSE(a.empty());
  EXPECT_TRUE(same(a, tuned(study, FamilyName::growth, 4, four, 8)));
}

TEST(Planted, AKilledSearchGoesOnToTheSameAnswer) {
  const Study study = planted_study(planted_root(kUnknownProbation, kUnknownGrowth), true);
  const std::string path = testing::TempDir() + "weir-planted.memo";
  std::vector<TunedPlan> whole;
  {
    Memo memo(path, "question", false);
    whole = tuned(study, FamilyName::growth, 2, memo, 8);
  }
  const auto size = std::filesystem::file_size(path);
  for (const std::uintmax_t left : {size / 3, size - size / 6, size - 7}) {
    std::filesystem::resize_file(path, left);
    Memo memo(path, "question", true);
    EXPECT_TRUE(same(whole, tuned(study, FamilyName::growth, 2, memo, 8)));
    EXPECT_EQ(memo.known() > 2, left > size / 2);
    ASSERT_EQ(std::filesystem::file_size(path), size);
  }
  std::filesystem::remove(path);
}

/// The domain may send as much as three addresses and grow three times as fast as one: many small
/// addresses help until that is what decides, and then no more.
TEST(Planted, AddingAddressesStopsHelping) {
  const char* const whole_hours = "hour_share = \"100 %\"\n";
  const Study study = planted_study(planted_root("\"200/d\"", "1.5", whole_hours, 3), false);
  TuningOptions options;
  options.budget = {.receivers = 1, .calibration = 1, .finalists = 3, .jobs = 2};
  options.generations = 40;
  Memo memo;
  Problems problems;
  const auto pools = best_of_pools(study, {1, 3, 100, 200}, options, memo, problems);
  ASSERT_EQ(pools.size(), 4U);
  EXPECT_LT(pools[1].days, pools[0].days - 1.0);
  EXPECT_LT(pools[2].days, pools[1].days - 1.0);
  EXPECT_GT(pools[3].days, pools[2].days - 0.1);
  EXPECT_NEAR(pools[0].days_apart, pools[0].days, 0.01) << "one address meets its own limit first";
  EXPECT_LT(pools[3].days_apart, 0.9 * pools[3].days) << "with 200 the domain's decides";
}

TEST(Planted, NoPlanIsSaidToBeNone) {
  // Every receiver refuses 100 recipients a day: 20,000 cannot come through in 20 days.
  const Study study = planted_study(planted_root("\"100/d\"", "1.0"), false);
  Memo memo;
  const auto plans = tuned(study, FamilyName::geometric, 2, memo, 20);
  for (const TunedPlan& plan : plans) EXPECT_GT(plan.objective, 20.0);
}

}  // namespace
}  // namespace weir::experiments
