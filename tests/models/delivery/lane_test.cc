// What a lane never exceeds, and how it backs off.

#include <gtest/gtest.h>

#include "tests/support/world_builder.h"

namespace weir::testing {
namespace {

using Seen = ScriptedPolicy::Seen;

std::unique_ptr<throttle::Policy> scripted(Seen& seen, ScriptedPolicy::Decide decide = {},
                                           ScriptedPolicy::Decide connection = {}) {
  return std::make_unique<ScriptedPolicy>(seen, std::move(decide), std::move(connection));
}

ScriptedPolicy::Decide until(Duration end, Reply reply) {
  return [=](const throttle::Attempt& a) { return a.now < at(end) ? reply : Reply::accepted; };
}

TEST(Lane, OpensAsManyConnectionsAsItsLimitAndNoMore) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 1000}});
  b.throttle(scripted(seen));
  b.lane().connection_limit = 7;
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(seen.most_open, 7);
  EXPECT_EQ(most_at_once(run.record.attempts), 7);
  EXPECT_EQ(seen.open, 0) << "every connection is closed again";
}

TEST(Lane, ClosesAConnectionAfterItsMessages) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 10}});
  b.throttle(scripted(seen));
  b.lane().connection_limit = 1;
  b.lane().messages_per_connection = 3;
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(seen.opened, 4);
  for (std::size_t i = 0; i < 10; ++i) {
    const AttemptRecord& a = run.record.attempts[i];
    EXPECT_EQ(a.replied - a.started, i % 3 == 0 ? 2s : 1s) << i;
  }
}

TEST(Lane, ClosesAConnectionThatHasNothingToDo) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 5}, {"rate", "1/min"}});
  b.throttle(scripted(seen));
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(seen.opened, 5);
  EXPECT_EQ(seen.most_open, 1);
}

TEST(Lane, StartsAttemptsAtEvenDistancesUnderAMessageRate) {
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 50}});
  b.lane().message_rate = Rate<Message>{10, 1min};
  TestRun run(b.take());
  run.finish_at(1h);
  const std::vector<SimTime> starts = starts_of(run.record.attempts);
  ASSERT_EQ(starts.size(), 50U);
  for (std::size_t i = 0; i < starts.size(); ++i)
    EXPECT_EQ(starts[i], at(static_cast<std::int64_t>(i) * 6s));
}

TEST(Lane, RetriesCountInTheMessageRateToo) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 40}});
  b.throttle(scripted(seen, until(2h, Reply::greylisted)));
  b.retry("fixed-list", {{"waits", std::vector<std::string>{"1 min"}}, {"lifetime", "5 d"}});
  b.lane().message_rate = Rate<Message>{7, 1min};
  TestRun run(b.take());
  run.finish_at(10h);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 40U);
  const std::vector<SimTime> starts = starts_of(run.record.attempts);
  EXPECT_GT(starts.size(), 500U);
  for (std::size_t i = 1; i < starts.size(); ++i)
    EXPECT_GE(starts[i] - starts[i - 1], (Rate<Message>{7, 1min}.interval()));
}

TEST(Lane, AnUnusedRateIsLost) {
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 10}});
  b.add_source("campaign", {{"messages", 10}, {"from", "1 h"}});
  b.lane().message_rate = Rate<Message>{1, 1min};
  TestRun run(b.take());
  run.finish_at(2h);
  const std::vector<SimTime> starts = starts_of(run.record.attempts);
  EXPECT_EQ(starts[10], at(1h));
  EXPECT_EQ(starts[11], at(1h + 1min));
}

TEST(Lane, PausesAfterARefusalOfTheAddressAndThenProbes) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 20}});
  b.throttle(scripted(seen, until(1h, Reply::throttled_busy)));
  b.lane().connection_limit = 5;
  b.lane().pause = 15min;
  TestRun run(b.take());
  run.finish_at(5h);
  const std::vector<SimTime> starts = starts_of(run.record.attempts);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(starts[i], at(0s));
  for (std::size_t probe = 0; probe < 4; ++probe)
    EXPECT_EQ(starts[5 + probe], at((static_cast<std::int64_t>(probe) + 1) * (15min + 2s)));
  EXPECT_EQ(run.totals().of(Outcome::delivered), 20U);
}

TEST(Lane, ProbesWithOneConnectionUntilSomethingIsAccepted) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 50}});
  b.throttle(scripted(seen, until(10min, Reply::throttled_busy)));
  b.lane().connection_limit = 5;
  TestRun run(b.take());
  run.until(15min + 3s);
  EXPECT_EQ(seen.open, 1) << "the probe is under way";
  run.until(15min + 5s);
  EXPECT_EQ(seen.open, 5) << "it was accepted";
}

TEST(Lane, ARefusalOfTheMessageAloneDoesNotPause) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 20}});
  b.throttle(scripted(seen, until(1h, Reply::greylisted)));
  b.lane().connection_limit = 1;
  b.lane().messages_per_connection = 100;
  TestRun run(b.take());
  run.until(1min);
  EXPECT_EQ(run.record.attempts.size(), 20U);
}

TEST(Lane, WithoutAPauseItGoesOnAtOnce) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 20}});
  b.throttle(scripted(seen, until(1h, Reply::throttled_busy)));
  b.lane().connection_limit = 1;
  b.lane().messages_per_connection = 100;
  b.lane().pause = 0s;
  TestRun run(b.take());
  run.until(1min);
  EXPECT_EQ(run.record.attempts.size(), 20U);
}

TEST(Lane, ARefusedConnectionDefersItsMessageAndIsNotOpen) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 30}});
  b.throttle(scripted(seen, {}, until(1h, Reply::connection_refused)));
  b.lane().connection_limit = 4;
  TestRun run(b.take());
  run.until(10min);
  EXPECT_EQ(seen.opened, 0);
  EXPECT_EQ(run.record.count(Reply::connection_refused), 30U);
  run.finish_at(10h);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 30U);
  EXPECT_EQ(seen.open, 0);
  EXPECT_EQ(seen.most_open, 4);
}

/// Postfix forgets a destination that has no mail: failures one at a time never make it dead.
std::size_t attempts_on_refused_connections(std::string_view rate) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 10}, {"rate", std::string(rate)}});
  b.throttle(scripted(seen, {}, until(3h, Reply::concurrency_limited)));
  b.retry("fixed-list", {{"waits", std::vector<std::string>{"1 h"}}, {"lifetime", "5 d"}});
  b.control("postfix");
  TestRun run(b.take());
  run.until(15min);
  return run.record.attempts.size();
}

TEST(Lane, TellsItsControllerWhenItRunsOutOfMail) {
  EXPECT_EQ(attempts_on_refused_connections("1/min"), 10U);
  EXPECT_LT(attempts_on_refused_connections("10/s"), 10U);
}

TEST(Lane, ACapOfTheSiteHoldsWhateverTheLaneTries) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 200}});
  b.throttle("concurrency-cap", {{"connections", 3}});
  b.throttle(scripted(seen));
  b.lane().connection_limit = 10;
  TestRun run(b.take());
  run.finish_at(10h);
  EXPECT_EQ(seen.most_open, 3);
  EXPECT_EQ(seen.open, 0);
  EXPECT_GT(run.record.count(Reply::concurrency_limited), 0U);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 200U);
}

}  // namespace
}  // namespace weir::testing
