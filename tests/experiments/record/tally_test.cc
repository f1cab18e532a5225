// What a run is summed up to.

#include "experiments/record/tally.h"

#include <cmath>

#include <gtest/gtest.h>

#include "experiments/record/series.h"

namespace weir::experiments {
namespace {

FinishRecord finish(Duration when, Outcome outcome, std::uint32_t recipients, Duration delay) {
  return {SimTime{when}, 0, 0, 0, recipients, outcome, Reply::accepted, delay};
}

AttemptRecord attempt(Reply reply) { return {{}, {}, 0, 0, 0, 1, 1, 1, reply, {}, 0}; }

TEST(Tally, WhatIsNotDeliveredIsInfinitelyLateAndJunkArrives) {
  Tally tally(1);
  tally.finished(finish(1h, Outcome::delivered, 5, 10s));
  tally.finished(finish(1h, Outcome::junked, 1, 20s));
  tally.finished(finish(1h, Outcome::bounced, 3, 30s));
  tally.finished(finish(1h, Outcome::expired, 1, 40s));
  const analysis::Sketch& delay = tally.sources()[0].delay;
  EXPECT_EQ(delay.finite_count(), 6U);
  EXPECT_NEAR(*delay.quantile(0.5), 10.0, 10.0 * kDelayAccuracy.relative_error);
  EXPECT_TRUE(std::isinf(*delay.quantile(0.7)));
  EXPECT_EQ(delay.max(), 20.0);
}

TEST(Tally, DaysBeginWithTheRunAndCountDeliveredRecipients) {
  Tally tally(1);
  tally.finished(finish(24h - 1ns, Outcome::delivered, 5, 1s));
  tally.finished(finish(24h, Outcome::delivered, 7, 1s));
  tally.finished(finish(24h, Outcome::junked, 9, 1s));
  EXPECT_EQ(tally.sources()[0].delivered_by_day, (std::vector<std::uint64_t>{5, 7}));
}

TEST(Tally, HeldTimeIsOverRecipients) {
  Tally tally(1);
  tally.released({SimTime{1h}, 0, 0, 3, 2h});
  tally.released({SimTime{1h}, 0, 0, 1, 6h});
  EXPECT_EQ(tally.sources()[0].held_sum, Wide{std::chrono::nanoseconds(12h).count()});
  EXPECT_EQ(tally.sources()[0].held_max, 6h);
  EXPECT_EQ(tally.sources()[0].released, 4U);
}

TEST(Tally, EveryReplyIsCountedUnderItsSeverity) {
  Tally tally(1);
  for (const ReplyInfo& reply : all_replies()) tally.attempted(attempt(reply.reply));
  const AttemptCounts& n = tally.attempts();
  EXPECT_EQ(n.total, kReplies);
  EXPECT_EQ(n.accepted, 1U);
  EXPECT_EQ(n.accepted + n.deferred + n.rejected, n.total);
  for (const std::uint64_t count : tally.replies()) EXPECT_EQ(count, 1U);
}

TEST(SeriesTally, AnIntervalBeginsEmptyAndTheWholeGoesOn) {
  SeriesTally tally(1, 1);
  tally.arrived({}, 0, 4);
  tally.released({{}, 0, 0, 4, {}});
  tally.attempted(attempt(Reply::accepted));
  tally.finished(finish(0s, Outcome::delivered, 4, 1s));
  EXPECT_EQ(tally.by_source()[0].arrived, 4);
  EXPECT_EQ(tally.by_lane()[0].accepted, 1);
  EXPECT_EQ(tally.by_lane()[0].delivered, 4);
  tally.next_interval();
  EXPECT_EQ(tally.by_source()[0].arrived, 0);
  EXPECT_EQ(tally.by_lane()[0].attempted, 0);
  EXPECT_EQ(tally.attempts().total, 1U);
}

}  // namespace
}  // namespace weir::experiments
