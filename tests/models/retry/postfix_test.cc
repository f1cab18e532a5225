#include "tests/models/retry/retries.h"

namespace weir::retry {
namespace {

TEST(Postfix, RetriesAtThePublishedInstants) {
  EXPECT_EQ(retries(*schedule("postfix"), 24h),
            (Seconds{300,   600,   1200,  2400,  4800,  9000,  13200, 17400,
                     21600, 25800, 30000, 34200, 38400, 42600, 46800, 51000,
                     55200, 59400, 63600, 67800, 72000, 76200, 80400, 84600}));
}

TEST(Postfix, Makes106RetriesInItsFiveDays) {
  const auto postfix = schedule("postfix");
  EXPECT_EQ(postfix->lifetime(), 120h);
  EXPECT_EQ(retries(*postfix).size(), 106U);
}

TEST(Postfix, WaitsForTheNextScanWhenAMessageCameBetweenTwo) {
  EXPECT_EQ(retries(*schedule("postfix"), 2h, SimTime{100s}), (Seconds{600, 1200, 2400, 4800}));
}

TEST(Postfix, TakesUpWhatIsDueWithinTheSecondAfterAScan) {
  EXPECT_EQ(retries(*schedule("postfix"), 20min, SimTime{1s}), (Seconds{300, 600, 1200}));
  EXPECT_EQ(retries(*schedule("postfix"), 20min, SimTime{2s}), (Seconds{600, 1200}));
}

TEST(Postfix, ReckonsInWholeSeconds) {
  Draw draw = draw_for(7, 1);
  const auto postfix = schedule("postfix");
  EXPECT_EQ(postfix->next_attempt({SimTime{1900ms}, SimTime{1200ms}, 1}, draw), SimTime{300s});
  EXPECT_EQ(postfix->next_attempt({SimTime{2000ms}, SimTime{1200ms}, 1}, draw), SimTime{600s});
  EXPECT_EQ(postfix->next_attempt({SimTime{600'900ms}, SimTime{100ms}, 2}, draw), SimTime{1200s});
}

TEST(Postfix, WaitsForALaterScanThanTheOneItIsTriedAt) {
  Draw draw = draw_for(7, 1);
  const auto hasty = schedule("postfix", {{"minimal_backoff", "1 s"}, {"queue_run_delay", "2 s"}});
  EXPECT_EQ(hasty->next_attempt({SimTime{4s}, SimTime{4s}, 1}, draw), SimTime{6s});
}

TEST(Postfix, ScansAtTheOffsetAsked) {
  const auto shifted = schedule("postfix", {{"scan_phase", "100 s"}});
  EXPECT_EQ(retries(*shifted, 1h), (Seconds{400, 1000, 2200}));
  EXPECT_EQ(retries(*schedule("postfix", {{"scan_phase", "700 s"}}), 1h), retries(*shifted, 1h));
}

TEST(Postfix, CountsAnOffsetBeyondTheFirstAttemptToo) {
  const auto rare = schedule("postfix", {{"queue_run_delay", "1 h"}, {"scan_phase", "50 min"}});
  EXPECT_EQ(retries(*rare, 5h), (Seconds{3000, 6600, 13800}));
}

TEST(Postfix, TakesTheWaitFromTheAgeAndNotFromTheCount) {
  Draw draw = draw_for(7, 1);
  const Deferred late{SimTime{30min}, SimTime{}, 1};
  EXPECT_EQ(schedule("postfix")->next_attempt(late, draw), SimTime{60min});
}

TEST(Postfix, DrawsNothing) { EXPECT_EQ(draws_of_one(*schedule("postfix")), 0U); }

TEST(Postfix, RefusesBackoffsTheWrongWayRound) {
  const std::string problem =
      problems_of("postfix", {{"minimal_backoff", "2 h"}, {"maximal_backoff", "1 h"}});
  EXPECT_NE(problem.find("minimal_backoff"), std::string::npos) << problem;
}

}  // namespace
}  // namespace weir::retry
