// S4-43 to S4-50 and vector V6: the two block lists that count at Exchange Online.

#include "tests/rules/receiver_scenario.h"
#include "tests/support/statistics.h"

namespace weir::testing {
namespace {

const std::string kMicrosoft = throttled_by("model = \"block-list\"\nlist = \"microsoft\"");
const std::string kSpamhaus = throttled_by("model = \"block-list\"\nlist = \"spamhaus\"");

Assignments on(const std::string& list) { return {"address.new.blocked=[\"" + list + "\"]"}; }

Assignments with(Assignments assignments, const Assignments& more) {
  assignments.insert(assignments.end(), more.begin(), more.end());
  return assignments;
}

TEST(RuleS4_43, TwoListsCountAndEachByItself) {
  const std::string both = kMicrosoft +
                           "[site.receiver.throttle.other]\nmodel = \"block-list\"\n"
                           "list = \"spamhaus\"\n";
  EXPECT_EQ(ScenarioRun(both).totals().of(Outcome::delivered), 200U);
  EXPECT_GT(ScenarioRun(both, on("microsoft")).record().count(Reply::banned_address), 0U);
  EXPECT_GT(ScenarioRun(both, on("spamhaus")).record().count(Reply::spamhaus), 0U);
}

TEST(RuleS4_44, AnOpenRelayIsListed) {
  const Assignments a_day{"source.mail.arrivals.messages=2000"};
  EXPECT_EQ(ScenarioRun(kMicrosoft, a_day).standing().listings, 0U);
  const ScenarioRun run(kMicrosoft, with(a_day, {"address.new.open_relay=true"}));
  EXPECT_EQ(run.count(Reply::banned_address, 0h, 24h), 0U);
  EXPECT_GT(run.count(Reply::banned_address, 24h, 25h), 0U);
}

TEST(RuleS4_44, MailToSpamTrapsIsListed) {
  const ScenarioRun run(kMicrosoft, {"source.mail.traps=10 %"});
  EXPECT_EQ(run.standing().listings, 1U);
  EXPECT_GT(run.totals().of(Outcome::bounced), 0U);
}

TEST(RuleS4_45, TheReplyOfMicrosoftsListIsThisWordForWord) {
  const ScenarioRun run(kMicrosoft, with(on("microsoft"), {"horizon=1 h"}));
  ASSERT_GT(run.record().count(Reply::banned_address), 0U);
  const ReplyInfo& reply = info(Reply::banned_address);
  EXPECT_EQ(std::string(reply.code) + " " + std::string(reply.text),
            "550 5.7.606 Access denied, banned sending IP <IP>. To request removal from this list "
            "please visit https://sender.office.com/  and follow the directions.For more "
            "information please go to  http://go.microsoft.com/fwlink/?LinkID=526653");
}

TEST(RuleS4_46, TheReplyOfSpamhaussListIsThisWordForWord) {
  const ScenarioRun run(kSpamhaus, with(on("spamhaus"), {"horizon=1 h"}));
  ASSERT_GT(run.record().count(Reply::spamhaus), 0U);
  EXPECT_EQ(run.totals().of(Outcome::bounced), run.totals().submitted - run.totals().in_flight);
  const ReplyInfo& reply = info(Reply::spamhaus);
  EXPECT_EQ(std::string(reply.code) + " " + std::string(reply.text),
            "550 5.7.1 Service unavailable; Client host < IP > blocked using Spamhaus; To request "
            "removal from this list see http://www.spamhaus.org/lookup.lasso");
}

TEST(RuleS4_47, TheAllowListAvoidsMicrosoftsListAlsoForLaterListings) {
  const std::string scenario =
      kMicrosoft + kOrganisation + "[organisation.contoso.filter]\nallow = [\"new\"]\n";
  for (const char* from : {"0 h", "2 h"}) {
    const ScenarioRun run(scenario,
                          with(with(on("microsoft"), kToOrganisation),
                               {std::string("site.receiver.throttle.limit.blocked_from=") + from}));
    EXPECT_EQ(run.totals().of(Outcome::delivered), 200U) << "listed from " << from;
  }
}

TEST(RuleS4_47, ItAvoidsTheListingThatFollowsFromThrottlingToo) {
  const std::string scenario = throttled_by(
                                   "model = \"history-window\"\nprobation = \"40/d\"\n"
                                   "listing_windows = 1\nrequest_after = \"none\"") +
                               kOrganisation + "[organisation.contoso.filter]\nallow = [\"new\"]\n";
  const ScenarioRun without(scenario,
                            with(kToOrganisation, {"organisation.contoso.filter.allow=[]"}));
  const ScenarioRun allowed(scenario, kToOrganisation);
  EXPECT_GT(without.record().count(Reply::banned_address), 150U);
  EXPECT_EQ(allowed.record().count(Reply::banned_address), 0U);
  EXPECT_EQ(allowed.totals().of(Outcome::delivered), 200U);
}

TEST(RuleS4_48, NothingAvoidsSpamhaussList) {
  const std::string scenario =
      kSpamhaus + kOrganisation + "[organisation.contoso.filter]\nallow = [\"new\"]\n";
  const ScenarioRun run(scenario, with(with(on("spamhaus"), kToOrganisation), {"horizon=2 h"}));
  EXPECT_EQ(run.totals().of(Outcome::delivered), 0U);
  EXPECT_GT(run.record().count(Reply::spamhaus), 90U);
}

TEST(RuleS4_49, TheAllowListWorksAnHourAfterItIsSaved) {
  const std::string scenario = kMicrosoft + kOrganisation +
                               "[organisation.contoso.filter]\nallow = [\"new\"]\n"
                               "allow_registered = \"1 h\"\n";
  const ScenarioRun run(scenario, with(on("microsoft"), kToOrganisation));
  EXPECT_EQ(run.count(Reply::accepted, 0h, 2h), 0U);
  EXPECT_EQ(run.count(Reply::banned_address, 2h, 10h), 0U);
  EXPECT_GT(run.count(Reply::accepted, 2h, 10h), 90U);
}

TEST(VectorV6, AnAllowListHelpsAnHourLaterAgainstMicrosoftsListAndNeverAgainstSpamhauss) {
  const std::string allow = kOrganisation +
                            "[organisation.contoso.filter]\nallow = [\"new\"]\n"
                            "allow_registered = \"1 h\"\n";
  const Assignments all_spam{"source.mail.spam=100 %"};
  const ScenarioRun microsoft(kMicrosoft + allow,
                              with(with(on("microsoft"), kToOrganisation), all_spam));
  const ScenarioRun spamhaus(kSpamhaus + allow,
                             with(with(on("spamhaus"), kToOrganisation), {"horizon=4 h"}));
  EXPECT_EQ(microsoft.count(Reply::accepted, 0h, 2h), 0U);
  EXPECT_EQ(microsoft.count(Reply::banned_address, 2h, 240h), 0U);
  EXPECT_EQ(microsoft.totals().of(Outcome::junked), 0U) << "it skips the spam filter (S4-14)";
  EXPECT_GT(microsoft.totals().of(Outcome::delivered), 90U);
  EXPECT_EQ(spamhaus.totals().of(Outcome::delivered), 0U);
}

TEST(RuleS4_50, AfterRemovalSendingWorksAgainAtEitherList) {
  const Assignments days{"source.mail.arrivals.messages=3000"};  // 50 an hour
  for (const auto& [scenario, list] :
       {std::pair(kMicrosoft, "microsoft"), std::pair(kSpamhaus, "spamhaus")}) {
    const ScenarioRun asks(scenario, with(on(list), days));
    const ScenarioRun never(
        scenario, with(with(on(list), days), {"site.receiver.throttle.limit.request_after=none",
                                              "site.receiver.throttle.limit.zone=sbl"}));
    EXPECT_EQ(asks.count(Reply::accepted, 0h, 24h), 0U) << list << ": a day to notice";
    EXPECT_GT(asks.count(Reply::accepted, 24h, 60h), 0U) << list;
    EXPECT_EQ(never.totals().of(Outcome::delivered), 0U) << list;
  }
}

TEST(RuleS4_16, WhatAnyBlockListRefusesIsNotInTheTrace) {
  for (const auto& [scenario, list] :
       {std::pair(kMicrosoft, "microsoft"), std::pair(kSpamhaus, "spamhaus")}) {
    const TwoRecords records = two_records(scenario, with(on(list), {"horizon=3 h"}));
    EXPECT_GT(records.sender_log.size(), 100U) << list;
    EXPECT_EQ(records.receiver_trace.size(), 0U) << list;
  }
}

}  // namespace
}  // namespace weir::testing
