// S4-51 to S4-57: throttling by address, volume and reputation.

#include "tests/rules/throttling_scenario.h"

namespace weir::testing {
namespace {

TEST(RuleS4_51, VolumeDecidesWhetherAnAddressIsThrottled) {
  EXPECT_EQ(ScenarioRun(kNewAddress, {kLittleMail}).standing().windows, 0U);
  EXPECT_GE(ScenarioRun(kNewAddress).standing().windows, 1U);
}

TEST(RuleS4_51, ReputationDecidesAtTheSameVolume) {
  const Assignments good{kTenQuietDays};
  const Assignments bad{kTenQuietDays, "source.mail.complaints=5 %"};
  EXPECT_EQ(ScenarioRun(kNewAddress, good).standing().windows, 0U);
  EXPECT_GE(ScenarioRun(kNewAddress, bad).standing().windows, 1U);
}

TEST(RuleS4_51, ItIsTheSendingAddressThatIsLimited) {
  const ScenarioRun run(kNewAddress + R"(
[address.other]
ip = "198.51.100.10"
[pool.big]
addresses = ["new"]
[pool.small]
addresses = ["other"]
[source.quiet]
pool = "small"
arrivals = { model = "campaign", messages = 200, rate = "50/h" }
)",
                        {"source.mail.pool=big"});
  EXPECT_GE(run.standing(0).windows, 1U);
  EXPECT_EQ(run.standing(1).windows, 0U);
  EXPECT_EQ(run.totals(1).of(Outcome::delivered), 200U);
}

TEST(RuleS4_52, RecipientsSpamJudgementsLowerTheReputation) {
  const double clean = ScenarioRun(kNewAddress, {kLittleMail}).standing().reputation;
  const double spam =
      ScenarioRun(kNewAddress, {kLittleMail, "source.mail.spam=20 %"}).standing().reputation;
  const double complaints =
      ScenarioRun(kNewAddress, {kLittleMail, "source.mail.complaints=5 %"}).standing().reputation;
  EXPECT_LT(spam, clean);
  EXPECT_LT(complaints, clean);
}

TEST(RuleS4_52, ASendingHistoryLetsTheSameBurstPass) {
  const ScenarioRun fresh(kNewAddress, {kLittleMail, burst_at("5 h")});
  const ScenarioRun known(kNewAddress, {kTenQuietDays, burst_at("239 h")});
  EXPECT_EQ(fresh.standing().windows, 1U);
  EXPECT_EQ(known.standing().windows, 0U);
  EXPECT_EQ(known.totals(1).of(Outcome::delivered), 1000U);
}

TEST(RuleS4_54, AClosedWindowDeniesAccessInItsWords) {
  const ScenarioRun run(kNewAddress);
  ASSERT_GT(run.record().count(Reply::throttled_denied), 0U);
  EXPECT_EQ(run.record().count(Reply::throttled_busy), 0U);
  const ReplyInfo& reply = info(Reply::throttled_denied);
  EXPECT_EQ(std::string(reply.code) + " " + std::string(reply.text),
            "451 4.7.500 Access denied, please try again later.");
}

TEST(RuleS4_54, ATricklingWindowIsBusyInItsWords) {
  const ScenarioRun run(kNewAddress, {"site.receiver.throttle.ip.in_window=trickle"});
  ASSERT_GT(run.record().count(Reply::throttled_busy), 0U);
  const ReplyInfo& reply = info(Reply::throttled_busy);
  EXPECT_EQ(std::string(reply.code) + " " + std::string(reply.text),
            "451 4.7.500 Server busy. Please try again later.");
}

TEST(RuleS4_56, NoReplyOfAThrottleNamesAThreshold) {
  const ScenarioRun run(kNewAddress, {"site.receiver.throttle.ip.probation=1234/d"});
  for (const AttemptRecord& a : run.record().attempts)
    EXPECT_EQ(info(a.reply).text.find("1234"), std::string_view::npos);
}

TEST(RuleS4_56, EveryNumberOfTheReceiverSaysThatItIsAnAssumptionOrWhoReportsIt) {
  for (const ParameterInfo& p : find_entry(throttle::catalogue(), "history-window")->describe())
    EXPECT_TRUE(p.source.starts_with("assumption") || p.source.starts_with("S4-")) << p.key;
}

TEST(RuleS4_57, AWindowLastsTwentyFourHoursAndEndsByWaitingAlone) {
  const ScenarioRun run(kNewAddress);
  EXPECT_EQ(run.count(Reply::accepted, 0h, 1ns), 500U) << "what an hour may take";
  EXPECT_EQ(run.count(Reply::accepted, 1ns, 24h), 0U);
  EXPECT_GT(run.count(Reply::throttled_denied, 0h, 24h), 20U);
  EXPECT_GT(run.count(Reply::accepted, 24h, 24h + 15min), 0U) << "the lane looks each 15 min";
}

TEST(RuleS4_57, SendingLessDuringTheWindowDoesNotEndIt) {
  const ScenarioRun run(kNewAddress, {"lane.pause=23 h"});
  EXPECT_EQ(run.count(Reply::accepted, 1ns, 24h), 0U);
}

}  // namespace
}  // namespace weir::testing
