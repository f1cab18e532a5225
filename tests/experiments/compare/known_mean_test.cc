// Enough receivers for the mean of a figure.

#include "experiments/compare/known_mean.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace weir::experiments {
namespace {

using State = KnownMean::State;

MeanGoal goal(const std::string& name, std::uint64_t most = 1'000) {
  std::string fault;
  const auto figure = figure_to_know(compared_figures(30, 0.99), name, fault);
  EXPECT_EQ(fault, "");
  return {.figure = *figure, .precision = {.relative_error = 0.05, .most = most}, .horizon = 240h};
}

// 100 +- 10 in turn: t(n - 1) * 10 / sqrt(n - 1) is 4.80 at n = 20, where 4.76 is allowed.
std::uint64_t receivers_needed(std::uint64_t most) {
  KnownMean mean(goal("days_to_deliver", most));
  while (mean.state() == State::running) mean.add(mean.receivers() % 2 == 0 ? 90.0 : 110.0);
  return mean.state() == State::reached ? mean.receivers() : 0;
}

TEST(KnownMean, IsReachedWhenTheHalfWidthIsSmallEnoughOrNotByTheCap) {
  EXPECT_EQ(receivers_needed(1'000), 21U);
  EXPECT_EQ(receivers_needed(20), 0U);
}

TEST(KnownMean, CountsWhatNeverCameAsTheHorizonInItsUnit) {
  KnownMean mean(goal("days_to_deliver"));
  for (int i = 0; i < 10; ++i) mean.add(std::numeric_limits<double>::infinity());
  EXPECT_EQ(mean.estimate()->value, 10.0) << "days";
}

TEST(KnownMean, LeavesOutReceiversWithoutAValueButNotInTheCap) {
  KnownMean mean(goal("delay_mean", 12));
  for (int i = 0; i < 12; ++i) {
    ASSERT_EQ(mean.state(), State::running);
    mean.add(i < 3 ? std::nan("") : 1.0);
  }
  EXPECT_EQ(mean.state(), State::not_reached);
  EXPECT_NE(words_on(mean).find("NOT REACHED"), std::string::npos);
}

TEST(KnownMean, SaysWhatIsKnownAndAfterHowMany) {
  KnownMean mean(goal("days_to_deliver"));
  for (int i = 0; i < 10; ++i) mean.add(i % 2 == 0 ? 9.9 : 10.1);
  EXPECT_EQ(words_on(mean),
            "time to deliver 99 %: 10.00 d, 95 % between 9.92 and 10.08; known to within 5 % after "
            "10 receivers");
}

TEST(FigureToKnow, RefusesSharesAndUnknownNamesWithWhatThereIs) {
  for (const char* name : {"share_with_window", "days_to_delivr"}) {
    std::string fault;
    EXPECT_FALSE(figure_to_know(compared_figures(30, 0.99), name, fault));
    EXPECT_NE(fault.find(name), std::string::npos);
  }
  std::string fault;
  figure_to_know(compared_figures(30, 0.99), "days_to_delivr", fault);
  EXPECT_NE(fault.find("did you mean 'days_to_deliver'?"), std::string::npos);
}

}  // namespace
}  // namespace weir::experiments
