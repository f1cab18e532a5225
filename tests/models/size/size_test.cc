#include <algorithm>
#include <cmath>

#include "models/size/sampler.h"
#include "tests/models/make_model.h"
#include "tests/support/statistics.h"

namespace weir::size {
namespace {

using testing::Keys;
using Sizes = std::vector<Bytes>;
using Shares = std::vector<Probability>;

std::unique_ptr<Sampler> sampler(std::string_view name, const Keys& keys = {}) {
  return testing::make_model<Sampler>(catalogue(), name, keys);
}

Draw draw_for(std::uint64_t message) { return Chance(StreamKey{}).draw(Purpose{3}, message); }

std::vector<double> samples(const Sampler& sampler, std::uint64_t count) {
  std::vector<double> all;
  for (std::uint64_t message = 0; message < count; ++message) {
    Draw draw = draw_for(message);
    all.push_back(static_cast<double>(sampler.sample(draw).count));
  }
  return all;
}

/// The default of lognormal-pareto, written down once more.
double default_cdf(double x) {
  constexpr double kFrom = 5'120.0;
  constexpr double kMax = 4'194'304.0;
  constexpr double kIndex = 0.56;
  const auto body = [](double y) {
    return 0.5 * std::erfc(-std::log(y / 4'150.0) / (0.98 * std::sqrt(2.0)));
  };
  if (x <= 0.0) return 0.0;
  if (x <= kFrom) return body(x);
  if (x >= kMax) return 1.0;
  const double tail = (1.0 - std::pow(kFrom / x, kIndex)) / (1.0 - std::pow(kFrom / kMax, kIndex));
  return body(kFrom) + (1.0 - body(kFrom)) * tail;
}

TEST(LognormalPareto, HasALognormalBodyAndACutParetoTail) {
  EXPECT_TRUE(testing::check_distribution(samples(*sampler("lognormal-pareto"), 100'000),
                                          [](double x) { return default_cdf(x); }));
}

TEST(LognormalPareto, HasTheMeanAndSpreadOfALognormalWhereThereIsHardlyATail) {
  const auto light =
      sampler("lognormal-pareto",
              {{"median", "100 kB"}, {"sigma", 0.5}, {"tail_from", "1 GB"}, {"max", "1 GB"}});
  auto all = samples(*light, 100'000);
  EXPECT_TRUE(testing::check_mean(all, 100'000.0 * std::exp(0.125)));
  for (double& size : all) size = std::pow(std::log(size / 100'000.0), 2);
  EXPECT_TRUE(testing::check_mean(all, 0.25));
}

TEST(LognormalPareto, StaysWithinAPercentagePointOfTheMeasuredDistribution) {
  const std::vector<std::pair<double, double>> measured{
      {2, .2353},  {4, .4917},   {8, .676},    {16, .7958},   {32, .8536},   {64, .9047},
      {128, .933}, {256, .9574}, {512, .9724}, {1024, .9849}, {2048, .9996}, {4096, 1.0}};
  double farthest = 0.0;
  for (const auto& [kib, share] : measured)
    farthest = std::max(farthest, std::abs(default_cdf(kib * 1024.0) - share));
  EXPECT_LT(farthest, 0.008);
}

TEST(LognormalPareto, NeverLeavesTheRange) {
  const auto wild = sampler("lognormal-pareto", {{"median", "1 B"},
                                                 {"sigma", 3.0},
                                                 {"tail_from", "10 B"},
                                                 {"tail_index", 0.01},
                                                 {"max", "100 B"}});
  const auto all = samples(*wild, 10'000);
  EXPECT_EQ(std::ranges::min(all), 1.0);
  EXPECT_LE(std::ranges::max(all), 100.0);
  EXPECT_GT(std::ranges::max(all), 90.0);
}

TEST(LognormalPareto, DrawsOneNormalAndOneMoreInTheTail) {
  const auto sizes = sampler("lognormal-pareto");
  for (std::uint64_t message = 0; message < 1'000; ++message) {
    Draw body = draw_for(message);
    body.normal();
    Draw draw = draw_for(message);
    const bool in_tail = sizes->sample(draw).count > 5'120;
    EXPECT_EQ(draw.draws(), body.draws() + (in_tail ? 1U : 0U));
  }
}

TEST(LognormalPareto, RefusesATailThatBeginsBeyondTheLargestSize) {
  const auto problems = testing::problems_of(catalogue(), "lognormal-pareto", {{"max", "1 kB"}});
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_NE(problems[0].find("tail_from"), std::string::npos) << problems[0];
}

TEST(SizeTable, GivesOutTheMeasuredShares) {
  const auto all = samples(*sampler("table"), 100'000);
  for (const auto& [limit, share] : std::vector<std::pair<double, double>>{
           {2'048, .2353}, {8'192, .676}, {65'536, .9047}, {1'048'576, .9849}}) {
    const auto hits = std::ranges::count_if(all, [limit](double x) { return x <= limit; });
    EXPECT_TRUE(testing::check_share(static_cast<std::uint64_t>(hits), all.size(), share)) << limit;
  }
}

TEST(SizeTable, SpreadsEvenlyOnALogarithmicScaleBetweenEntries) {
  const auto sizes =
      sampler("table", {{"sizes", Sizes{{1'000}, {1'000'000}}}, {"shares", Shares{{0.0}, {1.0}}}});
  EXPECT_TRUE(testing::check_distribution(samples(*sizes, 10'000), [](double x) {
    return std::clamp(std::log10(x / 1'000.0) / 3.0, 0.0, 1.0);
  }));
}

TEST(SizeTable, StepsThroughAMixOfFixedSizes) {
  // HCL's Server.Load: 500 B 10 %, 10 kB 30 %, 50 kB 40 %, 100 kB 10 %, 150 kB 9.5 %, 10 MB 0.5 %.
  const auto mix = sampler(
      "table", {{"sizes", Sizes{{500}, {10'000}, {50'000}, {100'000}, {150'000}, {10'000'000}}},
                {"shares", Shares{{0.1}, {0.4}, {0.8}, {0.9}, {0.995}, {1.0}}},
                {"between", "step"}});
  const auto all = samples(*mix, 100'000);
  EXPECT_TRUE(testing::check_mean(all, 97'300.0));
  EXPECT_TRUE(testing::check_share(static_cast<std::uint64_t>(std::ranges::count(all, 10'000.0)),
                                   all.size(), 0.3));
}

TEST(SizeTable, RefusesTablesThatAreNone) {
  const auto problem = [](const Sizes& sizes, const Shares& shares) {
    return testing::problems_of(catalogue(), "table", {{"sizes", sizes}, {"shares", shares}})
        .size();
  };
  EXPECT_EQ(problem({{1}, {2}}, {{0.5}, {1.0}}), 0U);
  EXPECT_EQ(problem({}, {}), 1U);
  EXPECT_EQ(problem({{1}, {2}}, {{1.0}}), 1U);
  EXPECT_EQ(problem({{2}, {1}}, {{0.5}, {1.0}}), 1U);
  EXPECT_EQ(problem({{2}, {2}}, {{0.5}, {1.0}}), 1U);
  EXPECT_EQ(problem({{0}, {2}}, {{0.5}, {1.0}}), 1U);
  EXPECT_EQ(problem({{1}, {2}}, {{0.5}, {0.9}}), 1U);
  EXPECT_EQ(problem({{1}, {2}, {3}}, {{0.5}, {0.4}, {1.0}}), 1U);
}

TEST(SizeTable, DrawsOnce) {
  Draw draw = draw_for(1);
  sampler("table")->sample(draw);
  EXPECT_EQ(draw.draws(), 1U);
}

TEST(FixedSize, IsAlwaysTheSameAndDrawsNothing) {
  Draw draw = draw_for(1);
  EXPECT_EQ(sampler("fixed", {{"size", "25 MB"}})->sample(draw), Bytes{25'000'000});
  EXPECT_EQ(sampler("fixed")->sample(draw), Bytes{50'000});
  EXPECT_EQ(draw.draws(), 0U);
}

}  // namespace
}  // namespace weir::size
