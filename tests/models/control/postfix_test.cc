#include <ostream>
#include <sstream>

#include "tests/models/control/drive.h"

namespace weir::control {
namespace {

using namespace testing;

/// One row of SCHEDULER_README's table of an active limiter: server limit 5, client limit 20.
struct Limiter {
  const char* feedback;
  const char* rounding;
  std::uint64_t deliveries;  // for each one that is turned away

  friend std::ostream& operator<<(std::ostream& out, const Limiter& l) {
    return out << l.feedback << ", " << l.rounding;
  }
};

class ActiveLimiter : public ::testing::TestWithParam<Limiter> {};

/// Deliveries of 1 s each, begun 0.2 s apart, so that one ends every 0.2 s for ever; a connection
/// is turned away within 1 ms. What is turned away has then reported before the next delivery ends,
/// and the window moves through one cycle: up after `deliveries`, down after the one turned away.
TEST_P(ActiveLimiter, DefersOneInOnePlusTheDeliveriesThatWidenTheWindow) {
  Drive drive(controller("postfix", {{"positive_feedback", GetParam().feedback},
                                     {"negative_feedback", GetParam().feedback},
                                     {"rounding", GetParam().rounding}}),
              {.connections = 5, .connect_time = 1ms, .transaction_time = [](std::uint64_t n) {
                 return 1s + (n < 5 ? static_cast<int>(n) * 200ms : 0s);
               }});
  drive.run(1000s);
  EXPECT_GT(drive.accepted(), 4'900U);
  // Whole cycles but for the one begun last and, where the window falls by two, the first.
  const std::uint64_t cycles = drive.accepted() / GetParam().deliveries;
  EXPECT_GE(drive.refused(), cycles);
  EXPECT_LE(drive.refused(), cycles + 2);
  EXPECT_EQ(drive.most_open(), 6);
}

// 1/(1 + roundup(1/feedback)): 1/2, 1/4, 1/6, as measured in 2007 (49.7, 24.4, 16.5 %).
INSTANTIATE_TEST_SUITE_P(Measured, ActiveLimiter,
                         ::testing::Values(Limiter{"1", "up", 1}, Limiter{"1/sqrt(N)", "up", 3},
                                           Limiter{"1/N", "up", 5}));
// The code of today widens at success + feedback/2 >= 1, so that 2 / sqrt(5) is enough, and
// narrows until failure - feedback/2 >= 0, which for "1" takes two connections.
INSTANTIATE_TEST_SUITE_P(Present, ActiveLimiter,
                         ::testing::Values(Limiter{"1", "nearest", 2},
                                           Limiter{"1/sqrt(N)", "nearest", 2},
                                           Limiter{"1/N", "nearest", 5}));

/// What the queue manager of Postfix 3.7.11 logged with destination_concurrency_feedback_debug, one
/// word an event: + for a delivery, - for a connection turned away, and the window afterwards. Its
/// server took nine connections, in the last two logs none after the twentieth delivery.
struct Logged {
  const char* feedback;
  const char* windows;
};
constexpr Logged kLogged[] = {
    {"1",
     "+6 +7 +8 +9 +10 -8 +9 +10 +11 -9 +10 +11 -9 +10 -8 +9 +10 -8 +9 +10 -8 +9 +10 -8 +9 "
     "+10 -8 +9 +10 -8 +9 +10 -8 +9 +10 +11 -9 -8 +9 +10 -8 +9 +10 -8 +9 +10 -8 +9 +10 +11 "
     "-9 -8 +9 +10 +11 -9 -8 +9 +10 -8 +9 +10 -8 +9 +10 -8 +9 +10 +11 -9 +10 -8 +9 +10 -8 "
     "+9 +10 +11 -9 -8 +9 +10 +11 +12 -10 -9 -8 +9 +10 -8"},
    {"0.25",
     "+5 +5 +5 +6 +6 +6 +6 +7 +7 +7 +7 +8 +8 +8 +8 +9 +9 +9 +9 +10 -9 +9 +9 +9 +10 +10 +10 "
     "+10 -9 +9 +9 +9 +10 +10 -9 +9 +9 +9 +10 -9 +9 +9 +9 +10 +10 -9 +9 +9 +9 +10 -9 +9 +9 "
     "+9 +10 +10 -9 +9 +9 +9"},
    {"1/N",
     "+5 +5 +5 +5 +6 +6 +6 +6 +6 +6 +7 +7 +7 +7 +7 +7 +7 +8 +8 +8 +8 +8 +8 +8 +8 +9 +9 +9 "
     "+9 +9 +9 +9 +9 +9 +10 -9 +9 +9 +9 +9 +9 +9 +9 +9 +10 -9 +9 +9 +9 +9 +9 +9 +9 +9 +10 "
     "-9 +9 +9 +9 +9 +9 +9 +9 +9 +10 -9 +9 +9 +9 +9"},
    {"1",
     "+6 +7 +8 +9 +10 -8 +9 +10 +11 -9 +10 -8 +9 +10 -8 +9 +10 -8 +9 +10 -8 +9 +10 +11 -9 "
     "-8 +9 +10 -8 -7 +8 -6 -5 +6 -4 +5 -3 +4 -2 +3 +4 -2 -1 -0 +1"},
    {"1/N",
     "+5 +5 +5 +5 +6 +6 +6 +6 +6 +6 +7 +7 +7 +7 +7 +7 +7 +8 +8 +8 +8 +8 -7 -7 -7 +7 -7 +7 "
     "+7 +7 -7 -7 -6 -6 -6 -6 -0 +1"},
};

TEST(Postfix, MovesItsWindowAsARealOneDid) {
  for (const Logged& log : kLogged) {
    const auto postfix = controller(
        "postfix", {{"positive_feedback", log.feedback}, {"negative_feedback", log.feedback}});
    std::istringstream words(log.windows);
    std::string windows;
    for (std::string word; words >> word;) {
      // A delivery that revives the destination is the last under way, else there are plenty.
      const bool is_dead = postfix->held_until() > at(1s);
      if (word[0] == '+') postfix->succeeded(at(1s), is_dead ? 1 : 20);
      if (word[0] == '-') postfix->refused(turned_away(1s, 20));
      const bool dies = postfix->held_until() > at(1s);
      windows += windows.empty() ? "" : " ";
      windows += word.substr(0, 1) + std::to_string(dies ? 0 : postfix->connection_limit(at(1s)));
    }
    EXPECT_EQ(windows, log.windows) << log.feedback;
  }
}

TEST(Postfix, WidensFromTheInitialWindowToTheLimit) {
  const auto postfix = controller("postfix", {{"concurrency_limit", 7}});
  EXPECT_EQ(postfix->connection_limit(at(0s)), 5);
  for (int i = 0; i < 10; ++i) postfix->succeeded(at(1s), 20);
  EXPECT_EQ(postfix->connection_limit(at(1s)), 7);
}

TEST(Postfix, StartsNoWiderThanTheLimit) {
  EXPECT_EQ(controller("postfix", {{"concurrency_limit", 2}})->connection_limit(at(0s)), 2);
}

TEST(Postfix, WidensNoFurtherThanTheInitialWindowBeyondWhatIsBusy) {
  const auto postfix = controller("postfix");
  for (int i = 0; i < 10; ++i) postfix->succeeded(at(1s), 2);
  EXPECT_EQ(postfix->connection_limit(at(1s)), 7);
}

TEST(Postfix, CountsAReplyToAMessageAsADelivery) {
  const auto postfix = controller("postfix");
  postfix->refused(refusal(1s, Reply::throttled_busy, 5));
  EXPECT_EQ(postfix->connection_limit(at(1s)), 6);
}

TEST(Postfix, LeavesADestinationAloneWhenOneCohortFailed) {
  // 1/5 + 1/3 + 1/2: with feedback 1 the window falls from 5 to 3, 2, and then there is none.
  const auto postfix = controller("postfix");
  for (int i = 0; i < 2; ++i) postfix->refused(turned_away(1s, 5));
  EXPECT_LE(postfix->held_until(), at(1s));
  EXPECT_EQ(postfix->connection_limit(at(1s)), 2);
  postfix->unreachable(at(1s), 3);
  EXPECT_EQ(postfix->held_until(), at(301s));
  EXPECT_EQ(postfix->waiting(at(300s)), Waiting::deferred);
  EXPECT_EQ(postfix->waiting(at(301s)), Waiting::kept);
}

TEST(Postfix, CountsAWholeWindowOfFailuresAsACohort) {
  const auto postfix =
      controller("postfix", {{"initial_concurrency", 8}, {"negative_feedback", "0"}});
  for (int i = 0; i < 7; ++i) postfix->refused(turned_away(1s, 8));
  EXPECT_LE(postfix->held_until(), at(1s));
  postfix->refused(turned_away(1s, 8));
  EXPECT_GT(postfix->held_until(), at(1s));
}

TEST(Postfix, ForgetsFailuresAtADelivery) {
  const auto postfix =
      controller("postfix", {{"initial_concurrency", 8}, {"negative_feedback", "0"}});
  for (int i = 0; i < 100; ++i) {
    for (int j = 0; j < 7; ++j) postfix->refused(turned_away(1s, 8));
    postfix->succeeded(at(1s), 8);
  }
  EXPECT_LE(postfix->held_until(), at(1s));
}

TEST(Postfix, ForgetsALaneThatRunsOutOfMail) {
  const auto postfix = controller("postfix");
  for (int i = 0; i < 4; ++i) postfix->succeeded(at(1s), 9);
  EXPECT_EQ(postfix->connection_limit(at(1s)), 9);
  for (int i = 0; i < 100; ++i) {
    postfix->emptied(at(1s));
    EXPECT_EQ(postfix->connection_limit(at(1s)), 5);
    postfix->refused(turned_away(1s));
    postfix->refused(turned_away(1s));
  }
  EXPECT_LE(postfix->held_until(), at(1s));
}

TEST(Postfix, StaysDeadWithoutMail) {
  const auto postfix = controller("postfix");
  for (int i = 0; i < 3; ++i) postfix->refused(turned_away(1s));
  postfix->emptied(at(2s));
  EXPECT_EQ(postfix->held_until(), at(301s));
  postfix->emptied(at(301s));
  EXPECT_LE(postfix->held_until(), at(301s));
}

TEST(Postfix, RevivesWithTheInitialWindow) {
  const auto postfix = controller("postfix", {{"initial_concurrency", 2}});
  for (int i = 0; i < 2; ++i) postfix->refused(turned_away(1s, 1));
  ASSERT_EQ(postfix->held_until(), at(301s));
  EXPECT_EQ(postfix->connection_limit(at(301s)), 2);
  postfix->succeeded(at(302s), 2);
  EXPECT_EQ(postfix->connection_limit(at(302s)), 3);
}

TEST(Postfix, RevivesWithWhatIsStillUnderWay) {
  const auto postfix = controller("postfix");
  for (int i = 0; i < 3; ++i) postfix->refused(turned_away(1s, 9 - i));
  ASSERT_EQ(postfix->held_until(), at(301s));
  EXPECT_EQ(postfix->connection_limit(at(301s)), 6);
}

TEST(Postfix, RevivesAtOnceWhenADeliveryUnderWaySucceeds) {
  const auto postfix = controller("postfix");
  for (int i = 0; i < 3; ++i) postfix->refused(turned_away(1s, 9 - i));
  postfix->refused(turned_away(2s, 6));  // the dead cannot die
  ASSERT_EQ(postfix->held_until(), at(301s));
  postfix->succeeded(at(3s), 5);
  EXPECT_LE(postfix->held_until(), at(3s));
  EXPECT_EQ(postfix->connection_limit(at(3s)), 5);
}

TEST(Postfix, NeverGivesUpADestinationWithoutALimitOfCohorts) {
  const auto postfix = controller("postfix", {{"failed_cohort_limit", 0}});
  for (int i = 0; i < 100; ++i) postfix->refused(turned_away(1s, 1));
  EXPECT_LE(postfix->held_until(), at(1s));
  EXPECT_EQ(postfix->connection_limit(at(1s)), 1);
}

TEST(Postfix, SendsOneAfterTheOtherWithADelay) {
  Drive drive(controller("postfix", {{"rate_delay", "3 s"}}), {});
  drive.run(10s);
  EXPECT_EQ(drive.messages(), (std::vector<SimTime>{at(0s), at(4s), at(8s)}));
  EXPECT_EQ(drive.most_open(), 1);
}

TEST(Postfix, RefusesAFeedbackThatIsNone) {
  const auto found = problems("postfix", {{"positive_feedback", "1/M"}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].find("\"1/N\""), std::string::npos) << found[0];
}

}  // namespace
}  // namespace weir::control
