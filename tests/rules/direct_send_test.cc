// S4-86 to S4-90 and vector V18: mail that servers outside bring to mailboxes, and no further.

#include "tests/rules/rule_case.h"

namespace weir::testing {
namespace {

RuleCase direct(const Assignments& changes = {}) { return RuleCase("direct-send", changes); }

const std::string kMxAtTheFilter = R"(domain."contoso.example".mx=["10 filter"])";

TEST(RuleS4_86, AnyServerOutsideMayDeliverToMailboxes) {
  const RuleCase run = direct();
  EXPECT_EQ(run.logged({"device", "exchange-online", "250 2.6.0"}), 100U);
  EXPECT_EQ(run.traced({"device", "delivered", "contoso"}), 100U);
}

TEST(RuleS4_86, ButNotRelayToPeopleOutside) {
  const RuleCase run = direct();
  EXPECT_EQ(run.logged({"device-to-outside", "exchange-online", "550 5.7.64"}), 100U);
  EXPECT_EQ(run.logged({"fabrikam"}), 0U);
  EXPECT_EQ(run.traced({"device-to-outside"}), 0U) << "refused before the transport";
}

TEST(RuleS4_87, MailFromGmailIsDirectSendAsWell) {
  const RuleCase run = direct();
  EXPECT_EQ(run.logged({"gmail", "gmail-1", "exchange-online"}), 100U);
  EXPECT_EQ(run.traced({"gmail", "delivered", "contoso"}), 100U);
}

TEST(RuleS4_88, WhereTheMxLeadsElsewhereTheSenderHasToNameTheHost) {
  const RuleCase by_mx = direct({kMxAtTheFilter});
  const RuleCase named = direct({kMxAtTheFilter, "source.device.site=exchange-online"});
  EXPECT_EQ(by_mx.logged({"device", "filter"}), 100U);
  EXPECT_EQ(named.logged({"device", "exchange-online"}), 100U);
  EXPECT_EQ(named.traced({"device", "delivered", "contoso"}), 100U);
}

TEST(RuleS4_89, ItTakesNoConnectorAndNoAccount) {
  const RuleCase run = direct();
  EXPECT_EQ(rule_scenario("direct-send").find("inbound"), std::string::npos);
  EXPECT_EQ(rule_scenario("direct-send").find("authenticated_as"), std::string::npos);
  EXPECT_EQ(run.traced({"device", "delivered"}), 100U);
}

TEST(RuleS4_90, TlsIsOptionalOnBothSides) {
  EXPECT_EQ(direct({"address.device-1.tls=true"}).logged({"device", "250 2.6.0"}), 100U);
  EXPECT_EQ(direct({"address.device-1.tls=false"}).logged({"device", "250 2.6.0"}), 100U);
  EXPECT_EQ(direct({"site.exchange-online.tls=false"}).logged({"device", "250 2.6.0"}), 100U);
}

TEST(RuleS4_90, TheHostIsTheOneThatTheMxNames) {
  const RuleCase run = direct({R"(domain."contoso.example".mx=["10 filter", "20 gmail"])"});
  EXPECT_EQ(run.logged({"gmail", "gmail-1", "filter"}), 100U);
}

TEST(VectorV18, DirectSendToARecipientOutsideIsRefused) {
  const RuleCase run = direct();
  EXPECT_EQ(run.logged({"device-to-outside", "550 5.7.64"}), 100U);
  EXPECT_EQ(run.run().totals(2).of(Outcome::bounced), 100U);
}

}  // namespace
}  // namespace weir::testing
