// Sending systems beside each other, through scenarios: what their pacing does to the mail.

#include <filesystem>
#include <ostream>

#include "experiments/scenario/document.h"
#include "tests/support/scenario_run.h"

namespace weir {
namespace {

using namespace weir::testing;

/// Five messages 0.2 s apart, then as many as a window takes; each delivery takes 1 s, and a
/// connection is turned away after 1 ms when five others are open: the setting of Postfix's
/// SCHEDULER_README, with deliveries that end one after the other for ever.
const std::string kActiveLimiter = R"(
horizon = "280 s"
[source.first]
arrivals = { model = "campaign", messages = 5, rate = "5/s" }
[source.flood]
arrivals = { model = "campaign", messages = 4000, from = "900 ms" }
[address.new]
[lane]
connect_time = "1 ms"
transaction_time = "0 s"
transfer_time = "0 s"
retry = "postfix"   # the first retries come after 300 s
[site.limited]
envelope_time = "999 ms"
acceptance_time = "0 s"
throttle.cap = { model = "concurrency-cap", connections = 5 }
)";

struct Row {
  const char* feedback;
  const char* rounding;
  int per_connection;        // messages: 1 without connection caching
  std::uint64_t deliveries;  // for each attempt that is deferred

  friend std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.feedback << ", " << row.rounding << ", " << row.per_connection;
  }
};

class PostfixLimited : public ::testing::TestWithParam<Row> {};

TEST_P(PostfixLimited, DefersOneInOnePlusTheDeliveriesThatWidenItsWindow) {
  const Row& row = GetParam();
  const ScenarioRun run(
      kActiveLimiter,
      {std::string(R"(lane.control={ model = "postfix", positive_feedback = ")") + row.feedback +
       R"(", negative_feedback = ")" + row.feedback + R"(", rounding = ")" + row.rounding +
       R"(", messages_per_connection = )" + std::to_string(row.per_connection) + " }"});
  const std::uint64_t accepted = run.count(Reply::accepted, 0s, 280s);
  const std::uint64_t deferred = run.count(Reply::concurrency_limited, 0s, 280s);
  EXPECT_GT(accepted, 1'300U);
  // Whole cycles, but for the ones in which the run begins and ends.
  EXPECT_GE(deferred + 1, accepted / row.deliveries);
  EXPECT_LE(deferred, accepted / row.deliveries + 1);
}

// Facts 4.1: 1/(1 + ceil(1/feedback)) = 1/2, 1/4, 1/6, with and without connection caching.
INSTANTIATE_TEST_SUITE_P(Measured, PostfixLimited,
                         ::testing::Values(Row{"1", "up", 1, 1}, Row{"1", "up", 1000, 1},
                                           Row{"1/sqrt(N)", "up", 1, 3},
                                           Row{"1/sqrt(N)", "up", 1000, 3}, Row{"1/N", "up", 1, 5},
                                           Row{"1/N", "up", 1000, 5}));
// A Postfix of today adds half a step (models/control/postfix.cc).
INSTANTIATE_TEST_SUITE_P(Present, PostfixLimited,
                         ::testing::Values(Row{"1", "nearest", 1000, 2},
                                           Row{"1/sqrt(N)", "nearest", 1000, 2},
                                           Row{"1/N", "nearest", 1000, 5}));

/// A thousand messages for a host that refuses connections for half an hour.
const std::string kOutage = R"(
horizon = "6 h"
[source.mail]
arrivals = { model = "campaign", messages = 1000 }
[address.new]
[lane]
retry = "postfix"
[site.host]
outage.first = { until = "30 min", answer = "refused" }
)";

std::uint64_t attempts_in_the_outage(const std::string& control) {
  const ScenarioRun run(kOutage, {"lane.control=" + control});
  EXPECT_EQ(run.totals().of(Outcome::delivered), 1'000U) << control;
  return run.count(Reply::connection_refused, 0s, 30min);
}

TEST(SendingSystems, SpareAHostThatIsDown) {
  // Without a thought for the host each message is tried by itself, with each of its retries.
  EXPECT_GT(attempts_in_the_outage(R"({ model = "pause" })"), 3'000U);
  // Postfix: a dead destination each time that its window of 5 has failed.
  EXPECT_LT(attempts_in_the_outage(R"({ model = "postfix" })"), 100U);
  // Exchange Server: a queue of 20 connections, after 1, 1, 1, 1, 5, 5, ... minutes.
  EXPECT_LE(attempts_in_the_outage(R"({ model = "exchange-server" })"), 2U * 20U * 10U);
  // PowerMTA: the same, every ten minutes.
  EXPECT_LE(attempts_in_the_outage(R"({ model = "powermta" })"), 2U * 20U * 3U);
}

TEST(SendingSystems, PostfixSendsTheMailOfADeadDestinationBackToTheDeferredQueue) {
  const ScenarioRun run(kOutage, {R"(lane.control={ model = "postfix" })", "horizon=4 min"});
  EXPECT_LT(run.record().attempts.size(), 10U);
  // Nothing waits in the lane: all of it has a retry, which comes at the scan after 300 s.
  EXPECT_EQ(run.world().lanes()[0].queued, 0U);
  EXPECT_EQ(run.totals().in_flight, 1'000U);
}

TEST(SendingSystems, KumoMtaDefersItsReadyQueueAfterTooManyFailures) {
  const std::uint64_t attempts = attempts_in_the_outage(
      R"({ model = "kumomta", consecutive_connection_failures_before_delay = 100 })");
  EXPECT_GT(attempts, 100U);
  EXPECT_LT(attempts, 1'000U);
}

TEST(SendingSystems, KumoMtaReturnsTheMailThatARuleSaysToBounce) {
  const ScenarioRun run(kOutage,
                        {R"(site.host.outage.first={ until = "6 h", answer = "451 4.7.500" })",
                         R"(lane.control={ model = "kumomta", connection_limit = 2, )"
                         R"(rules = [{ regex = "^451 4.7.500", action = "Bounce", )"
                         R"(duration = "1 h" }] })"});
  EXPECT_EQ(run.record().attempts.size(), 2U);  // one on each connection
  EXPECT_EQ(run.totals().of(Outcome::bounced), 1'000U);
}

/// What a KumoMTA with the files that it ships sends to a receiver that throttles a new address:
/// 500 in the first hour, then "451 4.7.500 Access denied" for a day.
std::uint64_t refused_with_shipped_rules(const std::string& provider) {
  const std::string folder = WEIR_SHARED_DATA "/kumomta/";
  const ScenarioRun run(R"(
horizon = "3 h"
[source.mail]
arrivals = { model = "campaign", messages = 5000 }
[address.new]
[lane]
retry = "kumomta"
control = { model = "kumomta", shaping = [")" +
                        folder + R"(shaping.toml", ")" + folder +
                        R"(community-shaping.toml"], provider = ")" + provider + R"(" }
[site.receiver.throttle.ip]
model = "history-window"
probation = "2000/d"
)");
  EXPECT_EQ(run.totals().of(Outcome::delivered), 500U) << provider;
  return run.count(Reply::throttled_denied, 0s, 3h);
}

/// Facts 4.1: the community's rule for this text is for the provider of consumer mailboxes alone.
TEST(SendingSystems, KumoMtasShippedRulesDoNotReadTheAccessDeniedOfExchangeOnline) {
  if (!std::filesystem::exists(WEIR_SHARED_DATA "/kumomta"))
    GTEST_SKIP() << "KumoMTA's files are not in " << WEIR_SHARED_DATA;
  // Five refusals suspend for an hour; five connections are under way when the fifth comes.
  EXPECT_LE(refused_with_shipped_rules("outlook"), 3U * (5U + 5U));
  // All 4,500 that are left are tried, and tried again after 20 min and an hour.
  EXPECT_GT(refused_with_shipped_rules("office365"), 2U * 4'500U);
}

TEST(SendingSystems, KeepTheirLimitsUnderTheirOwnNamesBesideControl) {
  Problems problems;
  const auto document = experiments::parse_document(
      "[source.a]\n[address.a]\n[site.a]\n[lane]\nconnection_limit = 3\ncontrol = \"postfix\"\n",
      "s.toml");
  experiments::build_scenario(document.root, {}, experiments::TraceCheck::header, problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_TRUE(
      problems[0].text().starts_with("s.toml:5:20: lane.connection_limit = 3: is a setting "
                                     "of the controller `pause`"))
      << problems[0].text();
}

}  // namespace
}  // namespace weir
