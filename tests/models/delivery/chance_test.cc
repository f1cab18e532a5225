// Common random numbers, and what a fingerprint depends on.

#include <gtest/gtest.h>

#include "tests/support/world_builder.h"

namespace weir::testing {
namespace {

/// A world in which every kind of draw of a message happens.
WorldBuilder busy_world() {
  WorldBuilder b;
  SourceConfig& source = b.add_source("poisson", {{"rate", "120/h"}});
  source.size = make_model(size::catalogue(), "lognormal-pareto");
  source.recipients = make_model(recipients::catalogue(), "zipf");
  source.params = {.unknown = {0.1}, .traps = {0.01}, .complaints = {0.05}};
  source.content.spam = {0.1};
  b.add_source("profile", {{"rate", "60/h"}}).params.unknown = {0.05};
  b.add_address({1, 1});
  b.config.pools[0].selection = make_model(selection::catalogue(), "random");
  b.site.transient = {0.2};
  b.site.reply_times = ReplyTimes::exponential;
  b.site.acceptance_time = 500ms;
  b.lane().connect_time = 0s;
  return b;
}

/// Arrivals of the scenario's own sources: notices come when something failed.
std::vector<Recording::Arrived> arrivals_of(const TestRun& run) {
  std::vector<Recording::Arrived> arrivals = run.record.arrivals;
  std::erase_if(arrivals, [&](const auto& a) { return a.source == run.world.notices(); });
  return arrivals;
}

/// Of each message: all that is drawn up to the reply to its first attempt.
using First = std::tuple<std::uint32_t, std::uint32_t, Duration, Reply>;
std::map<std::pair<std::uint32_t, std::uint64_t>, First> first_attempts(const Recording& record) {
  std::map<std::pair<std::uint32_t, std::uint64_t>, First> firsts;
  for (const AttemptRecord& a : record.attempts)
    if (a.number == 1)
      firsts[{a.source, a.serial}] = {a.recipients, a.size, a.replied - a.started, a.reply};
  return firsts;
}

TEST(CommonRandomNumbers, ARetryScheduleMovesNoOtherDraw) {
  WorldBuilder one = busy_world();
  WorldBuilder other = busy_world();
  one.retry("postfix");
  other.retry("kumomta");
  TestRun a(one.take());
  TestRun b(other.take());
  a.finish_at(48h);
  b.finish_at(48h);
  EXPECT_NE(a.world.fingerprint().value(), b.world.fingerprint().value());
  EXPECT_TRUE(arrivals_of(a) == arrivals_of(b));
  const auto firsts = first_attempts(a.record);
  EXPECT_GT(firsts.size(), 8000U);
  EXPECT_TRUE(firsts == first_attempts(b.record));
}

TEST(CommonRandomNumbers, LanesAndConnectionsMoveNoDraw) {
  WorldBuilder one = busy_world();
  WorldBuilder other = busy_world();
  other.lane().connection_limit = 3;
  other.lane().messages_per_connection = 1;
  other.lane().message_rate = Rate<Message>{4, 1min};
  TestRun a(one.take());
  TestRun b(other.take());
  a.finish_at(48h);
  b.finish_at(48h);
  EXPECT_TRUE(arrivals_of(a) == arrivals_of(b));
  EXPECT_TRUE(first_attempts(a.record) == first_attempts(b.record));
}

TEST(CommonRandomNumbers, OneMoreSourceMovesNoneOfTheOthersDraws) {
  WorldBuilder one = busy_world();
  WorldBuilder other = busy_world();
  other.add_source("poisson", {{"rate", "100/h"}});
  TestRun a(one.take());
  TestRun b(other.take());
  a.finish_at(24h);
  b.finish_at(24h);
  auto firsts = first_attempts(b.record);
  std::erase_if(firsts, [](const auto& entry) { return entry.first.first == 2; });
  EXPECT_TRUE(first_attempts(a.record) == firsts);
}

TEST(CommonRandomNumbers, SeedReceiverAndTrafficEachGiveOtherMail) {
  const auto arrivals = [](const StreamKey& key) {
    WorldBuilder b = busy_world();
    b.config.key = key;
    TestRun run(b.take());
    run.until(2h);
    return run.record.arrivals;
  };
  EXPECT_EQ(arrivals({1, 2, 3}), arrivals({1, 2, 3}));
  EXPECT_NE(arrivals({1, 2, 3}), arrivals({2, 2, 3}));
  EXPECT_NE(arrivals({1, 2, 3}), arrivals({1, 3, 3}));
  EXPECT_NE(arrivals({1, 2, 3}), arrivals({1, 2, 4}));
}

class NoRecorder final : public Recorder {
  void arrived(SimTime, std::uint32_t, std::uint64_t) override {}
  void released(const ReleaseRecord&) override {}
  void attempted(const AttemptRecord&) override {}
  void finished(const FinishRecord&) override {}
};

TEST(WorldFingerprint, IsTheSameWhoeverWatchesAndHoweverItIsCutUp) {
  TestRun recorded(busy_world().take());
  recorded.world.chronicle().keep_digests(1h);
  recorded.world.chronicle().keep_trace(at(0s), at(1h));
  for (Duration t = 7min; t < 24h; t += 7min) recorded.until(t);
  recorded.finish_at(24h);

  NoRecorder nobody;
  World plain(busy_world().take(), nobody);
  plain.run_until(at(24h));
  plain.finish();
  EXPECT_EQ(plain.fingerprint(), recorded.world.fingerprint());
  EXPECT_EQ(plain.events(), recorded.world.events());
}

TEST(WorldFingerprint, TellsRunsApartThatDifferByANanosecond) {
  TestRun same(busy_world().take());
  TestRun again(busy_world().take());
  WorldBuilder moved = busy_world();
  moved.lane().transaction_time += 1ns;
  TestRun shifted(moved.take());
  same.finish_at(2h);
  again.finish_at(2h);
  shifted.finish_at(2h);
  EXPECT_EQ(same.world.fingerprint(), again.world.fingerprint());
  EXPECT_NE(same.world.fingerprint(), shifted.world.fingerprint());
}

/// Two worlds that part when the second source begins, at hour 5.
WorldConfig parting(double unknown) {
  WorldBuilder b;
  b.add_source("poisson", {{"rate", "120/h"}});
  SourceConfig& late =
      b.add_source("campaign", {{"messages", 50}, {"from", "5 h"}, {"rate", "1/min"}});
  late.params.unknown = {unknown};
  return b.take();
}

TEST(FirstDifference, IsFoundByDigestsAndThenByTheTraceOfTheirInterval) {
  TestRun a(parting(0.0));
  TestRun b(parting(1.0));
  a.world.chronicle().keep_digests(1h);
  b.world.chronicle().keep_digests(1h);
  a.finish_at(12h);
  b.finish_at(12h);
  const std::size_t hour =
      first_difference(*a.world.chronicle().digests(), *b.world.chronicle().digests());
  ASSERT_EQ(hour, 5U);

  TestRun again_a(parting(0.0));
  TestRun again_b(parting(1.0));
  for (TestRun* run : {&again_a, &again_b}) {
    run->world.chronicle().keep_trace(at(5h), at(6h));
    run->until(12h);
  }
  const auto& x = again_a.world.chronicle().trace();
  const auto& y = again_b.world.chronicle().trace();
  const auto [first, second] = std::mismatch(x.begin(), x.end(), y.begin(), y.end());
  ASSERT_NE(first, x.end());
  EXPECT_EQ(first->what, Happening::delivery);
  EXPECT_EQ(second->what, Happening::bounce);
  EXPECT_EQ(first->name, message_key(1, 0)) << "the first message of the second source";
  EXPECT_EQ(first->when, second->when);
}

}  // namespace
}  // namespace weir::testing
