#include "experiments/tune/study.h"

#include <gtest/gtest.h>

#include "tests/experiments/tune/planted.h"

namespace weir::experiments {
namespace {

Problems problems_of(const Setting& root, const TuneParams& params = {}) {
  Problems problems;
  const Study study(root, params, 1, false, problems);
  return problems;
}

void expect_refused(const Problems& problems, const std::string& why) {
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_NE(problems.front().text().find(why), std::string::npos) << problems.front().text();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

Setting root_with(const std::string& from, const std::string& to) {
  return parse_document(replaced(planted("\"200/d\"", "1.5"), from, to), "test.toml").root;
}

TEST(Study, SaysWhyThereIsNothingToTune) {
  expect_refused(problems_of(root_with("plan = \"ramp\"\n", "")), "no plan holds it");
  expect_refused(problems_of(root_with("messages = 20000", "messages = 0")), "submits nothing");
  TuneParams params;
  params.source = "campain";
  expect_refused(problems_of(planted_root("\"200/d\"", "1.5"), params), "did you mean 'campaign'");
  expect_refused(problems_of(root_with("plan = \"ramp\"", "plan = \"ramp\"\nunknown = \"5 %\"")),
                 "lower tune.delivered or tune.volume");
  expect_refused(problems_of(root_with("plan = \"ramp\"", "plan = \"ramp\"\ncomplaints = \"1 %\"")),
                 "more than tune.complaints");
}

TEST(Study, AReceiverWithoutALimitOnVolumeCannotBeTunedFor) {
  const std::string text = planted("\"200/d\"", "1.5");
  const Setting root =
      parse_document(text.substr(0, text.find("[site.")) + "[site.there]\n", "test.toml").root;
  expect_refused(problems_of(root), "limit no volume");
}

TEST(Study, ThePlanTakesThePlaceOfTheScenariosOwnAndKeepsItsReaction) {
  Problems problems;
  const Study study(root_with("days = 20", "days = 20\ncut = \"30 %\""), {}, 1, false, problems);
  const Setting root = study.scenario({.days = {10.7, 20.2}});
  EXPECT_EQ(root.at_path("plan.ramp.model")->text(), "\"table\"");
  EXPECT_EQ(root.at_path("plan.ramp.days")->text(), "[10, 20]");
  EXPECT_EQ(root.at_path("plan.ramp.cut")->text(), "\"30 %\"");
  EXPECT_EQ(root.at_path("plan.ramp.volume"), nullptr);
  const Reaction reaction{.cut = 0.8, .hold_hours = 6, .resume = 0.5};
  EXPECT_EQ(study.scenario({.days = {10.7}}, &reaction).at_path("plan.ramp.cut")->text(),
            "\"80 %\"");
}

TEST(Study, AimsAreInDays) {
  Problems problems;
  const PlanShape flat{.days = {2000}};
  const auto objective = [&](TuneParams params) {
    const Study study(planted_root("\"200/d\"", "1.5"), std::move(params), 1, false, problems);
    return study.objective(flat, study.outlook(flat, 0));
  };
  TuneParams params;
  EXPECT_NEAR(objective(params), 9.9, 1e-6) << "99 % of 20,000 at 2,000 a day";
  params.volume = 5000;
  EXPECT_NEAR(objective(params), 2.5, 1e-6);
  params.aim = Aim::mean_delay;
  EXPECT_NEAR(objective(params), 5.0, 0.05) << "half of ten days";
  params.aim = Aim::delay_quantile;
  params.quantile.value = 0.9;
  EXPECT_NEAR(objective(params), 9.0, 0.05);
  params.aim = Aim::daily;
  params.daily = Rate<Recipient>{2000, 24h};
  EXPECT_NEAR(objective(params), 1.0, 1e-9);
  EXPECT_TRUE(problems.empty());
}

TEST(Study, MoreAddressesAreLikeTheFirst) {
  Problems problems;
  const Study one(planted_root("\"200/d\"", "1.5"), {}, 1, false, problems);
  const Study ten = one.with_addresses(10, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(ten.addresses(), 10U);
  const Outlook outlook = ten.outlook({.days = {100}}, 0);
  ASSERT_EQ(outlook.lanes.size(), 1U);
  EXPECT_EQ(outlook.lanes.front().count, 10U);
  EXPECT_DOUBLE_EQ(outlook.released[0], 10 * 100 / 24.0);
}

TEST(Study, IsComparedWithEvenPlansAndItsOwnVariants) {
  Problems problems;
  const std::string text = planted("\"200/d\"", "1.5") + "[variant.slow]\nplan.ramp.days = 25\n";
  const Study study(parse_document(text, "test.toml").root, {}, 1, false, problems);
  std::vector<std::string> names;
  for (const auto& other : study.others()) names.push_back(other.name);
  EXPECT_EQ(names, (std::vector<std::string>{"as it is", "slow", "flat-30", "flat-15"}));
}

}  // namespace
}  // namespace weir::experiments
