// S4-11, S4-25, S4-37 to S4-42 and vector V11: what a tenant's filters do with outgoing mail, the
// pools it leaves by, and users who may send no more.

#include "tests/rules/rule_case.h"
#include "tests/support/statistics.h"

namespace weir::testing {
namespace {

const std::string kAllSpam = "source.mail.spam=100 %";
const std::string kAllMalware = "source.mail.malware=100 %";
const std::string kReject = "organisation.tenant.rule.all.action=reject";
const std::string kToPartner = R"(source.mail.to=["partner.example"])";

std::string user_limit(const std::string& assignment) {
  return "organisation.tenant.user_limits." + assignment;
}

RuleCase sent(const Assignments& changes) { return RuleCase("pools", changes); }

TEST(RuleS4_11, OutgoingMailPassesTheMalwareFilterThenRulesThenTheSpamFilter) {
  const RuleCase malware = sent({kAllMalware, kReject, kAllSpam});
  EXPECT_EQ(malware.traced({"quarantined", "malware-filter"}), 1000U);
  const RuleCase rule = sent({kReject, kAllSpam});
  EXPECT_EQ(rule.traced({"failed", "transport-rule"}), 1000U);
  EXPECT_EQ(sent({kAllSpam}).traced({"sent", "high-risk"}), 1000U);
  EXPECT_EQ(sent({}).traced({"sent", "normal"}), 1000U);
}

TEST(RuleS4_11, WhereTheRulesStandIsASetting) {
  const std::string place = "organisation.tenant.filter.outbound_rules=";
  EXPECT_EQ(sent({kAllMalware, kReject, place + "before-malware"}).traced({"transport-rule"}),
            1000U);
  const Assignments spam{kAllSpam, kReject, "organisation.tenant.rule.all.scl_at_least=5"};
  EXPECT_EQ(sent(spam).traced({"transport-rule"}), 0U) << "no level yet";
  EXPECT_EQ(sent(spam + Assignments{place + "after-spam"}).traced({"transport-rule"}), 1000U);
}

TEST(RuleS4_25, RulesActOnMailThatIsSentToo) {
  const auto rejected = [](const std::string& direction) {
    return sent({kReject, "organisation.tenant.rule.all.direction=" + direction})
        .traced({"mail", "failed", "transport-rule"});
  };
  EXPECT_EQ(rejected("outbound"), 1000U);
  EXPECT_EQ(rejected("inbound"), 0U);
}

TEST(RuleS4_37, OutboundSpamControlLooksAtMailThatLeaves) {
  const RuleCase out = sent({"source.mail.spam=30 %"});
  EXPECT_TRUE(check_share(out.traced({"sent", "high-risk"}), 1000, 0.3));
  const RuleCase inside = sent({kAllSpam, R"(source.mail.to=["second.example"])"});
  EXPECT_EQ(inside.traced({"delivered", "tenant"}), 1000U);
}

TEST(RuleS4_38, SpamIsNotStoppedButLeavesByAnotherPool) {
  const RuleCase run = sent({kAllSpam});
  EXPECT_EQ(run.logged({"mail", "risky", "250 2.6.0"}), 1000U);
  EXPECT_EQ(run.logged({"mail", "normal"}), 0U);
  EXPECT_EQ(run.ended(Outcome::bounced) + run.ended(Outcome::quarantined), 0U);
}

TEST(RuleS4_38, SpamToAGroupLeavesByItForTheMembersOutside) {
  const RuleCase run = sent({kAllSpam, R"(source.mail.to=["list@tenant.example"])",
                             R"(organisation.tenant.group.list.domain="tenant.example")",
                             R"(organisation.tenant.group.list.members=["3 outside.example"])"});
  EXPECT_EQ(run.traced({"sent", "high-risk"}), 1000U);
}

TEST(RuleS4_39, ReceiversLikelierTakeMailOfThatPoolForSpam) {
  const RuleCase clean = sent({kToPartner});
  EXPECT_EQ(clean.traced({"junked", "partner"}), 0U);
  const RuleCase risky = sent({kToPartner, "source.mail.from=nowhere.example"});
  EXPECT_EQ(risky.traced({"sent", "high-risk"}), 1000U) << "no MX, no A: a dubious sender";
  EXPECT_TRUE(check_share(risky.traced({"junked", "partner"}), 1000, 0.04));
}

TEST(RuleS4_40, ThePoolKeepsTheRiskAwayFromTheAddressesOfAll) {
  const Assignments one_in_ten{"source.second.arrivals.messages=100", "source.second.spam=100 %",
                               "source.second.arrivals.rate=100/h"};
  const double clean = sent({}).run().standing().reputation;
  const double apart = sent(one_in_ten).run().standing().reputation;
  const double shared =
      sent(one_in_ten + Assignments{"system.exchange-online.high_risk_pool=normal"})
          .run()
          .standing()
          .reputation;
  EXPECT_EQ(apart, clean);
  EXPECT_LT(shared, clean);
}

TEST(RuleS4_40, TheReceiverJudgesTheVeryMessagesThatWereSortedOut) {
  const Assignments mixed{"source.mail.spam=20 %"};
  const double prior = 70.0;
  EXPECT_GT(sent(mixed).run().standing().reputation, prior) << "what is left is all clean";
  EXPECT_LT(sent(mixed + Assignments{"system.exchange-online.high_risk_pool=normal"})
                .run()
                .standing()
                .reputation,
            prior);
}

TEST(RuleS4_41, AUserWhoSendsLikeASpammerIsForbiddenToSend) {
  const RuleCase run = sent({kAllSpam, user_limit("spam_day=100"), user_limit("release_after=none"),
                             "source.second.arrivals.messages=10"});
  EXPECT_EQ(run.traced({"mail", "sent", "high-risk"}), 100U);
  EXPECT_EQ(run.traced({"mail", "failed", "550 5.1.8", "restricted-user"}), 900U);
  EXPECT_EQ(run.traced({"second", "sent", "normal"}), 10U) << "other users are not concerned";
}

TEST(RuleS4_41, SoIsOneWhoSendsInBulkUntilTheFollowingDay) {
  const RuleCase run = sent({user_limit("external_hour=300"), "source.mail.arrivals.messages=400"});
  EXPECT_EQ(run.traced({"mail", "sent"}), 300U);
  EXPECT_EQ(run.traced({"mail", "failed", "restricted-user"}), 100U);
}

TEST(RuleS4_42, AnAdministratorCanReleaseThem) {
  const Assignments later{kAllSpam, user_limit("spam_day=100"),
                          R"(source.mail.arrivals={ model = "campaign", messages = 400, )"
                          R"(rate = "100/h" })"};
  const auto sent_in_all = [&](const std::string& release) {
    return sent(later + Assignments{user_limit("release_after=" + release)})
        .traced({"mail", "sent"});
  };
  EXPECT_EQ(sent_in_all("none"), 100U);
  EXPECT_EQ(sent_in_all("2 h"), 100U + 101U) << "all of the last hour: not restricted again today";
}

TEST(VectorV11, OutboundSpamIsDeliveredThroughTheHighRiskPool) {
  const RuleCase run = sent({"source.mail.spam=30 %"});
  const std::size_t risky = run.logged({"mail", "risky", "250 2.6.0"});
  EXPECT_TRUE(check_share(risky, 1000, 0.3));
  EXPECT_EQ(run.logged({"mail", "normal", "250 2.6.0"}), 1000U - risky);
  EXPECT_EQ(run.ended(Outcome::delivered) + run.ended(Outcome::junked), 1000U);
}

TEST(Pools, BounceMessagesLeaveByTheHighRiskPool) {
  const RuleCase run = sent({kReject, "organisation.tenant.rule.all.direction=inbound",
                             "source.incoming.arrivals.messages=100"});
  EXPECT_EQ(run.traced({"incoming", "failed", "transport-rule"}), 100U);
  EXPECT_EQ(run.traced({"notices", "sent", "high-risk"}), 100U);
}

}  // namespace
}  // namespace weir::testing
