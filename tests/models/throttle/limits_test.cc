// Every policy that counts, against literal counting: each decision must be the one that follows
// from the list of all that was accepted, so no span of any position breaks the limit and nothing
// is refused without need; and each refusal must name the first instant that accepts.

#include <functional>

#include "models/throttle/policy.h"
#include "tests/models/make_model.h"

namespace weir::throttle {
namespace {

using namespace weir::testing;

struct Accepted {
  SimTime at;
  std::int64_t count;
};
using Log = std::vector<Accepted>;

/// Whether `count` more may be accepted at `now`, by counting.
using Rule = std::function<bool(const Log&, SimTime now, std::int64_t count)>;

constexpr std::uint32_t kAddresses = 2;

std::unique_ptr<Policy> make(std::string_view name, const Keys& keys) {
  auto policy = make_model<Policy>(catalogue(), name, keys);
  policy->prepare(std::vector<AddressInfo>(kAddresses));
  return policy;
}

Verdict admit(Policy& policy, const Attempt& attempt) {
  Draw draw(1, Purpose{0}, 0, 0);
  const Verdict verdict = policy.admit(attempt, draw);
  EXPECT_EQ(draw.draws(), 0u);
  return verdict;
}

/// One attempt, counted when it is accepted.
Verdict offer(Policy& policy, Duration now, std::uint32_t recipients = 1,
              std::uint32_t address = 0) {
  const Attempt attempt{.now = at(now), .address = address, .recipients = recipients};
  const Verdict verdict = admit(policy, attempt);
  if (verdict.accepts()) policy.accepted(attempt, recipients);
  return verdict;
}

struct Traffic {
  Duration gap;              // at most, between two attempts
  std::uint32_t recipients;  // at most, of one message
};

void expect_literal(const std::string& name, const Keys& keys, Traffic traffic, const Rule& rule) {
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const auto policy = make(name, keys);
    std::array<Log, kAddresses> logs;
    Draw draw(seed, Purpose{0}, 0, 0);
    for (SimTime now; logs[0].size() < 150;) {
      const auto address = static_cast<std::uint32_t>(draw.below(kAddresses));
      const auto recipients = static_cast<std::uint32_t>(1 + draw.below(traffic.recipients));
      Log& log = logs[address];
      const Attempt attempt{.now = now, .address = address, .recipients = recipients};
      const Verdict verdict = admit(*policy, attempt);
      ASSERT_EQ(verdict.accepts(), rule(log, now, recipients)) << name << " seed " << seed;
      if (verdict.accepts()) {
        policy->accepted(attempt, recipients);
        log.push_back({now, recipients});
      } else {
        ASSERT_TRUE(rule(log, verdict.retry_at, recipients)) << name << " seed " << seed;
        ASSERT_FALSE(rule(log, verdict.retry_at - 1ns, recipients)) << name << " seed " << seed;
      }
      if (draw.below(4) == 0) now = std::max(now, verdict.retry_at);
      if (draw.below(3) != 0)
        now += Duration(
            static_cast<std::int64_t>(draw.below(static_cast<std::uint64_t>(traffic.gap.count()))));
    }
  }
}

/// What was accepted from `begin` on, `begin` included.
std::int64_t counted_from(const Log& log, SimTime begin) {
  std::int64_t sum = 0;
  for (const Accepted& a : log)
    if (a.at >= begin) sum += a.count;
  return sum;
}

// Kills: a burst that is one too large.
TEST(TokenBucket, AcceptsInEverySpanTheBurstAndWhatTheRateAdds) {
  expect_literal("token-bucket", {{"limit", "700/h"}, {"burst", 9}}, {40s, 4},
                 [](const Log& log, SimTime now, std::int64_t count) {
                   const Duration interval = Rate<Recipient>{700, 1h}.interval();
                   bool fits = true;
                   for (const Accepted& first : log)
                     fits = fits &&
                            counted_from(log, first.at) + count <= 9 + (now - first.at) / interval;
                   return fits;
                 });
}

// Kills: counting a span from its middle, or one more than the limit.
TEST(SlidingWindow, AcceptsAtMostTheLimitInEverySpan) {
  expect_literal("sliding-window", {{"limit", "20/10 min"}}, {60s, 5},
                 [](const Log& log, SimTime now, std::int64_t count) {
                   return counted_from(log, now - 10min + 1ns) + count <= 20;
                 });
}

// Kills: a span that begins with the attempt instead of on the clock.
TEST(FixedWindow, AcceptsAtMostTheLimitInEachSpanOfTheClock) {
  expect_literal("fixed-window", {{"limit", "20/10 min"}}, {60s, 5},
                 [](const Log& log, SimTime now, std::int64_t count) {
                   const SimTime begin = now - now.time_since_epoch() % Duration(10min);
                   return counted_from(log, begin) + count <= 20;
                 });
}

// Kills: a new span at every attempt.
TEST(FixedWindow, AcceptsAtMostTheLimitInEachSpanFromAFirstAttempt) {
  expect_literal("fixed-window", {{"limit", "20/10 min"}, {"aligned", "first-attempt"}}, {60s, 5},
                 [](const Log& log, SimTime now, std::int64_t count) {
                   SimTime end = SimTime::min();
                   std::int64_t sum = 0;
                   for (const Accepted& a : log) {
                     if (a.at >= end) {
                       end = a.at + 10min;
                       sum = 0;
                     }
                     sum += a.count;
                   }
                   return now >= end || sum + count <= 20;
                 });
}

TEST(TokenBucket, DefersExactlyUntilTheNextToken) {
  const auto bucket = make("token-bucket", {{"limit", "60/h"}, {"burst", 1}});
  EXPECT_TRUE(offer(*bucket, 0s).accepts());
  const Verdict refusal = offer(*bucket, 10s);
  EXPECT_EQ(refusal.reply, Reply::rate_limited);
  EXPECT_EQ(refusal.retry_at, at(60s));
  EXPECT_TRUE(offer(*bucket, 60s).accepts());
}

TEST(TokenBucket, LetsAMessageLargerThanTheBurstPassAFullBucketAndPayItOff) {
  const auto bucket = make("token-bucket", {{"limit", "60/h"}, {"burst", 10}});
  EXPECT_TRUE(offer(*bucket, 0s, 30).accepts());
  EXPECT_EQ(offer(*bucket, 1min, 1).retry_at, at(21min));
  EXPECT_EQ(offer(*bucket, 1min, 30).retry_at, at(30min));
}

TEST(TokenBucket, CountsWhatTheOtherPoliciesLetPass) {
  const auto bucket = make("token-bucket", {{"limit", "60/h"}, {"burst", 1}});
  EXPECT_TRUE(admit(*bucket, {.now = at(0s)}).accepts());  // refused elsewhere: not counted
  EXPECT_TRUE(offer(*bucket, 0s).accepts());
}

class CountingPolicies : public ::testing::TestWithParam<const char*> {};

TEST_P(CountingPolicies, MayCountMessagesInsteadOfRecipients) {
  Keys keys = {{"limit", "2/h"}, {"counts", "messages"}};
  if (GetParam() == std::string("token-bucket")) keys.push_back({"burst", 2});
  const auto two = make(GetParam(), keys);
  EXPECT_TRUE(offer(*two, 0s, 100).accepts());
  EXPECT_TRUE(offer(*two, 0s, 100).accepts());
  EXPECT_FALSE(offer(*two, 0s, 1).accepts());
}

TEST_P(CountingPolicies, AcceptAMessageOfMoreThanTheLimitWhenNothingElseWas) {
  const auto policy = make(GetParam(), {{"limit", "10/h"}});
  EXPECT_TRUE(offer(*policy, 0s, 25).accepts());
  EXPECT_FALSE(offer(*policy, 1min, 25).accepts());
}

TEST_P(CountingPolicies, CountOnlyTheRecipientsThatWereAccepted) {
  Keys keys = {{"limit", "10/h"}};
  if (GetParam() == std::string("token-bucket")) keys.push_back({"burst", 10});
  const auto policy = make(GetParam(), keys);
  const Attempt attempt{.now = at(0s), .recipients = 10};
  EXPECT_TRUE(admit(*policy, attempt).accepts());
  policy->accepted(attempt, 4);
  EXPECT_TRUE(offer(*policy, 0s, 6).accepts());
  EXPECT_FALSE(offer(*policy, 0s, 1).accepts());
}

INSTANTIATE_TEST_SUITE_P(All, CountingPolicies,
                         ::testing::Values("token-bucket", "fixed-window", "sliding-window"));

TEST(FixedWindow, LetsTwiceTheLimitPassAroundABorder) {
  const auto window = make("fixed-window", {{"limit", "10/h"}});
  EXPECT_TRUE(offer(*window, 59min, 10).accepts());
  EXPECT_TRUE(offer(*window, 60min, 10).accepts());
}

TEST(FixedWindow, BeginsItsDaysAtLocalMidnight) {
  const auto window = make("fixed-window", {{"limit", "10/24 h"}});
  window->set_calendar(*Calendar::parse("2026-03-02T08:30:00", 9h));
  EXPECT_TRUE(offer(*window, 0s, 10).accepts());
  EXPECT_EQ(offer(*window, 1min).retry_at, at(15h + 30min));
  EXPECT_TRUE(offer(*window, 15h + 30min, 10).accepts());
  EXPECT_EQ(offer(*window, 20h).retry_at, at(39h + 30min));
}

TEST(SlidingWindow, LetsNothingPassTwiceAroundABorder) {
  const auto window = make("sliding-window", {{"limit", "10/h"}});
  EXPECT_TRUE(offer(*window, 59min, 10).accepts());
  EXPECT_EQ(offer(*window, 60min).retry_at, at(119min));
}

TEST(SlidingWindow, WaitsForAsManyAsTheMessageNeeds) {
  const auto window = make("sliding-window", {{"limit", "10/h"}});
  for (const Duration t : {0min, 1min, 2min, 3min}) offer(*window, t, 2);
  EXPECT_TRUE(offer(*window, 4min, 2).accepts());
  EXPECT_EQ(offer(*window, 5min, 1).retry_at, at(60min));
  EXPECT_EQ(offer(*window, 5min, 5).retry_at, at(62min));
  EXPECT_EQ(offer(*window, 5min, 50).retry_at, at(64min));
}

// Kills: a cap compared with > instead of >=.
TEST(ConcurrencyCap, NeverHasMoreOpenConnectionsThanTheCaps) {
  Draw draw(1, Purpose{0}, 0, 0);
  const auto cap = make("concurrency-cap", {{"connections", 3}, {"total", 5}});
  std::array<int, kAddresses> open{};
  for (int i = 0; i < 20'000; ++i) {
    const auto address = static_cast<std::uint32_t>(draw.below(kAddresses));
    if (open[address] > 0 && draw.below(2) == 0) {
      cap->disconnected(at(Duration(i)), address);
      --open[address];
    } else {
      const bool free = open[address] < 3 && open[0] + open[1] < 5;
      ASSERT_EQ(cap->connect(at(Duration(i)), address).accepts(), free);
      if (free) ++open[address];
    }
  }
}

TEST(ConcurrencyCap, RefusesWith421AndPromisesNothing) {
  const auto cap = make("concurrency-cap", {{"connections", 1}});
  EXPECT_TRUE(cap->connect(at(1s), 0).accepts());
  const Verdict refusal = cap->connect(at(2s), 0);
  EXPECT_EQ(info(refusal.reply).code.substr(0, 3), "421");
  EXPECT_EQ(refusal.retry_at, at(2s));
  EXPECT_TRUE(cap->connect(at(2s), 1).accepts());
}

TEST(None, AcceptsEverything) {
  const auto none = make("none", {});
  EXPECT_TRUE(none->connect(at(0s), 0).accepts());
  for (int i = 0; i < 1'000; ++i) EXPECT_TRUE(offer(*none, 0s, 1'000).accepts());
}

TEST(Policies, RefuseParametersThatMakeNoSense) {
  const auto problems = [](std::string_view name, const Keys& keys) {
    return problems_of(catalogue(), name, keys).size();
  };
  EXPECT_EQ(problems("token-bucket", {{"limit", "0/h"}}), 1u);
  EXPECT_EQ(problems("token-bucket", {{"limit", 500}}), 1u);
  EXPECT_EQ(problems("token-bucket", {{"burst", 0}}), 1u);
  EXPECT_EQ(problems("fixed-window", {{"aligned", "moon"}}), 1u);
  EXPECT_EQ(problems("concurrency-cap", {{"total", 0}}), 1u);
  EXPECT_EQ(problems("greylisting", {{"retry_within", "1 min"}}), 1u);
}

}  // namespace
}  // namespace weir::throttle
