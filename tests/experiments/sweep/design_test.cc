// Which points an experiment has, and what is said of one that cannot be.

#include "experiments/sweep/design.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/scenario/document.h"
#include "experiments/sweep/sweep.h"

namespace weir::experiments {
namespace {

const std::string kScenario = R"(
horizon = "2 d"
[source.mail]
arrivals = { model = "campaign", messages = 100 }
plan = "warmup"
[plan.warmup]
model = "flat"
volume = 100
days = 2
[address.new]
[site.s.throttle.ip]
model = "history-window"
[variant.ramp]
plan.warmup = { model = "geometric", first = 10, factor = 1.5 }
)";

struct Read {
  Setting root;
  Design design;
  Problems problems;

  std::string said() const {
    std::string text;
    for (const Problem& problem : problems) text += problem.text() + "\n";
    return text;
  }

  /// The labels of a factor's levels.
  std::vector<std::string> labels(std::size_t factor = 0) const {
    std::vector<std::string> all;
    for (const Level& level : design.factors.at(factor).levels) all.push_back(level.label);
    return all;
  }
};

Read read(const std::string& experiment) {
  Read r;
  Document document = parse_document(kScenario + "[experiment]\n" + experiment, "s.toml");
  r.root = document.root;
  r.problems = document.problems;
  if (r.problems.empty()) r.design = read_design(r.root, r.problems);
  if (r.problems.empty()) check_points(r.root, r.design, r.problems);
  return r;
}

Read factors(const std::string& lines) { return read("[experiment.factors]\n" + lines); }

using Words = std::vector<std::string>;

TEST(Design, WithoutFactorsIsOnePoint) {
  const Read r = read("replications = 7\n");
  EXPECT_EQ(r.said(), "");
  EXPECT_EQ(r.design.points.size(), 1U);
  EXPECT_EQ(r.design.runs(), 7U);
  EXPECT_EQ(r.design.label_of(0), "");
}

TEST(Design, ReplicationsAreReceiversByTraffics) {
  const Read r = read("replications = 3\ntraffics = 2\nfactors.\"plan.warmup.days\" = [1, 2]\n");
  EXPECT_EQ(r.said(), "");
  EXPECT_EQ(r.design.runs(), 12U);
  Sweep sweep(r.root, r.design);
  const RunKey key = sweep.key_of(6 + 3);
  EXPECT_EQ(sweep.point_of(6 + 3), 1U);
  EXPECT_EQ(key.receiver, 1U);
  EXPECT_EQ(key.traffic, 1U);
  std::set<std::string> ids;
  for (std::uint64_t run = 0; run < r.design.runs(); ++run) ids.insert(sweep.id_of(run));
  EXPECT_EQ(ids.size(), 12U);
}

TEST(Design, CrossesFactorsWithTheLastRunningFastest) {
  const Read r = factors("\"plan.warmup.days\" = [1, 2]\n\"lane.connection_limit\" = [3, 4, 5]\n");
  EXPECT_EQ(r.said(), "");
  ASSERT_EQ(r.design.points.size(), 6U);
  EXPECT_EQ(r.design.label_of(0), "plan.warmup.days = 1, lane.connection_limit = 3");
  EXPECT_EQ(r.design.label_of(1), "plan.warmup.days = 1, lane.connection_limit = 4");
  EXPECT_EQ(r.design.label_of(5), "plan.warmup.days = 2, lane.connection_limit = 5");
}

TEST(Design, APointIsTheScenarioWithItsLevelsOnTop) {
  const Read r = factors("days = { path = \"plan.warmup.days\", values = [1, 2] }\n");
  const Setting scenario = scenario_at(r.root, r.design, 1);
  EXPECT_EQ(scenario.at_path("plan.warmup.days")->text(), "2");
  EXPECT_EQ(scenario.at_path("plan.warmup.volume")->text(), "100");
  EXPECT_EQ(scenario.find("experiment"), nullptr);
}

TEST(Design, AFactorMayBeWhichVariantItIs) {
  const Read r = factors("schedule = { variants = [\"scenario\", \"ramp\"] }\n");
  EXPECT_EQ(r.said(), "");
  EXPECT_EQ(scenario_at(r.root, r.design, 0).at_path("plan.warmup.model")->text(), "\"flat\"");
  EXPECT_EQ(scenario_at(r.root, r.design, 1).at_path("plan.warmup.model")->text(), "\"geometric\"");
}

TEST(Design, StepsKeepTheUnitAndReachTheEnd) {
  EXPECT_EQ(factors("h = { path = \"horizon\", from = \"1 d\", to = \"2 d\", step = \"12 h\" }\n")
                .labels(),
            (Words{"24 h", "36 h", "48 h"}));
  EXPECT_EQ(factors("u = { path = \"source.mail.unknown\", from = \"0 %\", to = \"0.3 %\", "
                    "step = \"0.1 %\" }\n")
                .labels(),
            (Words{"0 %", "0.1 %", "0.2 %", "0.3 %"}))
      << "not 0.30000000000000004";
  EXPECT_EQ(factors("d = { path = \"plan.warmup.days\", from = 1, to = 6, step = 2 }\n").labels(),
            (Words{"1", "3", "5"}));
}

TEST(Design, ALogScaleKeepsTheRatio) {
  EXPECT_EQ(factors("c = { path = \"lane.connection_limit\", from = 1, to = 64, levels = 7, "
                    "scale = \"log\" }\n")
                .labels(),
            (Words{"1", "2", "4", "8", "16", "32", "64"}));
  EXPECT_EQ(factors("h = { path = \"horizon\", from = \"1 h\", to = \"100 h\", levels = 3, "
                    "scale = \"log\" }\n")
                .labels(),
            (Words{"1 h", "10 h", "100 h"}));
}

TEST(Design, ALatinHypercubeHasOneValueInEachPart) {
  const Read r = read(
      "points = 10\n[experiment.factors]\n"
      "a = { path = \"source.mail.unknown\", from = \"0 %\", to = \"10 %\", "
      "sample = \"latin-hypercube\" }\n"
      "b = { path = \"source.mail.spam\", from = \"0 %\", to = \"10 %\", "
      "sample = \"latin-hypercube\" }\n");
  EXPECT_EQ(r.said(), "");
  EXPECT_EQ(r.design.points.size(), 10U) << "together, not crossed";
  for (const Factor& factor : r.design.factors) {
    std::set<int> parts;
    for (const Level& level : factor.levels)
      parts.insert(static_cast<int>(measure_of(level.value)->value * 100));
    EXPECT_EQ(parts.size(), 10U) << factor.name;
    EXPECT_FALSE(std::ranges::is_sorted(factor.levels, {}, [](const Level& level) {
      return measure_of(level.value)->value;
    })) << "in an order of its own";
  }
  EXPECT_NE(r.labels(0), r.labels(1));
}

TEST(Design, AnotherFactorMovesNoOthersSample) {
  const std::string a =
      "a = { path = \"source.mail.unknown\", from = \"0 %\", to = \"10 %\", "
      "sample = \"latin-hypercube\" }\n";
  const std::string b =
      "b = { path = \"source.mail.spam\", from = \"0 %\", to = \"10 %\", "
      "sample = \"latin-hypercube\" }\n";
  const std::string points = "points = 8\n";
  const Words alone = read(points + "[experiment.factors]\n" + a).labels();
  EXPECT_EQ(alone.size(), 8U);
  EXPECT_EQ(alone, read(points + "[experiment.factors]\n" + b + a).labels(1));
  EXPECT_NE(alone, read("seed = 2\n" + points + "[experiment.factors]\n" + a).labels());
}

TEST(Design, SobolPointsHalveTheirRange) {
  const Read r = read(
      "points = 3\n[experiment.factors]\n"
      "a = { path = \"source.mail.unknown\", from = \"0 %\", to = \"8 %\", sample = \"sobol\" }\n"
      "d = { path = \"plan.warmup.days\", values = [1, 2] }\n");
  EXPECT_EQ(r.said(), "");
  EXPECT_EQ(r.design.points.size(), 6U) << "sampled points meet every level of the others";
  Words first = r.labels(0);
  std::ranges::sort(first);
  EXPECT_EQ(first, (Words{"2 %", "4 %", "6 %"}));
}

TEST(Design, ZipGoesLevelByLevel) {
  const Read r = read(
      "zip = [[\"days\", \"volume\"]]\n[experiment.factors]\n"
      "days = { path = \"plan.warmup.days\", values = [1, 2, 4] }\n"
      "limit = { path = \"lane.connection_limit\", values = [1, 2] }\n"
      "volume = { path = \"plan.warmup.volume\", values = [100, 200, 400] }\n");
  EXPECT_EQ(r.said(), "");
  EXPECT_EQ(r.design.points.size(), 6U);
  EXPECT_EQ(r.design.dimensions.front().name, "days_volume");
  EXPECT_EQ(r.design.label_of(3), "days = 2, limit = 2, volume = 200");
}

TEST(Design, WhereLeavesPointsOut) {
  const Read r = read(
      "where = 'days * limit <= 4'\n[experiment.factors]\n"
      "days = { path = \"plan.warmup.days\", values = [1, 2, 4] }\n"
      "limit = { path = \"lane.connection_limit\", values = [1, 2, 4] }\n");
  EXPECT_EQ(r.said(), "");
  EXPECT_EQ(r.design.cells, 9U);
  EXPECT_EQ(r.design.points, (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 6}));
}

struct Bad {
  const char* experiment;
  std::vector<std::string> said;
};

const std::vector<Bad> kBad{
    {"[experiment.factors]\n\"plan.warmap.days\" = [1]\n",
     {"s.toml:17:", "the scenario has no 'plan.warmap'", "did you mean 'warmup'?"}},
    {"[experiment.factors]\n\"plan.warmup.dais\" = [1]\n",
     {"s.toml:17:", "plan.warmup.dais", "did you mean 'days'?"}},
    {"[experiment.factors]\n\"site.other.throttle\" = [\"none\"]\n", {"has no 'site.other'"}},
    {"[experiment.factors]\nhorizon = [\"1 d\", 2]\n",
     {"s.toml:17:19", "horizon = 2", "with its unit", "(at horizon = 2)"}},
    {"[experiment.factors]\n\"lane.connection_limit\" = [1, 0]\n", {"must lie between"}},
    {"[experiment.factors]\nhorizon = []\n", {"has no value"}},
    {"[experiment.factors]\nhorizon = 3\n", {"expected a list of values or a table"}},
    {"[experiment.factors]\nhorizon = [\"1 d\", \"1 d\"]\n", {"two levels are called '1 d'"}},
    {"[experiment.factors]\nh = { path = \"horizon\", from = \"1 d\", to = 3, step = \"1 d\" }\n",
     {"expected the unit of `from`"}},
    {"[experiment.factors]\nh = { path = \"horizon\", from = \"1 d\", to = \"3 d\" }\n",
     {"needs `step`, or `levels`, or a `sample`"}},
    {"[experiment.factors]\nh = { path = \"horizon\", from = \"3 d\", to = \"1 d\", levels = 2 }\n",
     {"must not be below `from`"}},
    {"[experiment.factors]\nd = { path = \"plan.warmup.days\", from = 0, to = 8, levels = 4, "
     "scale = \"log\" }\n",
     {"a log scale begins above zero"}},
    {"[experiment.factors]\nd = { path = \"plan.warmup.days\", from = 1, to = 8, step = 0 }\n",
     {"must be above zero"}},
    {"[experiment.factors]\nd = { path = \"plan.warmup.days\", from = 1, to = 3, levels = 9 }\n",
     {"two levels are called '1'"}},
    {"[experiment.factors]\nd = { path = \"plan.warmup.days\", from = 1, to = 3, "
     "sample = \"sobol\" }\n",
     {"sampled factors need `points`"}},
    {"[experiment.factors]\nd = { variants = [\"rampp\"] }\n", {"did you mean 'ramp'?"}},
    {"[experiment.factors]\nd = { path = \"horizon\" }\n", {"needs one of: `values`"}},
    {"[experiment.factors]\nd = { pth = \"horizon\", values = [1] }\n",
     {"pth", "did you mean 'path'?"}},
    {"[experiment.factors]\nd = { path = \"plan.warmup.days\", values = [1, 2], labels = [\"a\"] "
     "}\n",
     {"expected 2 labels"}},
    {"zip = [[\"a\", \"b\"]]\n[experiment.factors]\na = { path = \"plan.warmup.days\", values = "
     "[1, "
     "2] }\nb = { path = \"lane.connection_limit\", values = [1, 2, 3] }\n",
     {"'a' has 2 levels and 'b' has 3"}},
    {"zip = [[\"a\", \"c\"]]\n[experiment.factors]\na = { path = \"plan.warmup.days\", values = "
     "[1] "
     "}\n",
     {"there is no factor 'c'"}},
    {"where = 'days > 3'\n[experiment.factors]\n\"plan.warmup.days\" = [1]\n",
     {"s.toml:16:9", "column 1: 'days' is no factor"}},
    {"where = 'plan.warmup.days > 3'\n[experiment.factors]\n\"plan.warmup.days\" = [1]\n",
     {"holds at none of the 1 points"}},
    {"[experiment.factors]\n\"a b\" = { path = \"horizon\", values = [\"1 d\"] }\n",
     {"letters, digits"}},
    {"[experiment.factors]\nwindows = { path = \"horizon\", values = [\"1 d\"] }\n",
     {"is the name of a figure"}},
    {"replications = 0\n", {"experiment.replications = 0", "must lie between"}},
    {"repliactions = 5\n", {"did you mean 'replications'?"}},
    {"points = 5\n", {"no factor has a `sample`"}},
    {"traffics = 0\n", {"experiment.traffics = 0", "must lie between"}},
    {"traffics = 2\nreplications = { precision = \"5 %\", metric = \"windows\" }\n",
     {"experiment.traffics", "one run of each receiver"}},
};

TEST(Design, SaysPlaceReasonAndRemedyOfWhatCannotBe) {
  for (const Bad& bad : kBad) {
    const std::string said = read(bad.experiment).said();
    for (const std::string& text : bad.said)
      EXPECT_NE(said.find(text), std::string::npos)
          << bad.experiment << "said: " << said << "without: " << text;
  }
}

TEST(Design, RefusesMorePointsThanAnybodyRuns) {
  std::string lines;
  for (const char* key : {"days", "volume"})
    lines += fmt::format(
        "{0} = {{ path = \"plan.warmup.{0}\", from = 1, to = 100000, step = 1 }}\n", key);
  EXPECT_NE(factors(lines).said().find("more than 10000000 points"), std::string::npos);
}

}  // namespace
}  // namespace weir::experiments
