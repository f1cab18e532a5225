// How messages end: expiry, unknown recipients, notices, and what the site hears of them.

#include <gtest/gtest.h>

#include "tests/support/statistics.h"
#include "tests/support/world_builder.h"

namespace weir::testing {
namespace {

using Seen = ScriptedPolicy::Seen;

void answer(WorldBuilder& b, Seen& seen, Reply reply) {
  b.throttle(
      std::make_unique<ScriptedPolicy>(seen, [=](const throttle::Attempt&) { return reply; }));
}

void retry_every(WorldBuilder& b, const char* wait, const char* lifetime) {
  b.retry("fixed-list", {{"waits", std::vector<std::string>{wait}}, {"lifetime", lifetime}});
}

TEST(Ending, ADeferredMessageExpiresExactlyAtItsLifetime) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 1}, {"from", "1 h"}});
  answer(b, seen, Reply::greylisted);
  retry_every(b, "50 min", "2 h");
  TestRun run(b.take());
  run.finish_at(10h);
  ASSERT_EQ(run.record.finishes.size(), 2U) << "the message and its notice";
  const FinishRecord& end = run.record.finishes[0];
  EXPECT_EQ(end.outcome, Outcome::expired);
  EXPECT_EQ(end.reply, Reply::expired);
  EXPECT_EQ(end.now, at(3h));
  EXPECT_EQ(end.delay, 2h);
  EXPECT_EQ(run.record.attempts.size(), 3U);
  EXPECT_EQ(run.record.attempts[2].next, at(3h)) << "the log names the expiry, not a retry";
}

TEST(Ending, AWaitingMessageExpiresInTimeWhileItsLaneRests) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 1}});
  answer(b, seen, Reply::throttled_busy);
  retry_every(b, "50 min", "2 h");
  b.lane().pause = 30min;  // from the third attempt, at 1:40, until 2:10
  TestRun run(b.take());
  run.finish_at(10h);
  EXPECT_EQ(run.record.attempts.size(), 3U);
  EXPECT_EQ(run.record.finishes[0].outcome, Outcome::expired);
  EXPECT_EQ(run.record.finishes[0].now, at(2h));
}

TEST(Ending, AQueuedMessageExpiresUntried) {
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 10}});
  b.lane().message_rate = Rate<Message>{1, 1h};
  retry_every(b, "10 min", "150 min");
  TestRun run(b.take());
  run.finish_at(10h);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 3U);
  EXPECT_EQ(run.totals().of(Outcome::expired), 7U);
  EXPECT_EQ(run.record.attempts.size(), 3U);
  for (const FinishRecord& f : run.record.finishes)
    if (f.outcome == Outcome::expired) {
      EXPECT_GE(f.delay, 150min);
    }
}

TEST(Ending, NothingIsAttemptedBeyondItsLifetime) {
  Seen seen;
  WorldBuilder b;
  b.add_source("poisson", {{"rate", "60/h"}, {"messages", 500}});
  answer(b, seen, Reply::throttled_busy);
  retry_every(b, "20 min", "6 h");
  TestRun run(b.take());
  run.finish_at(48h);
  std::map<std::uint64_t, SimTime> released;
  for (std::size_t i = 0; i < run.record.releases.size(); ++i)
    released[i] = run.record.releases[i].now;
  for (const AttemptRecord& a : run.record.attempts)
    if (a.source == 0) {
      EXPECT_LT(a.started, released[a.serial] + 6h);
    }
  EXPECT_EQ(run.totals().of(Outcome::expired), 500U);
}

TEST(Ending, UnknownRecipientsAreRefusedAndTheOthersGetTheMessage) {
  Seen seen;
  WorldBuilder b;
  SourceConfig& source = b.add_source("campaign", {{"messages", 2000}});
  source.recipients = make_model(recipients::catalogue(), "fixed", {{"count", 5}});
  source.params.unknown = {0.1};
  answer(b, seen, Reply::accepted);
  TestRun run(b.take());
  run.finish_at(24h);
  EXPECT_EQ(run.totals().of(Outcome::delivered) + run.totals().of(Outcome::bounced), 10'000U);
  EXPECT_TRUE(check_share(run.totals().of(Outcome::bounced), 10'000, 0.1));
  EXPECT_EQ(seen.accepted, run.totals().of(Outcome::delivered)) << "those the site counts";
  EXPECT_EQ(seen.judged.unknown, run.totals().of(Outcome::bounced));
}

TEST(Ending, AMessageForNobodyKnownIsRejected) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 3}}).params.unknown = {1.0};
  answer(b, seen, Reply::accepted);
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.record.count(Reply::unknown_recipient), 3U);
  EXPECT_EQ(run.totals().of(Outcome::bounced), 3U);
  EXPECT_EQ(seen.accepted, 0U);
  EXPECT_EQ(seen.judged.unknown, 3U);
}

TEST(Ending, SpamLandsInTheJunkFolder) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 5000}}).content.spam = {0.2};
  answer(b, seen, Reply::accepted);
  TestRun run(b.take());
  run.finish_at(24h);
  EXPECT_TRUE(check_share(run.totals().of(Outcome::junked), 5000, 0.2));
  EXPECT_EQ(run.totals().of(Outcome::junked) + run.totals().of(Outcome::delivered), 5000U);
  EXPECT_EQ(seen.judged.spam, run.totals().of(Outcome::junked));
}

TEST(Ending, ComplaintsAndTrapsReachTheSite) {
  Seen seen;
  WorldBuilder b;
  SourceConfig& source = b.add_source("campaign", {{"messages", 5000}});
  source.params.complaints = {0.1};
  source.params.traps = {0.05};
  source.params.complaint_delay = 2h;
  answer(b, seen, Reply::accepted);
  TestRun run(b.take());
  run.until(10min);
  const std::uint32_t early = seen.judged.complaints;
  run.finish_at(1000h);
  EXPECT_LT(early, seen.judged.complaints / 5);
  EXPECT_TRUE(check_share(seen.judged.complaints, 5000, 0.1));
  EXPECT_TRUE(check_share(seen.judged.traps, 5000, 0.05));
  EXPECT_EQ(seen.judged.recipients, 5000U);
}

TEST(Notices, AreDeliveredOnTheSendersOwnSystemUnlessRouted) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 4}});
  answer(b, seen, Reply::banned_address);
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals().of(Outcome::bounced), 4U);
  EXPECT_EQ(run.notices().messages, 4U);
  EXPECT_EQ(run.notices().of(Outcome::delivered), 4U);
  EXPECT_EQ(run.record.attempts.size(), 4U) << "none of them the notices'";
}

TEST(Notices, TravelOnTheirRouteAndAreNeverAboutANotice) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 50}});
  answer(b, seen, Reply::banned_address);
  b.route_notices();
  TestRun run(b.take());
  run.finish_at(24h);
  EXPECT_EQ(run.notices().messages, 50U);
  EXPECT_EQ(run.notices().of(Outcome::bounced), 50U) << "refused too, and that was that";
  EXPECT_EQ(run.record.attempts.size(), 100U);
}

TEST(Notices, OneAMessageHoweverManyRecipientsFail) {
  Seen seen;
  WorldBuilder b;
  SourceConfig& source = b.add_source("campaign", {{"messages", 20}});
  source.recipients = make_model(recipients::catalogue(), "fixed", {{"count", 8}});
  answer(b, seen, Reply::banned_address);
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals().of(Outcome::bounced), 160U);
  EXPECT_EQ(run.notices().submitted, 20U);
}

TEST(Notices, SayNothingOfReputation) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 30}}).params.unknown = {1.0};
  answer(b, seen, Reply::accepted);
  b.route_notices();
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.notices().of(Outcome::delivered), 30U);
  EXPECT_EQ(seen.judged.recipients, 30U) << "the users' messages only";
}

TEST(Notices, TwoHundredThousandAtOnceOnTheSameLane) {
  constexpr int kMessages = 200'000;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", kMessages}});
  b.lane().connection_limit = 1;
  b.lane().connect_time = 1h;
  b.route_notices();
  retry_every(b, "10 min", "30 min");
  TestRun run(b.take());
  run.finish_at(1h + 1min);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 1U) << "it had been taken up in time";
  EXPECT_EQ(run.totals().of(Outcome::expired), kMessages - 1U);
  EXPECT_EQ(run.notices().messages, kMessages - 1U);
  EXPECT_GT(run.notices().in_flight, 0U);
}

TEST(Notices, ExpireWithoutANoticeToo) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 1000}});
  answer(b, seen, Reply::greylisted);
  b.route_notices();
  retry_every(b, "10 min", "1 h");
  TestRun run(b.take());
  run.finish_at(24h);
  EXPECT_EQ(run.totals().of(Outcome::expired), 1000U);
  EXPECT_EQ(run.notices().messages, 1000U);
  EXPECT_EQ(run.notices().of(Outcome::expired), 1000U);
}

TEST(ReplyTimes, HaveTheMeansOfTheSite) {
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 5000}});
  b.site.reply_times = ReplyTimes::exponential;
  b.site.envelope_time = 2s;
  b.site.acceptance_time = 3s;
  b.lane().connect_time = 0s;
  TestRun run(b.take());
  run.finish_at(24h);
  std::vector<double> seconds;
  for (const AttemptRecord& a : run.record.attempts)
    seconds.push_back(to_seconds(a.replied - a.started));
  EXPECT_TRUE(check_mean(seconds, 1.0 + 2.0 + 3.0));
}

TEST(ReplyTimes, ARefusalCostsNeitherTransferNorAcceptance) {
  Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 1}}).size =
      make_model(size::catalogue(), "fixed", {{"size", "5 MB"}});
  b.throttle(std::make_unique<ScriptedPolicy>(seen, [](const throttle::Attempt& a) {
    return a.number == 1 ? Reply::greylisted : Reply::accepted;
  }));
  b.site.envelope_time = 2s;
  b.site.acceptance_time = 3s;
  b.lane().transfer_time = 4s;
  TestRun run(b.take());
  run.finish_at(24h);
  EXPECT_EQ(run.record.attempts[0].replied - run.record.attempts[0].started, 1s + 1s + 2s);
  EXPECT_EQ(run.record.attempts[1].replied - run.record.attempts[1].started,
            1s + 1s + 2s + 5 * 4s + 3s);
}

}  // namespace
}  // namespace weir::testing
