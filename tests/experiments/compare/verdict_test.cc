// Findings in words.

#include "experiments/compare/verdict.h"

#include <cmath>

#include <gtest/gtest.h>

namespace weir::experiments {
namespace {

ComparedFigure figure(const std::string& name) {
  for (const ComparedFigure& figure : compared_figures(30, 0.99))
    if (figure.name == name) return figure;
  ADD_FAILURE() << name;
  return {};
}

FigureFindings findings(const std::string& name, Finding finding, double value, double low,
                        double high) {
  FigureFindings result;
  result.figure = figure(name);
  result.differences.resize(2);
  result.differences[1].finding = finding;
  result.differences[1].paired.estimate.value = value;
  result.differences[1].paired.estimate.interval = {low, high};
  return result;
}

std::string clause(const FigureFindings& findings) {
  const Verdict verdict = verdict_on(std::span(&findings, 1), 1, "B", {0.95});
  return verdict.found.size() == 1 ? verdict.found.front() : "";
}

TEST(Verdict, SaysHowMuchInAUnitAndHowSure) {
  const double hour = 1.0 / 24;
  EXPECT_EQ(
      clause(findings("days_to_deliver", Finding::less, -4.1 * hour, -5.0 * hour, -3.2 * hour)),
      "B delivers 4.1 h earlier, 95 % between 3.2 and 5.0");
  EXPECT_EQ(clause(findings("delivered_by_day_4", Finding::more, 12'345, 11'900, 12'790)),
            "B delivers 12,345 more by day 4, 95 % between 11,900 and 12,790");
  EXPECT_EQ(clause(findings("delay_p90", Finding::more, 7'200, 5'760, 8'640)),
            "B has a 90 % delay 2.0 h longer, 95 % between 1.6 and 2.4");
  EXPECT_EQ(
      clause(findings("share_with_window", Finding::more, 0.15, 0.08, 0.26)),
      "B opens a window at 15 percentage points more of the receivers, 95 % between 8 and 26");
}

TEST(Verdict, SortsTheOtherFiguresByWhatIsKnown) {
  const std::vector<FigureFindings> all{findings("bounced_all", Finding::none_found, 1, -1, 3),
                                        findings("expired_all", Finding::same_always, 0, 0, 0),
                                        findings("delay_mean", Finding::unknown, 0, 0, 0)};
  const Verdict verdict = verdict_on(all, 1, "B", {0.95});
  EXPECT_EQ(verdict.none_found, std::vector<std::string>{"bounces"});
  EXPECT_EQ(verdict.same_always, std::vector<std::string>{"expired"});
  EXPECT_EQ(verdict.unknown, std::vector<std::string>{"delay, mean of the delivered"});
  EXPECT_TRUE(verdict.found.empty());
}

TEST(AmountText, HasDigitsThatItsDoubtLeaves) {
  EXPECT_EQ(AmountText(figure("windows"), 0.15, 0.09).number(0.15), "0.15");
  EXPECT_EQ(AmountText(figure("windows"), 134'743, 70).number(-134'743.4), "-134,743");
  EXPECT_EQ(AmountText(figure("days_to_deliver"), 29.91044, 0).number(29.91044), "29.91");
  EXPECT_EQ(AmountText(figure("windows"), 3, 0.4).number(-0.001), "0.0") << "not -0.0";
  EXPECT_EQ(AmountText(figure("windows"), 3, 0.4).number(std::nan("")), "-");
}

TEST(AmountText, ChoosesAUnitThatIsReadAtAGlance) {
  EXPECT_EQ(AmountText(figure("window_hours"), 5, 1).unit(), " h");
  EXPECT_EQ(AmountText(figure("window_hours"), 51, 1).unit(), " d");
  EXPECT_EQ(AmountText(figure("delay_p50"), 0.5, 0).unit(), " s");
  EXPECT_EQ(AmountText(figure("delay_p50"), 300, 0).unit(), " min");
  EXPECT_EQ(AmountText(figure("share_listed"), 0.1, 0).unit(), " %");
  EXPECT_EQ(AmountText(figure("windows"), 3, 0).unit(), "");
}

FigureFindings against_best(const std::string& name, std::vector<analysis::Interval> intervals) {
  FigureFindings result;
  result.figure = figure(name);
  for (const analysis::Interval& interval : intervals)
    result.against_best.push_back({.difference = 0, .interval = interval});
  return result;
}

TEST(BestVariants, FollowTheEndAtZero) {
  const std::vector<std::string> names{"A", "B", "C"};
  const BestVariants smallest =
      best_variants(against_best("windows", {{-2, 0}, {0, 3}, {-1, 1}}), names);
  EXPECT_EQ(smallest.best, std::vector<std::string>{"A"});
  EXPECT_EQ(smallest.excluded, std::vector<std::string>{"B"});
  EXPECT_EQ(smallest.possible, std::vector<std::string>{"C"});
  const BestVariants largest =
      best_variants(against_best("delivered_all", {{-2, 0}, {0, 3}, {-1, 1}}), names);
  EXPECT_EQ(largest.best, std::vector<std::string>{"B"});
  EXPECT_EQ(largest.excluded, std::vector<std::string>{"A"});
}

}  // namespace
}  // namespace weir::experiments
