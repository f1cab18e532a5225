// S1-01 to S1-16 and vectors V14, V16: Exchange Online as a relay, and the way of the MX.

#include "tests/rules/delays.h"
#include "tests/rules/rule_case.h"

namespace weir::testing {
namespace {

constexpr std::uint32_t kNewProgram = 1;

RuleCase relay(const Assignments& changes = {}) { return RuleCase("relay", changes); }

/// The client that submits is changed so.
std::string client(const std::string& assignment) { return "address.new-program-1." + assignment; }

/// The server in the house sends by MX itself.
const Assignments kOwnServer{"system.relay.route.com.enabled=false",
                             "system.relay.route.jp.enabled=false"};

/// 300 messages at once for one domain outside.
const std::string kBurst = R"(source.old-program.arrivals={ messages = 300, rate = "none" })";
const std::string kToFabrikam = R"(source.old-program.to=["fabrikam.com"])";

TEST(RuleS1_01, AProgramsMailGoesByTheServerToPeopleInsideAndOutside) {
  const RuleCase run = relay();
  EXPECT_EQ(run.logged({"old-program", "old-program-1", "relay"}), 400U);
  EXPECT_GT(run.traced({"old-program", "delivered", "contoso"}), 0U) << "inside";
  EXPECT_GT(run.logged({"old-program", "eo-1", "fabrikam"}), 0U) << "outside";
  EXPECT_EQ(run.ended(Outcome::delivered), 400U);
}

TEST(RuleS1_02, WithoutAServerOfOnesOwnAllMailLeavesThroughExchangeOnline) {
  EXPECT_EQ(relay({kToFabrikam}).logged({"old-program", "eo-1", "fabrikam"}), 400U);
  const RuleCase own = relay(kOwnServer + Assignments{kToFabrikam});
  EXPECT_EQ(own.logged({"old-program", "relay-1", "fabrikam"}), 400U);
  EXPECT_EQ(own.logged({"old-program", "eo-1"}), 0U);
}

TEST(RuleS1_02, AndIsBoundByTheLimitsOfAMailbox) {
  const RuleCase through = relay({kBurst, kToFabrikam});
  const RuleCase own = relay(kOwnServer + Assignments{kBurst, kToFabrikam});
  EXPECT_GT(delays_of(through.run(), 0).back(), 9min) << "300 messages at 30 a minute";
  EXPECT_LT(delays_of(own.run(), 0).back(), 2min);
}

TEST(RuleS1_03, SubmissionNeedsAMailboxPort587TlsAndTheRightHost) {
  EXPECT_EQ(relay().logged({"new-program", "submission", "250 2.6.0"}), 100U);
  EXPECT_EQ(relay({client("mailbox=false")}).logged({"new-program", "535 5.7.3"}), 100U);
  EXPECT_EQ(relay({client("port=25")}).logged({"new-program", "530 5.7.57"}), 100U);
  EXPECT_EQ(relay({client("tls=false")}).logged({"new-program", "530 5.7.57"}), 100U);
  EXPECT_EQ(
      relay({"source.new-program.site=exchange-online"}).logged({"new-program", "550 5.7.64"}),
      100U);
}

TEST(RuleS1_03, WhatIsMissingIsRefusedAtSubmission) {
  const RuleCase run = relay({client("tls=false")});
  EXPECT_EQ(run.run().totals(kNewProgram).of(Outcome::refused), 100U);
  EXPECT_EQ(run.notices(), 0U) << "the program has it in its hands still";
}

TEST(RuleS1_04, SubmissionIsByPort587WithTheCredentialsOfAUser) {
  EXPECT_EQ(relay({client("authenticated_as=")}).logged({"new-program", "530 5.7.57"}), 100U);
  EXPECT_EQ(relay({client("port=25")}).logged({"new-program", "530 5.7.57"}), 100U);
  EXPECT_EQ(relay({client("port=587")}).logged({"new-program", "250 2.6.0", "submission"}), 100U);
}

TEST(RuleS1_05, AProgramWithoutCredentialsNeedsTheRelayBetween) {
  const RuleCase direct = relay({"source.old-program.site=submission"});
  EXPECT_EQ(direct.logged({"old-program", "530 5.7.57"}), 400U);
  EXPECT_EQ(direct.ended(Outcome::refused), 400U);
  EXPECT_EQ(relay().ended(Outcome::delivered), 400U);
}

TEST(RuleS1_05, TheRelayIsAHopMore) {
  const RuleCase run = relay({kToFabrikam});
  EXPECT_EQ(delays_of(run.run(), kNewProgram), each(100, 2s)) << "submission, MX";
  EXPECT_EQ(delays_of(run.run(), 0), each(400, 3s)) << "relay, submission, MX";
}

TEST(RuleS1_05, ProgramsBehindTheRelayShareTheLimitsOfItsAccount) {
  const Assignments two{kBurst, kToFabrikam,
                        R"(source.new-program.arrivals={ messages = 300, rate = "none" })"};
  const RuleCase apart = relay(two);
  const RuleCase together = relay(two + Assignments{"source.new-program.site=relay"});
  EXPECT_LT(delays_of(apart.run(), kNewProgram).back(), 10min) << "each by 30 a minute";
  EXPECT_GT(delays_of(together.run(), kNewProgram).back(), 19min) << "both by 30 a minute";
}

TEST(RuleS1_06, AnAccountThatCannotLogInThereIsRefused) {
  const RuleCase run = relay({"address.relay-1.mailbox=false"});
  EXPECT_EQ(run.logged({"relay-1", "submission", "250 2.6.0"}), 0U);
  EXPECT_GT(run.logged({"relay-1", "submission", "535 5.7.3"}), 0U);
}

TEST(RuleS1_08, ADomainWithoutAPatternIsNotSentToTheSmartHost) {
  const RuleCase run = relay({R"(source.old-program.to=["unlisted.org"])"});
  EXPECT_EQ(run.logged({"old-program", "relay-1", "unlisted"}), 400U);
  EXPECT_EQ(run.logged({"old-program", "submission"}), 0U);
  const RuleCase listed = relay({R"(source.old-program.to=["adatum.jp"])"});
  EXPECT_EQ(listed.logged({"old-program", "relay-1", "submission"}), 400U);
}

TEST(RuleS1_08, StarsAloneAreNoPatterns) {
  for (const std::string pattern : {"*", "*.*"})
    EXPECT_EQ(problems_of("relay", {"system.relay.route.com.domains=[\"" + pattern + "\"]"}).size(),
              1U);
  EXPECT_TRUE(problems_of("relay", {R"(system.relay.route.com.domains=["*.org"])"}).empty());
}

TEST(RuleS1_09, ARemoteDomainThatMayNotRelayIsSentByMx) {
  const RuleCase run = relay({"system.relay.route.com.enabled=false"});
  EXPECT_EQ(run.logged({"old-program", "submission", "250 2.6.0"}),
            run.logged({"old-program", "eo-1", "adatum"}));
  EXPECT_GT(run.logged({"old-program", "relay-1", "fabrikam"}), 0U);
}

TEST(RuleS1_10, TheRelayHasToLogInAndToBeginTls) {
  for (const std::string without : {"authenticated_as=", "tls=false"}) {
    const RuleCase run = relay({"address.relay-1." + without});
    EXPECT_EQ(run.logged({"relay-1", "submission", "250 2.6.0"}), 0U) << without;
  }
}

TEST(RuleS1_11, ItsPortIs587) {
  const RuleCase run = relay({"address.relay-1.port=25"});
  EXPECT_EQ(run.logged({"relay-1", "submission", "250 2.6.0"}), 0U);
  EXPECT_GT(run.logged({"relay-1", "submission", "530 5.7.57"}), 0U);
}

const std::string kOtherSender = "sends_as=other@contoso.com";

TEST(RuleS1_13, ASenderOtherThanTheUserIsRefused) {
  const RuleCase run = relay({client(kOtherSender)});
  EXPECT_EQ(run.logged({"new-program", "550 5.7.1"}), 100U);
  EXPECT_EQ(run.traced({"new-program"}), 0U);
  EXPECT_EQ(run.run().record().count(Reply::send_as_denied), 100U);
  EXPECT_EQ(info(Reply::send_as_denied).text,
            "Client does not have permissions to send as this sender");
}

TEST(RuleS1_13, UnlessTheUserMaySendAsThatSender) {
  const RuleCase run =
      relay({client(kOtherSender), client(R"(may_send_as=["other@contoso.com"])")});
  EXPECT_EQ(run.logged({"new-program", "submission", "250 2.6.0"}), 100U);
}

TEST(RuleS1_13, WhatARelayMayNotSendItReturns) {
  const RuleCase run = relay({"address.relay-1." + kOtherSender, kToFabrikam});
  EXPECT_EQ(run.logged({"old-program", "relay-1", "550 5.7.1"}), 400U);
  EXPECT_EQ(run.ended(Outcome::bounced), 400U);
  EXPECT_EQ(run.notices(), 400U) << "the program has handed it over";
}

TEST(RuleS1_14, AServerWithoutAReverseEntryIsRefusedWhereThatIsChecked) {
  const Assignments checked{"site.fabrikam.throttle.reverse.model=no-reverse-dns"};
  const Assignments dropped{"address.relay-1.reverse=false"};
  const Assignments own = kOwnServer + Assignments{kToFabrikam} + dropped;
  EXPECT_EQ(relay(own + checked).logged({"relay-1", "fabrikam", "550 5.7.25"}), 400U);
  EXPECT_EQ(relay(own).logged({"relay-1", "fabrikam", "250 2.6.0"}), 400U);
  EXPECT_EQ(relay(checked + dropped + Assignments{kToFabrikam}).ended(Outcome::delivered), 400U)
      << "through Exchange Online, whose addresses have one";
}

TEST(RuleS1_15, ThePreferredMxIsAskedFirst) {
  const RuleCase run = relay();
  EXPECT_EQ(run.logged({"outside", "exchange-online"}), 100U);
  EXPECT_EQ(run.logged({"outside", "on-premises"}), 0U);
  const RuleCase turned =
      relay({R"(domain."contoso.com".mx=["20 exchange-online", "10 on-premises"])"});
  EXPECT_EQ(turned.logged({"outside", "on-premises"}), 100U);
}

std::string outage(const std::string& until) {
  return R"(site.exchange-online.outage.o={ answer = "refused", until = ")" + until + "\" }";
}

TEST(RuleS1_16, WhileExchangeOnlineIsDownMailFromOutsideComesToTheOldServer) {
  const RuleCase run = relay({outage("30 min")});
  EXPECT_EQ(run.logged({"outside", "on-premises"}), 50U) << "of the first half hour";
  EXPECT_EQ(run.logged({"outside", "exchange-online"}), 50U);
  EXPECT_EQ(run.traced({"outside", "delivered", "contoso"}), 50U);
}

TEST(VectorV14, InAnOutageTheMxOfLowerPriorityReceives) {
  const RuleCase run = relay({outage("1 d")});
  EXPECT_EQ(run.logged({"outside", "on-premises", "250 2.6.0"}), 100U);
  EXPECT_EQ(run.traced({"outside", "delivered", "contoso"}), 0U);
}

TEST(VectorV16, AnotherSenderThanTheUserIsRefusedWith550) {
  const RuleCase run = relay({client(kOtherSender)});
  EXPECT_EQ(run.logged({"new-program", "submission", "550 5.7.1"}), 100U);
  EXPECT_EQ(run.run().totals(kNewProgram).of(Outcome::refused), 100U);
}

}  // namespace
}  // namespace weir::testing
