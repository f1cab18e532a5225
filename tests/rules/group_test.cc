// S4-01 to S4-08 and vector V12: groups as one recipient address that stands for many.

#include "tests/rules/rule_case.h"

namespace weir::testing {
namespace {

std::string list(const std::string& assignment) {
  return "organisation.tenant.group.list." + assignment;
}

/// Ten messages, an hour apart, to a group of that kind with 25 members here and 5 outside.
RuleCase group(const std::string& kind, const Assignments& more = {}) {
  return RuleCase("groups", Assignments{list("kind=" + kind)} + more);
}

TEST(RuleS4_02, AMessageToADistributionGroupGoesToAllMembersAtOnce) {
  const RuleCase run = group("distribution");
  EXPECT_EQ(run.traced({"mail", "expanded", "tenant"}), 10U);
  EXPECT_EQ(run.ended(Outcome::delivered), 300U);
  EXPECT_EQ(run.logged({"mail", "outside", "250 2.6.0"}), 10U) << "one message for five there";
}

TEST(RuleS4_02, AHundredThousandMembersAllGetIt) {
  const RuleCase run = group("distribution", {list(R"(members=["120000 tenant.example"])"),
                                              "source.mail.arrivals.messages=1"});
  EXPECT_EQ(run.ended(Outcome::delivered), 120'000U);
}

TEST(RuleS4_02, AMemberOfTwoGroupsInItGetsIt) {
  const RuleCase nested = group("distribution", {list(R"(groups=["staff"])")});
  EXPECT_EQ(nested.ended(Outcome::delivered), 370U);
}

TEST(RuleS4_02, FindingAHundredTimesAsManyMembersTakesLonger) {
  const auto delay = [](const std::string& members) {
    return group("distribution",
                 {list("members=[\"" + members + " tenant.example\"]"), list("lookup_time=100 ms")})
        .run()
        .record()
        .finishes.front()
        .delay;
  };
  EXPECT_EQ(delay("20"), 100ms);
  EXPECT_EQ(delay("2000"), 10s);
}

TEST(RuleS4_04, ASecurityGroupDeliversNothing) {
  const RuleCase run = group("security");
  EXPECT_EQ(run.traced({"mail", "failed", "550 5.1.10"}), 10U);
  EXPECT_EQ(run.ended(Outcome::bounced), 10U);
  EXPECT_EQ(run.ended(Outcome::delivered), 0U);
  EXPECT_EQ(run.notices(), 10U) << "the senders are told";
}

TEST(RuleS4_05, AMailEnabledSecurityGroupSpreadsMailAsADistributionGroupDoes) {
  const RuleCase security = group("mail-enabled-security");
  const RuleCase distribution = group("distribution");
  EXPECT_EQ(security.ended(Outcome::delivered), 300U);
  EXPECT_EQ(security.records().receiver_trace, distribution.records().receiver_trace);
}

TEST(RuleS4_07, ADynamicGroupFindsItsMembersAnewForEachMessage) {
  const RuleCase run =
      group("dynamic", {list(R"(changes=["270 min: 40 tenant.example"])")});  // after five messages
  EXPECT_EQ(run.ended(Outcome::delivered), 5U * 30U + 5U * 45U);
}

TEST(RuleS4_07, ItsConditionIsAskedEachTime) {
  const auto delay = [](const std::string& kind) {
    return group(kind, {list("lookup_time=100 ms")}).run().record().finishes.front().delay;
  };
  EXPECT_EQ(delay("dynamic") - delay("distribution"), 100ms);
}

TEST(RuleS4_08, AnOfficeGroupHasAMailboxOfItsOwnBesideItsMembers) {
  const RuleCase run = group("office365");
  EXPECT_EQ(run.ended(Outcome::delivered), 310U);
}

TEST(RuleS4_08, MailFromOutsideReachesItToo) {
  const RuleCase run = group("office365", {"source.outsider.arrivals.messages=4"});
  EXPECT_EQ(run.logged({"outsider,exchange-online", "250 2.6.0"}), 4U) << "one recipient each";
  EXPECT_EQ(run.run().totals(1).of(Outcome::delivered), 4U * 31U);
}

TEST(VectorV12, AChangeBetweenTwoMessagesChangesTheFanOut) {
  const RuleCase run = group("dynamic", {"source.mail.arrivals.messages=2",
                                         list(R"(changes=["30 min: 40 tenant.example"])")});
  EXPECT_EQ(run.ended(Outcome::delivered), 30U + 45U);
  EXPECT_EQ(group("security").ended(Outcome::delivered), 0U);
}

}  // namespace
}  // namespace weir::testing
