// Planted differences are found, equal variants are not told apart, and what has no value is said.

#include "experiments/compare/findings.h"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "sim/random.h"

namespace weir::experiments {
namespace {

using analysis::Best;

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr Purpose kCommon{1};
constexpr Purpose kOwn{2};

ComparedFigure amount(std::optional<Best> best = Best::smallest) {
  return {.name = "amount",
          .units = "s",
          .kind = FigureKind::amount,
          .best = best,
          .words = {"amount", "takes", "more", "less"},
          .of = {}};
}

ComparedFigure share() {
  ComparedFigure figure = amount();
  figure.kind = FigureKind::share;
  return figure;
}

double normal(std::uint64_t seed, Purpose purpose, std::uint64_t entity) {
  const Chance chance({seed, 0, 0});
  return chance.draw(purpose, entity).normal();
}

/// Receivers that differ by 10, which all variants share, and a noise of 1 of each variant's own.
std::vector<double> variant(std::uint64_t number, double mean, std::size_t receivers = 100,
                            std::uint64_t seed = 1) {
  std::vector<double> values;
  for (std::size_t r = 0; r < receivers; ++r)
    values.push_back(mean + 10 * normal(seed, kCommon, r) + normal(seed, kOwn, 1'000 * number + r));
  return values;
}

FigureFindings find(const ComparedFigure& figure, const std::vector<std::vector<double>>& values) {
  return find_differences(figure, values, 1'000);
}

TEST(Findings, FindAPlantedDifference) {
  const FigureFindings findings = find(amount(), {variant(0, 50), variant(1, 51)});
  const Difference& difference = findings.differences[1];
  EXPECT_EQ(difference.finding, Finding::more);
  EXPECT_TRUE(difference.paired.estimate.interval.contains(1.0));
  EXPECT_LT(difference.paired.estimate.interval.half_width(), 0.5);
  EXPECT_EQ(find(amount(), {variant(1, 51), variant(0, 50)}).differences[1].finding, Finding::less);
}

// (100 + 1) * 2 of independent runs against 2 of pairs.
TEST(Findings, TellWhatCommonNumbersSaved) {
  const FigureFindings findings = find(amount(), {variant(0, 50, 4'000), variant(1, 51, 4'000)});
  EXPECT_NEAR(findings.differences[1].paired.variance_reduction, 101, 10);
  std::vector<double> strangers = variant(1, 51, 4'000, 2);
  const FigureFindings apart = find(amount(), {variant(0, 50, 4'000), strangers});
  EXPECT_NEAR(apart.differences[1].paired.variance_reduction, 1, 0.1);
}

TEST(Findings, DoNotTellEqualVariantsApart) {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const FigureFindings findings =
        find(amount(), {variant(0, 50, 20, seed), variant(1, 50, 20, seed)});
    found += findings.differences[1].finding == Finding::none_found ? 0 : 1;
  }
  EXPECT_NEAR(found, 20, 13) << "one in twenty, by chance: three standard deviations";
  EXPECT_EQ(find(amount(), {variant(0, 50), variant(0, 50)}).differences[1].finding,
            Finding::same_always);
}

TEST(Findings, CountWhatNeverCameAsTheHorizon) {
  const std::vector<std::vector<double>> values{{1, 2, 3, 4}, {1, kNever, 3, kNever}};
  const FigureFindings findings = find_differences(amount(), values, 10);
  EXPECT_EQ(findings.at_horizon, (std::vector<std::uint64_t>{0, 2}));
  EXPECT_DOUBLE_EQ(findings.means[1], (1 + 10 + 3 + 10) / 4.0);
  EXPECT_DOUBLE_EQ(findings.differences[1].paired.estimate.value, (8 + 6) / 4.0);
}

TEST(Findings, LeaveOutReceiversWithoutAValueInAnyVariant) {
  const double none = std::nan("");
  const FigureFindings findings = find(amount(), {{1, 2, none, 4}, {none, 3, 4, 6}});
  EXPECT_EQ(findings.receivers, 2U);
  EXPECT_EQ(findings.left_out, 2U);
  EXPECT_DOUBLE_EQ(findings.means[0], 3.0) << "over the same receivers as the other";
  EXPECT_DOUBLE_EQ(findings.differences[1].paired.estimate.value, 1.5);
  const FigureFindings nothing = find(amount(), {{none, 2}, {1, none}});
  EXPECT_EQ(nothing.differences[1].finding, Finding::unknown);
  EXPECT_TRUE(std::isnan(nothing.means[0]));
}

/// 0 but for the first `hits` receivers.
std::vector<double> hits(std::size_t hits, std::size_t receivers) {
  std::vector<double> values(receivers, 0.0);
  for (std::size_t r = 0; r < hits; ++r) values[r] = 1.0;
  return values;
}

TEST(Findings, GiveSharesTheirOwnInterval) {
  const FigureFindings none = find(share(), {hits(0, 100), hits(0, 100)});
  EXPECT_EQ(none.differences[1].finding, Finding::same_always);
  EXPECT_GT(none.differences[1].paired.estimate.interval.high, 0.03) << "Student's t says 0";
  const FigureFindings few = find(share(), {hits(0, 100), hits(3, 100)});
  EXPECT_EQ(few.differences[1].finding, Finding::none_found);
  EXPECT_EQ(few.differences[1].paired.estimate.method, analysis::Method::paired_shares);
  const FigureFindings some = find(share(), {hits(0, 100), hits(4, 100)});
  EXPECT_EQ(some.differences[1].finding, Finding::more);
}

TEST(Findings, JudgeThreeAgainstTheBest) {
  const std::vector<std::vector<double>> values{variant(0, 50), variant(1, 48), variant(2, 55)};
  const FigureFindings smallest = find(amount(), values);
  ASSERT_EQ(smallest.against_best.size(), 3U);
  EXPECT_EQ(smallest.against_best[1].interval.high, 0.0) << "is the best";
  EXPECT_EQ(smallest.against_best[2].interval.low, 0.0) << "is not";
  EXPECT_TRUE(find(amount({}), values).against_best.empty()) << "no end of it is best";
  EXPECT_TRUE(find(amount(), {values[0], values[1]}).against_best.empty()) << "two need none";
}

TEST(Findings, LeaveTheBestShareOpenWhereHitsAreRare) {
  const FigureFindings findings = find(share(), {hits(0, 100), hits(1, 100), hits(40, 100)});
  ASSERT_EQ(findings.against_best.size(), 3U);
  EXPECT_LT(findings.against_best[0].interval.low, 0.0);
  EXPECT_GT(findings.against_best[0].interval.high, 0.0) << "no hit in a hundred is not never";
  EXPECT_LT(findings.against_best[1].interval.low, 0.0) << "may be the best";
  EXPECT_EQ(findings.against_best[2].interval.low, 0.0) << "is not";
  EXPECT_DOUBLE_EQ(findings.against_best[2].difference, 0.4);
}

TEST(Findings, AreOfFiguresInTheirUnit) {
  ComparedFigure figure = amount();
  figure.units = "d";
  figure.of = [](const ReceiverFigures&) { return kNever; };
  EXPECT_DOUBLE_EQ(compared_value(figure, {}, 36h), 1.5);
  const std::vector<VariantFigures> variants(2, {.name = "v", .receivers = {{}, {}, {}}});
  const auto all = find_all_differences(std::span(&figure, 1), variants, 36h, {0.95});
  EXPECT_DOUBLE_EQ(all.front().means[1], 1.5);
}

TEST(Findings, NeedTwoVariants) {
  EXPECT_THROW(find(amount(), {variant(0, 50)}), std::domain_error);
}

}  // namespace
}  // namespace weir::experiments
