// Planted shares of receivers and traffic are found, and the unknown that matters stands first.

#include "experiments/ensemble/shares.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "experiments/ensemble/receiver_draws.h"
#include "experiments/scenario/document.h"
#include "sim/random.h"

namespace weir::experiments {
namespace {

constexpr std::uint64_t kReceivers = 400;
constexpr std::uint64_t kTraffics = 3;

ComparedFigure hours() {
  for (ComparedFigure& figure : compared_figures(30, 0.99))
    if (figure.name == "window_hours") return figure;
  return {};
}

/// Receivers whose hours go with the draw of `b`, and a chance of each run's own: variances 0.8
/// and 0.2.
VariantFigures planted(const UnknownDraws& unknowns) {
  const Chance chance({7, 0, 0});
  VariantFigures runs;
  runs.traffics = kTraffics;
  for (std::uint64_t run = 0; run < kReceivers * kTraffics; ++run) {
    const double b = unknowns.by_receiver[run / kTraffics][1];
    ReceiverFigures figures;
    figures.window_hours = 50 + std::sqrt(0.8 * 12) * (b - 0.5) +
                           std::sqrt(0.2) * chance.draw(Purpose{1}, run).normal();
    runs.receivers.push_back(figures);
  }
  return runs;
}

UnknownDraws unknowns() {
  const Setting root = parse_document(R"(
a = { dist = "uniform", from = 1, to = 2 }
b = { dist = "uniform", from = 1, to = 2 }
c = { dist = "choice", of = ["x", "y"] }
)",
                                      "s.toml")
                           .root;
  return unknown_draws(root, 1, kReceivers);
}

TEST(Shares, FindThePlantedOnes) {
  const UnknownDraws draws = unknowns();
  EXPECT_EQ(draws.paths, (std::vector<std::string>{"a", "b", "c"}));
  const auto found = find_shares({hours()}, planted(draws), draws, 720h);
  const FigureShares& figure = found.front();
  EXPECT_EQ(figure.receivers, kReceivers);
  EXPECT_NEAR(figure.shares->between_share.value, 0.8, 0.05);
  EXPECT_TRUE(figure.shares->between_share.interval.contains(0.8));
  EXPECT_NEAR(figure.shares->within, 0.2, 0.03);
}

TEST(Shares, PutTheUnknownThatMattersFirst) {
  const UnknownDraws draws = unknowns();
  const auto found = find_shares({hours()}, planted(draws), draws, 720h);
  ASSERT_EQ(found.front().ranking.size(), 3U);
  EXPECT_EQ(found.front().ranking[0].path, "b");
  EXPECT_NEAR(found.front().ranking[0].share, 0.8, 0.06);
  EXPECT_LT(found.front().ranking[1].share, 0.05);
}

TEST(Shares, LeaveOutReceiversWithoutAValueAndCountTheHorizon) {
  ComparedFigure figure = hours();
  figure.kind = FigureKind::time;
  VariantFigures runs;
  runs.traffics = 2;
  for (const double value :
       {1.0, 2.0, 3.0, std::nan(""), std::numeric_limits<double>::infinity(), 4.0}) {
    ReceiverFigures one;
    one.window_hours = value;
    runs.receivers.push_back(one);
  }
  const auto found = find_shares({figure}, runs, {{}, {{}, {}, {}}}, 10h);
  EXPECT_EQ(found.front().receivers, 2U);
  EXPECT_EQ(found.front().left_out, 1U);
  EXPECT_EQ(found.front().at_horizon, 1U);
  EXPECT_DOUBLE_EQ(found.front().shares->mean.value, (1.5 + 7.0) / 2);
  EXPECT_TRUE(found.front().ranking.empty()) << "too few to rank by";
}

TEST(UnknownDraws, AreThoseOfTheReceiver) {
  const Setting root =
      parse_document("a = { dist = \"uniform\", from = 0.0, to = 1.0 }\n", "s.toml").root;
  for (const std::uint64_t receiver : {0U, 3U}) {
    const double u = receiver_draws(root, {}, 1, receiver).front();
    const Setting drawn = draw_receiver(root, {}, 1, receiver);
    EXPECT_NEAR(std::get<double>(drawn.find("a")->value), u, 1e-9);
  }
}

}  // namespace
}  // namespace weir::experiments
