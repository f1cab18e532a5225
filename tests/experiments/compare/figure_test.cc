// What is compared, and how a run gets it.

#include "experiments/compare/figure.h"

#include <cmath>
#include <limits>
#include <set>

#include <gtest/gtest.h>

#include "experiments/run/run_figures.h"

namespace weir::experiments {
namespace {

ReceiverFigures delivered(std::uint64_t submitted, std::vector<std::uint64_t> by_day) {
  ReceiverFigures figures;
  figures.report_submitted = submitted;
  figures.delivered_by_day = std::move(by_day);
  return figures;
}

TEST(DaysToDeliver, CountsToAPartOfTheDayThatReachesTheShare) {
  EXPECT_DOUBLE_EQ(days_to_deliver(delivered(100, {50, 0, 40, 10}), 0.5), 1.0);
  EXPECT_DOUBLE_EQ(days_to_deliver(delivered(100, {50, 0, 40, 10}), 0.7), 2.5);
  EXPECT_DOUBLE_EQ(days_to_deliver(delivered(100, {50, 0, 40, 10}), 0.99), 3.9);
}

TEST(DaysToDeliver, IsInfiniteWhenTheShareIsNeverReached) {
  EXPECT_EQ(days_to_deliver(delivered(100, {50, 48}), 0.99),
            std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(days_to_deliver(delivered(0, {}), 0.99))) << "nothing to deliver";
}

TEST(ComparedFigures, AreAllThatRunsHaveButWorkAndFingerprint) {
  std::set<std::string> names;
  for (const ComparedFigure& figure : compared_figures(30, 0.99)) names.insert(figure.name);
  for (const RunFigure& figure : run_figures()) {
    const bool says_nothing_of_mail = figure.name == "events" || figure.name == "fingerprint";
    EXPECT_EQ(names.contains(std::string(figure.name)), !says_nothing_of_mail) << figure.name;
  }
  for (const char* name : {"delivered_by_day_1", "delivered_by_day_30", "days_to_deliver",
                           "share_with_window", "share_listed"})
    EXPECT_TRUE(names.contains(name)) << name;
}

TEST(ComparedFigures, LeaveOutDaysThatAreNotRun) {
  for (const ComparedFigure& figure : compared_figures(3, 0.99))
    EXPECT_NE(figure.name, "delivered_by_day_4");
}

TEST(ComparedFigures, TellWhetherSomethingHappened) {
  ReceiverFigures quiet;
  ReceiverFigures listed;
  listed.listings = 2;
  for (const ComparedFigure& figure : compared_figures(3, 0.99)) {
    if (figure.name != "share_listed") continue;
    EXPECT_EQ(figure.of(quiet), 0.0);
    EXPECT_EQ(figure.of(listed), 1.0);
    EXPECT_EQ(figure.kind, FigureKind::share);
  }
}

}  // namespace
}  // namespace weir::experiments
