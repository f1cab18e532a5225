// S4-75 to S4-79, S4-83 to S4-85 and vectors V2, V13: which mail takes which outbound connector.

#include "tests/rules/delays.h"
#include "tests/rules/rule_case.h"
#include "tests/support/statistics.h"

namespace weir::testing {
namespace {

std::string outbound(const std::string& name, const std::string& keys) {
  return "organisation.contoso.outbound." + name + "={ " + keys + " }";
}

const std::string kForcedTls = "organisation.contoso.outbound.Bconnecter.tls=forced";
const Assignments kNoTls{"site.h1.tls=false", "site.h2.tls=false", "site.h3.tls=false"};
const Assignments kAuthoritative{"organisation.contoso.internal_relay=[]",
                                 R"(organisation.contoso.authoritative=["shared.example"])"};

/// contoso's mail for fabrikam through Bconnecter to h1, h2, h3; for adatum by its MX.
RuleCase contoso(const Assignments& changes = {}) { return RuleCase("outbound", changes); }

/// A domain of which 40 % of the mailboxes are on another server.
RuleCase shared(const Assignments& changes = {}) { return RuleCase("shared-domain", changes); }

TEST(RuleS4_75, AConnectorLeadsToAnotherServerThanTheMx) {
  EXPECT_EQ(contoso().logged({"mail", "mx"}), 0U);
  const RuleCase without = contoso({"organisation.contoso.outbound.Bconnecter.enabled=false"});
  EXPECT_EQ(without.logged({"mail", "mx"}), 300U);
}

TEST(RuleS4_75, OrItForcesTlsOnTheWayToTheMx) {
  const std::string keys = R"(domains = ["adatum.example"], use_mx = true, tls = "forced")";
  const RuleCase run = contoso({outbound("Tls", keys), "site.mx.tls=false"});
  EXPECT_EQ(run.logged({"to-adatum", "mx", "250 2.6.0"}), 0U);
  EXPECT_GT(run.logged({"to-adatum", "mx", "451 5.7.3"}), 0U);
}

TEST(RuleS4_76, MailForMailboxesOnTheOtherServerGoesOnThere) {
  const RuleCase run = shared();
  EXPECT_EQ(run.logged({"outside", "exchange-online", "250 2.6.0"}), 1000U) << "as the MX says";
  const std::uint64_t on = run.logged({"outside", "eo-1", "on-premises"});
  EXPECT_TRUE(check_share(on, 1000, 0.4));
  EXPECT_EQ(run.traced({"outside", "delivered", "contoso"}), 1000 - on);
  EXPECT_EQ(run.ended(Outcome::delivered), 1000U);
}

TEST(RuleS4_76, ItTakesAHopMore) {
  const RuleCase run = shared();
  const std::size_t on = run.logged({"eo-1", "on-premises"});
  std::vector<Duration> expected = each(1000 - on, 1s);
  expected.insert(expected.end(), on, 2s);
  EXPECT_EQ(delays_of(run.run(), 0), expected);
}

TEST(RuleS4_77, AnAuthoritativeDomainBouncesWhatItDoesNotKnow) {
  const RuleCase run = shared(kAuthoritative);
  EXPECT_EQ(run.logged({"on-premises"}), 0U);
  const std::size_t failed = run.traced({"outside", "failed", "550 5.1.10"});
  EXPECT_TRUE(check_share(failed, 1000, 0.4));
  EXPECT_EQ(run.notices(), failed);
}

TEST(RuleS4_77, RecipientsThatDoNotExistAreRefusedAtTheDoorOfAnAuthoritativeDomain) {
  const Assignments unknown{"source.outside.unknown=100 %", "organisation.contoso.elsewhere=0 %"};
  EXPECT_EQ(shared(kAuthoritative + unknown).logged({"outside-1", "550 5.1.10"}), 1000U);
  const RuleCase relay = shared(unknown);
  EXPECT_EQ(relay.logged({"outside-1", "250 2.6.0"}), 1000U);
  EXPECT_EQ(relay.logged({"eo-1", "on-premises"}), 1000U) << "it may know them";
}

TEST(RuleS4_77, EachRecipientThatDoesNotExistIsRefusedOnce) {
  const Assignments three{"source.outside.unknown=20 %", "organisation.contoso.elsewhere=0 %",
                          R"(source.outside.recipients={ model = "fixed", count = 3 })"};
  const RuleCase run = shared(kAuthoritative + three);
  EXPECT_TRUE(check_share(run.ended(Outcome::bounced), 3000, 0.2));
  EXPECT_EQ(run.traced({"failed"}), 0U) << "at the door, not behind it";
}

TEST(RuleS4_78, OnlyMailThatTheRuleMatchesTakesTheConnector) {
  const RuleCase run =
      contoso({"organisation.contoso.outbound.Bconnecter.only_by_rule=true",
               R"(organisation.contoso.rule.big={ to = ["adatum.example"], action = "route", )"
               R"(connector = "Bconnecter" })"});
  EXPECT_EQ(run.logged({"to-adatum", "mx"}), 0U);
  EXPECT_EQ(run.logged({"to-adatum", "h1"}), 100U);
  EXPECT_EQ(run.logged({"mail", "mx"}), 300U) << "in scope, but no rule";
}

TEST(RuleS4_79, AFailedValidationStopsNothing) {
  const RuleCase run = contoso({"organisation.contoso.outbound.Bconnecter.validated=false"});
  EXPECT_EQ(run.records().sender_log, contoso().records().sender_log);
}

const std::string kFabrikam = R"(domains = ["fabrikam.example"], smart_hosts = ["mx"])";

TEST(RuleS4_83, OfTwoConnectorsForADomainTheFirstByNameTakesItsMail) {
  EXPECT_EQ(contoso({outbound("Aconnecter", kFabrikam)}).logged({"mail", "mx"}), 300U);
  EXPECT_EQ(contoso({outbound("Cconnecter", kFabrikam)}).logged({"mail", "mx"}), 0U);
}

TEST(RuleS4_83, TheNameDecidesOnlyBetweenScopesThatFitAsWell) {
  const std::string wider = R"(domains = ["*.example"], smart_hosts = ["mx"])";
  const RuleCase run = contoso({outbound("Aconnecter", wider)});
  EXPECT_EQ(run.logged({"mail", "mx"}), 0U) << "the exact domain comes first (ambiguity 5)";
  EXPECT_EQ(run.logged({"to-adatum", "mx"}), 300U);
}

TEST(VectorV2, AconnecterBeatsBconnecter) {
  const RuleCase run = contoso({outbound("Aconnecter", kFabrikam)});
  EXPECT_EQ(run.logged({"mail", "mx"}), 300U);
  for (const char* host : {"h1", "h2", "h3"}) EXPECT_EQ(run.logged({"mail", host}), 0U);
}

TEST(RuleS4_84, ForcedTlsDefersUntilItExpiresWhereTheHostOffersNone) {
  const RuleCase run = contoso(kNoTls + Assignments{kForcedTls});
  EXPECT_EQ(run.ended(Outcome::expired), 300U);
  EXPECT_EQ(run.logged({"mail", "250 2.6.0"}), 0U);
  EXPECT_GT(run.logged({"mail", "451 5.7.3"}), 300U);
}

TEST(RuleS4_84, OpportunisticTlsGoesWithoutItAndForcedWithItWhereOffered) {
  EXPECT_EQ(contoso(kNoTls).ended(Outcome::delivered), 300U);
  EXPECT_EQ(contoso({kForcedTls}).ended(Outcome::delivered), 300U);
}

TEST(RuleS4_85, AConnectorIsForMailToItsDomainsOnly) {
  const RuleCase run = contoso();
  EXPECT_EQ(run.logged({"to-adatum", "mx"}), 300U);
  const RuleCase wider =
      contoso({R"(organisation.contoso.outbound.Bconnecter.domains=["*.example"])"});
  EXPECT_EQ(wider.logged({"to-adatum", "mx"}), 0U);
}

TEST(VectorV13, AuthoritativeBouncesAndInternalRelayGoesToTheSmartHost) {
  const RuleCase bounces = shared(kAuthoritative);
  const RuleCase relays = shared();
  EXPECT_GT(bounces.traced({"failed", "550 5.1.10"}), 0U);
  EXPECT_EQ(bounces.logged({"on-premises"}), 0U);
  EXPECT_EQ(relays.logged({"on-premises", "250 2.6.0"}), bounces.traced({"failed", "550 5.1.10"}));
  EXPECT_EQ(relays.ended(Outcome::bounced), 0U);
}

}  // namespace
}  // namespace weir::testing
