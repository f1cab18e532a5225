// S1-03, S1-04, S1-10, S1-11, S1-13, S1-14, S4-41, S4-42 and vector V16: handing mail over.

#include "tests/rules/receiver_scenario.h"

namespace weir::testing {
namespace {

/// A program that hands 90 messages over at once.
const std::string kProgram = throttled_by("model = \"client-submission\"");
const Assignments kClient{"address.new.authenticated_as=app@contoso.example",
                          "address.new.port=587", "source.mail.arrivals.messages=90",
                          "source.mail.arrivals.rate=none", "lane.connection_limit=3"};

Assignments client(const Assignments& more) {
  Assignments all = kClient;
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::uint64_t delivered(const Assignments& more) {
  return ScenarioRun(kProgram, client(more)).totals().of(Outcome::delivered);
}

TEST(RuleS1_03, SubmissionTakesAUserWithAMailboxAndTls) {
  EXPECT_EQ(delivered({}), 90U);
  EXPECT_EQ(delivered({"address.new.authenticated_as="}), 0U);
  EXPECT_EQ(delivered({"address.new.mailbox=false"}), 0U);
  EXPECT_EQ(delivered({"address.new.tls=false"}), 0U);
}

TEST(RuleS1_04, ItTakesPort587AndNot25) {
  EXPECT_EQ(delivered({"address.new.port=25"}), 0U);
  const ScenarioRun run(kProgram, client({"address.new.port=25"}));
  EXPECT_EQ(run.record().count(Reply::not_authenticated), 90U);
  EXPECT_EQ(info(Reply::not_authenticated).code, "530 5.7.57");
}

TEST(RuleS1_13, AnotherSenderThanTheUserIsRefused) {
  const ScenarioRun run(kProgram, client({"address.new.sends_as=boss@contoso.example"}));
  EXPECT_EQ(run.record().count(Reply::send_as_denied), 90U);
  EXPECT_EQ(run.totals().of(Outcome::bounced), 90U);
  const ReplyInfo& reply = info(Reply::send_as_denied);
  EXPECT_EQ(std::string(reply.code) + " " + std::string(reply.text),
            "550 5.7.1 Client does not have permissions to send as this sender");
}

TEST(RuleS1_13, UnlessTheUserMaySendAsHim) {
  EXPECT_EQ(delivered({"address.new.sends_as=boss@contoso.example",
                       R"(address.new.may_send_as=["boss@contoso.example"])"}),
            90U);
  EXPECT_EQ(delivered({"address.new.sends_as=app@contoso.example"}), 90U) << "himself";
}

TEST(VectorV16, FromIsNotTheAuthenticatedUser) {
  EXPECT_EQ(delivered({"address.new.sends_as=other@contoso.example"}), 0U);
}

std::string at_once(int messages) {
  return "source.mail.arrivals.messages=" + std::to_string(messages);
}

TEST(SubmissionRate, ThirtyAMinuteWithDelayAndNothingIsRefused) {
  const ScenarioRun run(kProgram, client({at_once(301)}));
  SimTime last;
  for (const AttemptRecord& a : run.record().attempts) last = std::max(last, a.replied);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 301U);
  EXPECT_EQ(last, SimTime{10min}) << "the 301st has the eleventh minute";
  EXPECT_EQ(run.record().attempts.size(), 301U);
}

TEST(SubmissionRate, OrIsRefusedAndComesAgain) {
  const ScenarioRun run(kProgram,
                        client({at_once(90), "site.receiver.throttle.limit.over_rate=reject"}));
  EXPECT_GT(run.record().count(Reply::submission_rate), 0U);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 90U);
}

TEST(SubmissionConnections, TheFourthOfAMailboxIsRefused) {
  EXPECT_EQ(
      ScenarioRun(kProgram, client({at_once(90)})).record().count(Reply::submission_connections),
      0U);
  const ScenarioRun run(kProgram, client({at_once(90), "lane.connection_limit=4"}));
  EXPECT_GT(run.record().count(Reply::submission_connections), 0U);
}

TEST(RuleS1_14, WithoutReverseDnsReceiversThatCheckItRefuse) {
  const std::string checks = throttled_by("model = \"no-reverse-dns\"");
  EXPECT_EQ(ScenarioRun(checks).totals().of(Outcome::delivered), 200U);
  const ScenarioRun run(checks, {"address.new.reverse=false"});
  EXPECT_EQ(run.totals().of(Outcome::bounced), 200U);
  EXPECT_EQ(run.record().count(Reply::no_reverse), 200U);
  EXPECT_EQ(
      ScenarioRun(kOpenReceiver, {"address.new.reverse=false"}).totals().of(Outcome::delivered),
      200U)
      << "others take it";
}

const std::string kRestricted = throttled_by("model = \"restricted-users\"\nday = 100");

TEST(RuleS4_41, WhoSendsTooMuchMaySendNoMoreThatDay) {
  const ScenarioRun run(kRestricted, {"source.mail.arrivals.messages=1300"});  // 50 an hour
  EXPECT_EQ(run.count(Reply::accepted, 0h, 24h), 100U);
  EXPECT_EQ(run.count(Reply::restricted_user, 0h, 24h), 1100U);
  EXPECT_EQ(run.count(Reply::accepted, 24h, 48h), 100U) << "the following day";
}

TEST(RuleS4_41, WhoSendsSpamIsRestricted) {
  const ScenarioRun run(throttled_by("model = \"restricted-users\"\nspam_day = 10"),
                        {"source.mail.spam=50 %"});
  EXPECT_GT(run.record().count(Reply::restricted_user), 150U);
  EXPECT_EQ(info(Reply::restricted_user).code, "550 5.1.8");
}

TEST(RuleS4_42, AnAdministratorReleases) {
  const Assignments four_days{"source.mail.arrivals.messages=4800",
                              "site.receiver.throttle.limit.action=until-release"};
  const auto accepted = [&](const std::string& release) {
    Assignments all = four_days;
    all.push_back("site.receiver.throttle.limit.release_after=" + release);
    return ScenarioRun(kRestricted, all).count(Reply::accepted, 0h, 96h);
  };
  EXPECT_EQ(accepted("none"), 100U);
  EXPECT_GT(accepted("6 h"), 500U) << "and not again on the same day";
}

}  // namespace
}  // namespace weir::testing
