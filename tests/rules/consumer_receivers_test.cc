// The preset of consumer Outlook, Gmail and Yahoo, as a scenario that extends it meets them.

#include "tests/rules/receiver_scenario.h"

namespace weir::testing {
namespace {

/// `messages` at `rate` to one of the three.
std::string consumer(const std::string& site, const std::string& messages,
                     const std::string& rate) {
  return R"(
extends = "experiments/scenarios/receivers/consumer.toml"
horizon = "5 d"
[source.mail]
site = ")" +
         site + R"("
arrivals = { model = "campaign", messages = )" +
         messages + ", rate = \"" + rate + R"(" }
[address.new]
ip = "192.0.2.10"
[lane]
retry = "postfix"
)";
}

TEST(ConsumerOutlook, ThrottlesForDaysAtAVolumeThatExchangeOnlineLetsPass) {
  const ScenarioRun outlook(consumer("outlook", "6000", "3000/d"),
                            {"site.outlook.throttle.reputation.in_window=closed"});
  EXPECT_GE(outlook.standing().windows + outlook.record().count(Reply::consumer_reputation), 1U);
  EXPECT_GT(outlook.record().count(Reply::consumer_reputation), 10U);
  EXPECT_EQ(outlook.record().count(Reply::throttled_denied), 0U) << "its own words";
  const std::string exchange = kOpenReceiver +
                               "[site.receiver.throttle.ip]\n"
                               "model = \"history-window\"\n";
  const ScenarioRun online(
      exchange,
      {R"(source.mail.arrivals={ model = "campaign", messages = 6000, rate = "3000/d" })"});
  EXPECT_EQ(online.totals().of(Outcome::delivered), 6000U);
  EXPECT_EQ(online.record().attempts.size(), 6000U);
}

TEST(ConsumerOutlook, HasABlockListOfItsOwn) {
  const ScenarioRun run(consumer("outlook", "10", "10/h"),
                        {R"(address.new.blocked=["outlook"])", "horizon=2 h"});
  EXPECT_EQ(run.record().count(Reply::consumer_banned), 10U);
}

TEST(Gmail, LimitsBulkSendersByTheReportsOfTheirRecipients) {
  const auto limited = [](const std::string& messages, const std::string& complaints) {
    return ScenarioRun(consumer("gmail", messages, "1000/h"),
                       {"source.mail.complaints=" + complaints, "source.mail.complaint_delay=1 h"})
        .record()
        .count(Reply::gmail_rate);
  };
  EXPECT_EQ(limited("20000", "0.02 %"), 0U);
  EXPECT_GT(limited("20000", "1 %"), 100U);
  EXPECT_EQ(limited("2000", "1 %"), 0U) << "no bulk sender";
}

TEST(Yahoo, TakesAHundredInTheFirstHourOfANewAddress) {
  const ScenarioRun run(consumer("yahoo", "400", "400/h"), {"horizon=50 min"});
  EXPECT_EQ(run.count(Reply::accepted, 0h, 1h), 100U);
  EXPECT_GT(run.record().count(Reply::yahoo_volume), 0U);
}

TEST(Yahoo, ClosesAConnectionAfterTwentyMessages) {
  const std::string burst = consumer("yahoo", "60", "1000/s");
  const auto refused = [&](const std::string& messages) {
    const ScenarioRun run(burst,
                          {"lane.connection_limit=1", "lane.messages_per_connection=" + messages});
    EXPECT_EQ(run.totals().of(Outcome::delivered), 60U) << "later, if not at once";
    return run.record().count(Reply::session_limit);
  };
  EXPECT_EQ(refused("20"), 0U);
  EXPECT_EQ(refused("100"), 2U) << "the 21st, and the 21st after it";
}

}  // namespace
}  // namespace weir::testing
