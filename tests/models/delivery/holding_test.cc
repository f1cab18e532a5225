// Mail that a plan holds, what begins after a plan, and the choice among addresses.

#include <gtest/gtest.h>

#include "tests/support/world_builder.h"

namespace weir::testing {
namespace {

using Seen = ScriptedPolicy::Seen;

TEST(Held, MailIsInNoQueueUntilItsPlanLetsItGo) {
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 10}});
  b.plan("flat", {{"volume", 10}, {"days", 5}});
  TestRun run(b.take());
  run.until(1h);
  EXPECT_EQ(run.world.messages_in_flight(), 0U);
  EXPECT_EQ(run.record.releases.size(), 1U);
  run.finish_at(36h + 1min);
  EXPECT_EQ(run.record.releases.size(), 4U);
  EXPECT_EQ(run.totals().submitted, 10U);
  EXPECT_EQ(run.totals().held, 6U);
}

TEST(Held, ExpiryRetryAndDelayBeginAtRelease) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 3}});
  b.plan("flat", {{"volume", 3}, {"days", 3}});
  b.throttle(std::make_unique<ScriptedPolicy>(
      seen, [](const throttle::Attempt&) { return Reply::greylisted; }));
  b.retry("fixed-list", {{"waits", std::vector<std::string>{"30 min"}}, {"lifetime", "2 h"}});
  TestRun run(b.take());
  run.finish_at(72h);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto day = static_cast<std::int64_t>(i) * 24h;
    EXPECT_EQ(run.record.releases[i].now, at(day));
    EXPECT_EQ(run.record.releases[i].held, day);
    EXPECT_EQ(run.record.finishes[2 * i].now, at(day + 2h));
    EXPECT_EQ(run.record.finishes[2 * i].delay, 2h);
  }
  EXPECT_EQ(run.record.attempts.size(), 3U * 4U);
}

TEST(Held, WithoutAPlanNothingIs) {
  WorldBuilder b;
  b.add_source("poisson", {{"rate", "100/h"}, {"messages", 200}});
  TestRun run(b.take());
  run.finish_at(24h);
  ASSERT_EQ(run.record.releases.size(), 200U);
  for (const ReleaseRecord& r : run.record.releases) EXPECT_EQ(r.held, 0s);
}

TEST(Held, ARefusalCutsThePlanOfTheLaneAlone) {
  Seen seen;
  WorldBuilder b;
  b.add_address({1, 1});
  b.add_source("campaign", {{"messages", 2000}});
  b.plan("flat", {{"volume", 1000}, {"days", 10}}, {.cut = {0.5}, .hold = 48h, .resume = {0.0}});
  b.throttle(std::make_unique<ScriptedPolicy>(seen, [](const throttle::Attempt& a) {
    return a.address == 0 ? Reply::throttled_busy : Reply::accepted;
  }));
  TestRun run(b.take());
  run.until(48h - 1s);
  std::array<int, 2> released{};
  for (const ReleaseRecord& r : run.record.releases) ++released[r.lane];
  EXPECT_EQ(released[0], 1) << "the first one was throttled and the plan holds";
  EXPECT_EQ(released[1], 200) << "a hundred a day";
}

TEST(Follower, BeginsWhenThePlanOfTheOtherIsThrough) {
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 30}});
  b.plan("flat", {{"volume", 30}, {"days", 3}});
  b.add_source("campaign", {{"messages", 5}, {"from", "1 h"}}).after = 0;
  TestRun run(b.take());
  run.finish_at(240h);
  const SimTime last = run.record.releases[29].now;
  EXPECT_EQ(run.record.releases[29].source, 0U);
  ASSERT_EQ(run.record.arrivals.size(), 2U);
  EXPECT_EQ(run.record.arrivals[1].now, last + 1h);
}

TEST(Follower, WaitsForAChainOfOthers) {
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 1}}).after = 1;
  b.add_source("campaign", {{"messages", 1}, {"from", "1 h"}}).after = 2;
  b.add_source("campaign", {{"messages", 1}, {"from", "1 h"}});
  TestRun run(b.take());
  run.finish_at(240h);
  ASSERT_EQ(run.record.arrivals.size(), 3U);
  EXPECT_EQ(run.record.arrivals[2].source, 0U);
  EXPECT_EQ(run.record.arrivals[2].now, at(2h));
}

TEST(Follower, BeginsAtOnceBehindASourceWithoutMail) {
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 0}});
  b.add_source("campaign", {{"messages", 5}}).after = 0;
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals(1).submitted, 5U);
}

TEST(Follower, NeverBeginsWhileTheOtherGoesOn) {
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 100}, {"rate", "1/h"}});
  b.add_source("campaign", {{"messages", 5}}).after = 0;
  TestRun run(b.take());
  run.finish_at(98h);
  EXPECT_EQ(run.totals(1).submitted, 0U);
}

TEST(Selection, RoundRobinGivesEachAddressItsTurn) {
  WorldBuilder b;
  b.add_address({1, 1});
  b.add_address({2, 2});
  b.add_source("campaign", {{"messages", 9}});
  TestRun run(b.take());
  run.finish_at(1h);
  for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(run.record.releases[i].lane, i % 3);
}

TEST(Selection, AnAddressWhosePlanHoldsIsPassedOver) {
  WorldBuilder b;
  b.add_address({1, 1});
  b.add_source("campaign", {{"messages", 20}});
  b.plan("flat", {{"volume", 1}, {"days", 1}});
  TestRun run(b.take());
  run.until(1h);
  ASSERT_EQ(run.record.releases.size(), 2U);
  EXPECT_NE(run.record.releases[0].lane, run.record.releases[1].lane);
}

}  // namespace
}  // namespace weir::testing
