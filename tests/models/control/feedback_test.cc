#include "models/control/feedback.h"

#include <gtest/gtest.h>

namespace weir::control {
namespace {

TEST(Feedback, IsAStepThatMayShrinkWithTheWindow) {
  EXPECT_EQ(parse_feedback("1")->at(16), 1.0);
  EXPECT_EQ(parse_feedback("1/4")->at(16), 0.25);
  EXPECT_EQ(parse_feedback("1/N")->at(16), 1.0 / 16);
  EXPECT_EQ(parse_feedback("0.5/N")->at(16), 1.0 / 32);
  EXPECT_EQ(parse_feedback("1/sqrt(N)")->at(16), 0.25);
}

TEST(Feedback, TakesThePostfixWordForTheWindow) {
  EXPECT_EQ(parse_feedback("1/concurrency"), parse_feedback("1/N"));
  EXPECT_EQ(parse_feedback("1/sqrt_concurrency"), parse_feedback("1/sqrt(N)"));
}

TEST(Feedback, PrintsWhatItReads) {
  for (const char* text : {"1", "0.25", "1/N", "0.5/sqrt(N)"})
    EXPECT_EQ(to_text(*parse_feedback(text)), text);
}

TEST(Feedback, RefusesWhatIsNoStepFromZeroToOne) {
  for (const char* text : {"", "2", "-1", "1/", "1/M", "nan", "1/0", "N", "1 /N", "3/2"})
    EXPECT_FALSE(parse_feedback(text)) << text;
}

}  // namespace
}  // namespace weir::control
