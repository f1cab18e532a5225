// S4-30 to S4-36: the six actions on spam.

#include "tests/rules/rule_case.h"

namespace weir::testing {
namespace {

/// All of it spam, for which the tenant has set `action`.
RuleCase acted(const std::string& action, const Assignments& more = {}) {
  return RuleCase("filters", Assignments{"source.mail.spam=100 %",
                                         "organisation.tenant.filter.spam_action=" + action} +
                                 more);
}

TEST(RuleS4_30, ByDefaultATenantsSpamGoesToTheJunkFolder) {
  const RuleCase run("filters", {"source.mail.spam=100 %"});
  EXPECT_EQ(run.traced({"junked", "tenant", "spam-filter"}), 1000U);
  EXPECT_EQ(run.ended(Outcome::junked), 1000U);
  EXPECT_EQ(run.notices(), 0U);
}

TEST(RuleS4_31, AHeaderIsAddedAndItGoesToTheJunkFolder) {
  const RuleCase run = acted("header");
  EXPECT_EQ(run.traced({"junked", "header-added"}), 1000U);
  EXPECT_EQ(run.ended(Outcome::junked), 1000U);
}

TEST(RuleS4_32, TheSubjectIsMarkedAndItGoesToTheJunkFolder) {
  const RuleCase run = acted("subject");
  EXPECT_EQ(run.traced({"junked", "subject-marked"}), 1000U);
  EXPECT_EQ(run.ended(Outcome::junked), 1000U);
}

TEST(RuleS4_33, ItIsRedirectedToAnotherAddress) {
  const RuleCase run =
      acted("redirect", {"organisation.tenant.filter.redirect_to=archive.example"});
  EXPECT_EQ(run.ended(Outcome::redirected), 1000U);
  EXPECT_EQ(run.ended(Outcome::delivered), 0U);
  EXPECT_EQ(run.logged({"exchange-online", "archive", "250 2.6.0"}), 1000U) << "one copy of each";
}

TEST(RuleS4_34, DeletedMailIsDeliveredNowhereAndNobodyIsTold) {
  const RuleCase run = acted("delete");
  EXPECT_EQ(run.ended(Outcome::deleted), 1000U);
  EXPECT_EQ(run.notices(), 0U);
  EXPECT_EQ(run.logged({"mail", "250 2.6.0"}), 1000U) << "the sender believes it delivered";
}

TEST(RuleS4_34, TheTraceHasTheLineOfIt) {
  const RuleCase run = acted("delete");
  EXPECT_EQ(run.traced({"deleted", "tenant", "550 4.3.2",
                        "[{LED=550 4.3.2 QUEUE.TransportAgent; message deleted by transport "
                        "agent};{MSG=};{FQDN=};{IP=};{LRT=}]"}),
            1000U);
}

TEST(RuleS4_35, QuarantinedMailIsKeptAndUsersAreToldOnRequest) {
  const RuleCase silent = acted("quarantine");
  EXPECT_EQ(silent.ended(Outcome::quarantined), 1000U);
  EXPECT_EQ(silent.notices(), 0U);
  const RuleCase told = acted("quarantine", {"organisation.tenant.filter.user_notice=true"});
  EXPECT_EQ(told.ended(Outcome::quarantined), 1000U);
  EXPECT_EQ(told.notices(), 1000U);
}

TEST(RuleS4_36, ANoticeToUsersWithoutQuarantineIsAProblem) {
  const Assignments notice{"organisation.tenant.filter.user_notice=true"};
  const auto problems = problems_of("filters", notice);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_NE(problems.front().find("S4-36"), std::string::npos);
}

}  // namespace
}  // namespace weir::testing
