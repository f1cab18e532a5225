// S4-09 to S4-29 and vectors V8, V10, V17: what an organisation's filters do with incoming mail,
// up to the spam level.

#include "tests/rules/rule_case.h"
#include "tests/support/statistics.h"

namespace weir::testing {
namespace {

/// An override of the tenant's filters.
std::string filter(const std::string& assignment) {
  return "organisation.tenant.filter." + assignment;
}

const std::string kAllSpam = "source.mail.spam=100 %";
const std::string kAllSure = "source.mail.high_confidence=100 %";
const std::string kAllMalware = "source.mail.malware=100 %";
const std::string kAllLocked = "source.mail.locked=100 %";
const std::string kAllowSender = filter(R"(allow=["sender"])");
const std::string kBlock = filter(R"(block=["sender"])");
const std::string kReject = "organisation.tenant.rule.all.action=reject";
const std::string kSkip = "organisation.tenant.rule.all.action=skip-spam-filter";

RuleCase filtered(const Assignments& changes) { return RuleCase("filters", changes); }

TEST(RuleS4_09, EachFilterDecidesBeforeTheNextIsAsked) {
  const RuleCase connection = filtered({kBlock, kAllMalware, kReject, kAllSpam});
  EXPECT_EQ(connection.logged({"mail", "550 5.7.513"}), 1000U);
  const RuleCase malware = filtered({kAllMalware, kReject, kAllSpam});
  EXPECT_EQ(malware.traced({"quarantined", "malware-filter"}), 1000U);
  const RuleCase rule = filtered({kReject, kAllSpam});
  EXPECT_EQ(rule.traced({"failed", "transport-rule"}), 1000U);
  const RuleCase spam = filtered({kAllSpam});
  EXPECT_EQ(spam.traced({"junked", "spam-filter"}), 1000U);
  EXPECT_EQ(filtered({}).traced({"delivered"}), 1000U) << "and then the mailbox";
}

TEST(RuleS4_10, ARuleActsWhereItsConditionHoldsAndLetsAllElsePass) {
  const auto failed = [](const std::string& from) {
    return filtered({kReject, "organisation.tenant.rule.all.from=[\"" + from + "\"]"})
        .traced({"failed", "transport-rule"});
  };
  EXPECT_EQ(failed("sender.example"), 1000U);
  EXPECT_EQ(failed("forged.example"), 0U);
}

TEST(RuleS4_12, TheConnectionFilterAllowsOrRefusesBySourceAddress) {
  const Assignments both{"source.second.arrivals.messages=1000", kBlock};
  const RuleCase run = filtered(both);
  EXPECT_EQ(run.logged({"sender", "550 5.7.513"}), 1000U);
  EXPECT_EQ(run.logged({"second", "250 2.6.0"}), 1000U);
  EXPECT_EQ(filtered({kBlock, kAllowSender}).logged({"sender", "250 2.6.0"}), 1000U)
      << "allow wins";
}

TEST(RuleS4_14, MailFromAnAllowedAddressSkipsTheSpamFilter) {
  const RuleCase run = filtered(
      {kAllowSender, kAllSpam, "source.second.arrivals.messages=1000", "source.second.spam=100 %"});
  EXPECT_EQ(run.traced({"mail", "delivered", "-1"}), 1000U);
  EXPECT_EQ(run.traced({"second", "junked", "spam-filter"}), 1000U);
}

TEST(RuleS4_15, TheBlockListKnowsServersNotSendersOrDomains) {
  const RuleCase other_sender = filtered({kBlock, "source.mail.from=softly.example"});
  EXPECT_EQ(other_sender.logged({"mail", "550 5.7.513"}), 1000U);
  const RuleCase other_server = filtered({kBlock, "source.mail.pool=second"});
  EXPECT_EQ(other_server.logged({"mail", "550 5.7.513"}), 0U) << "the same sender domain";
}

TEST(RuleS4_16, WhatTheTenantsBlockListRefusesIsInTheLogAlone) {
  const RuleCase run = filtered({kBlock});
  EXPECT_EQ(run.logged({"mail", "550 5.7.513", "tenant-block-list"}), 1000U);
  EXPECT_EQ(run.records().receiver_trace.size(), 0U);
  EXPECT_EQ(run.notices(), 1000U);
}

TEST(RuleS4_17, TheMalwareFilterHitsWhatHasMalwareAndNothingElse) {
  const RuleCase run = filtered({"source.mail.malware=30 %"});
  const std::size_t hits = run.traced({"quarantined", "malware-filter"});
  EXPECT_TRUE(check_share(hits, 1000, 0.3));
  EXPECT_EQ(run.traced({"delivered"}), 1000U - hits);
}

TEST(RuleS4_18, AMessageWithMalwareIsQuarantinedAndStaysThere) {
  const RuleCase run = filtered({kAllMalware, "horizon=60 d"});
  EXPECT_EQ(run.ended(Outcome::quarantined), 1000U);
  EXPECT_EQ(run.ended(Outcome::delivered), 0U);
  EXPECT_EQ(run.run().totals().in_flight, 0U);
}

TEST(RuleS4_19, QuarantineOfTheWholeMessageIsTheDefault) {
  const RuleCase run = filtered({kAllMalware});
  EXPECT_EQ(run.traced({"quarantined"}), 1000U);
  EXPECT_EQ(run.traced({"malware-replaced"}), 0U) << "nothing is delivered without its file";
}

TEST(RuleS4_20, WithTheDefaultTextTheMessageIsDeliveredWithoutItsFile) {
  const RuleCase run = filtered({kAllMalware, filter("malware_action=default-text")});
  EXPECT_EQ(run.traced({"delivered", "malware-replaced"}), 1000U);
  EXPECT_EQ(run.ended(Outcome::delivered), 1000U);
}

TEST(RuleS4_21, WithTheAdministratorsTextToo) {
  const RuleCase run = filtered({kAllMalware, filter("malware_action=custom-text")});
  EXPECT_EQ(run.traced({"delivered", "malware-replaced"}), 1000U);
  EXPECT_EQ(filtered({filter("malware_action=custom-text")}).traced({"malware-replaced"}), 0U);
}

TEST(RuleS4_22, AnAdministratorIsToldOnRequestAndBySettingNobodyIs) {
  EXPECT_EQ(filtered({kAllMalware}).notices(), 0U);
  const std::string told = filter("admin_notice=tenant.example");
  EXPECT_EQ(filtered({kAllMalware, told}).notices(), 1000U);
  EXPECT_EQ(filtered({kAllMalware, told, filter("malware_action=default-text")}).notices(), 1000U);
  EXPECT_EQ(filtered({told}).notices(), 0U);
}

TEST(RuleS4_23, NothingBypassesTheMalwareFilter) {
  const RuleCase run = filtered({kAllMalware, kAllowSender, kSkip});
  EXPECT_EQ(run.traced({"quarantined", "malware-filter"}), 1000U);
}

TEST(RuleS4_23, NothingSwitchesItOff) {
  EXPECT_EQ(problems_of("filters", {}).size(), 0U);
  for (const auto& key : {std::string("malware=false"), std::string("malware_action=none")})
    EXPECT_EQ(problems_of("filters", {filter(key)}).size(), 1U) << key;
}

TEST(RuleS4_24, AnArchiveBehindAPasswordPasses) {
  EXPECT_EQ(filtered({kAllMalware, kAllLocked}).traced({"delivered"}), 1000U);
}

TEST(RuleS4_24, ButNotBehindATrivialOne) {
  const RuleCase run = filtered({kAllMalware, kAllLocked, filter("trivial_password=20 %")});
  EXPECT_TRUE(check_share(run.traced({"quarantined", "malware-filter"}), 1000, 0.2));
}

TEST(RuleS4_25, ARuleMayRejectIncomingMail) {
  const RuleCase run = filtered({kReject});
  EXPECT_EQ(run.traced({"failed", "tenant", "550 5.7.1", "transport-rule"}), 1000U);
  EXPECT_EQ(run.ended(Outcome::bounced), 1000U);
  EXPECT_EQ(run.notices(), 1000U);
}

TEST(RuleS4_25, ARuleMayLetChosenSendersSkipTheSpamFilter) {
  const Assignments chosen{kAllSpam, kSkip,
                           R"(organisation.tenant.rule.all.from=["softly.example"])"};
  EXPECT_EQ(filtered(chosen).traced({"junked"}), 1000U);
  EXPECT_EQ(
      filtered(chosen + Assignments{"source.mail.from=softly.example"}).traced({"delivered", "-1"}),
      1000U);
}

TEST(RuleS4_26, ContentGivesALevel) {
  EXPECT_EQ(filtered({}).traced({"junked"}), 0U);
  EXPECT_EQ(filtered({kAllSpam}).traced({"junked"}), 1000U);
}

TEST(RuleS4_26, TheSourceRaisesIt) {
  EXPECT_EQ(filtered({"source.mail.from=forged.example"}).traced({"junked"}), 1000U);
  const std::size_t sure = filtered({kAllSpam}).traced({"tenant,,9"});
  EXPECT_EQ(sure, 0U);
  EXPECT_EQ(filtered({kAllSpam, "source.mail.from=softly.example"}).traced({"tenant,,9"}), 1000U)
      << "5 or 6 from the content, two more from the source";
}

TEST(RuleS4_26, TheReputationOfItsAddressRaisesItOnceItIsPoor) {
  // Traps ruin the address within the day; its mail itself stays clean.
  const Assignments ruined{
      "horizon=3 d", "source.mail.traps=20 %", "source.mail.arrivals.rate=20/h",
      R"(site.exchange-online.throttle.ip={model="history-window", listing_reputation=0.0})"};
  const RuleCase ignored = filtered(ruined + Assignments{filter("poor_reputation_levels=0")});
  EXPECT_EQ(ignored.traced({"junked"}), 0U);
  const RuleCase minded = filtered(ruined + Assignments{filter("poor_reputation_levels=9")});
  EXPECT_GT(minded.traced({"delivered"}), 0U) << "while it is not ruined yet";
  EXPECT_GT(minded.traced({"junked"}), 500U);
  const Assignments harmless{filter("poor_reputation_levels=9"), filter("poor_reputation=0")};
  EXPECT_EQ(filtered(ruined + harmless).traced({"junked"}), 0U);
}

TEST(RuleS4_27, FromAThresholdUpItIsSpam) {
  const std::string doubted = "source.mail.from=softly.example";  // levels 2 to 6
  const auto junked = [&](const std::string& level) {
    return filtered({doubted, filter("spam_level=" + level)}).traced({"junked"});
  };
  EXPECT_EQ(junked("2"), 1000U);
  EXPECT_TRUE(check_share(junked("5"), 1000, 0.04));
  EXPECT_EQ(junked("7"), 0U);
}

TEST(RuleS4_28, LevelsFiveAndSixLeadToTheActionForSpam) {
  const RuleCase run = filtered(
      {kAllSpam, filter("spam_action=quarantine"), filter("high_confidence_action=delete")});
  const std::size_t five = run.traced({"quarantined", "tenant,,5"});
  const std::size_t six = run.traced({"quarantined", "tenant,,6"});
  EXPECT_GT(five, 0U);
  EXPECT_GT(six, 0U);
  EXPECT_EQ(five + six, 1000U);
}

TEST(RuleS4_29, LevelNineLeadsToTheActionForHighConfidence) {
  const RuleCase run = filtered({kAllSpam, kAllSure, filter("spam_action=quarantine"),
                                 filter("high_confidence_action=delete")});
  EXPECT_EQ(run.traced({"deleted", "tenant,,9"}), 1000U);
}

TEST(VectorV8, WhatTheTenantBlocksAndWhatIsThrottledIsInTheLogAlone) {
  const RuleCase run = filtered(
      {"source.second.arrivals.messages=1000", "source.second.arrivals.rate=1000/h", kBlock,
       R"(site.exchange-online.throttle.ip={ model = "history-window", probation = "200/d" })"});
  EXPECT_EQ(run.logged({"sender", "550 5.7.513"}), 1000U);
  EXPECT_GT(run.logged({"second", "451 4.7.500"}), 0U);
  EXPECT_EQ(run.traced({"550 5.7.513"}) + run.traced({"451 4.7.500"}), 0U);
  EXPECT_EQ(run.traced({"received"}), 50U) << "an hour of a new address";
}

TEST(VectorV10, LevelsChooseTheActionAndDeletionIsSilentButForItsLine) {
  const RuleCase run =
      filtered({kAllSpam, "source.mail.high_confidence=50 %", filter("spam_action=quarantine"),
                filter("high_confidence_action=delete")});
  const std::size_t deleted = run.traced({"deleted", "tenant,,9"});
  EXPECT_TRUE(check_share(deleted, 1000, 0.5));
  EXPECT_EQ(run.traced({"quarantined", "tenant,,5"}) + run.traced({"quarantined", "tenant,,6"}),
            1000U - deleted);
  EXPECT_EQ(run.notices(), 0U);
  EXPECT_EQ(run.traced({weir::filter::kErasedLog}), deleted);
}

TEST(VectorV17, AMalwareHitWinsOverTheAllowList) {
  const RuleCase run = filtered({kAllMalware, kAllowSender, kAllSpam});
  EXPECT_EQ(run.traced({"quarantined", "malware-filter"}), 1000U);
}

}  // namespace
}  // namespace weir::testing
