// S4-30 the junk folder; S4-44, S4-45, S4-50 the receiver's own block list.

#include "tests/rules/throttling_scenario.h"
#include "tests/support/statistics.h"

namespace weir::testing {
namespace {

/// So much at once that every end of a window opens the next one.
const std::string kFlood = "source.mail.arrivals.messages=30000";
const std::string kLater =
    R"(source.later.arrivals={ model = "campaign", messages = 100, from = "5 d", rate = "50/h" })";

TEST(RuleS4_30, SpamGoesToTheJunkFolder) {
  const ScenarioRun run(kNewAddress, {kTenQuietDays, "source.mail.spam=3 %"});
  const SourceTotals& t = run.totals();
  EXPECT_TRUE(check_share(t.of(Outcome::junked), t.submitted, 0.03));
  EXPECT_EQ(t.of(Outcome::junked) + t.of(Outcome::delivered), 19'200U) << "nothing is refused";
  EXPECT_EQ(run.notices().messages, 0U);
}

TEST(RuleS4_44, RepeatedBulkSendingIsListed) {
  const ScenarioRun run(kNewAddress, {kFlood});
  EXPECT_EQ(run.standing().listings, 1U);
  EXPECT_EQ(run.count(Reply::banned_address, 0h, 48h), 0U) << "two windows first";
  EXPECT_GT(run.count(Reply::banned_address, 48h, 49h), 0U);
}

TEST(RuleS4_44, OneBurstIsNot) {
  const ScenarioRun run(kNewAddress, {"source.mail.arrivals.messages=900"});
  EXPECT_EQ(run.standing().windows, 1U);
  EXPECT_EQ(run.standing().listings, 0U);
}

TEST(RuleS4_45, TheRefusalIsPermanentAndNamesTheWayOut) {
  const ScenarioRun run(kNewAddress, {kFlood});
  const ReplyInfo& reply = info(Reply::banned_address);
  EXPECT_EQ(reply.code, "550 5.7.606");
  EXPECT_TRUE(reply.text.starts_with("Access denied, banned sending IP"));
  EXPECT_NE(reply.text.find("https://sender.office.com/"), std::string_view::npos);
  EXPECT_EQ(run.totals().of(Outcome::bounced), run.record().count(Reply::banned_address));
  EXPECT_EQ(run.notices().messages, run.record().count(Reply::banned_address));
}

TEST(RuleS4_50, AfterRemovalSendingWorksAgain) {
  const ScenarioRun run(kNewAddress, {kFlood, kLater});
  EXPECT_EQ(run.totals(1).of(Outcome::delivered), 100U);
  EXPECT_NE(run.standing().state, throttle::AddressState::listed);
}

TEST(RuleS4_50, ASenderWhoNeverAsksStaysListed) {
  const ScenarioRun run(kNewAddress,
                        {kFlood, kLater, "site.receiver.throttle.ip.request_after=none"});
  EXPECT_EQ(run.totals(1).of(Outcome::bounced), 100U);
  EXPECT_EQ(run.standing().state, throttle::AddressState::listed);
}

}  // namespace
}  // namespace weir::testing
