// S2-01 to S2-20 and vectors V3, V4: whose mail a receiving system takes an envelope for.

#include "tests/rules/rule_case.h"

namespace weir::testing {
namespace {

/// Fifty in an hour from a new address, of a server that sends a hundred in ten minutes.
const Assignments kThrottle{
    R"(site.exchange-online.throttle.ip={ model = "history-window", probation = "200/d" })"};

/// Hub's connector knows the server by its address.
const Assignments kByAddress{"organisation.hub.inbound.own.propagation=0 s",
                             R"(organisation.hub.inbound.own.addresses=["server"])"};

/// Hub's connector knows the server by `configured`; its certificate bears `presented`.
Assignments by_certificate(const std::string& configured, const std::string& presented) {
  return {"organisation.hub.inbound.own.propagation=0 s",
          "organisation.hub.inbound.own.certificate=[\"" + configured + "\"]",
          "address.server.certificate=[\"" + presented + "\"]"};
}
const Assignments kThreeWays = by_certificate("hub.example", "hub.example");

/// contoso.com, the sender's domain, is hub's.
const Assignments kOwnSender{R"(organisation.hub.authoritative=["hub.example", "contoso.com"])"};

const Assignments kToStranger{R"(source.mail.to=["stranger.example"])"};

/// MAIL FROM: user01@contoso.com, RCPT TO: user01@adatum.com, RCPT TO: user01@fabrikam.com.
const Assignments kTwoDomains{R"(source.mail.to=["adatum.com", "fabrikam.com"])",
                              "source.mail.together=true",
                              R"(source.mail.recipients={ model = "fixed", count = 2 })"};

/// How many messages hub's transport passed on to the recipients' tenants.
std::size_t drawn(const Assignments& changes) {
  return RuleCase("tenants", changes).traced({"passed-on", "hub"});
}

std::size_t throttled(const Assignments& changes) {
  return RuleCase("tenants", kThrottle + changes).logged({"mail", "451 4.7.500"});
}

TEST(RuleS2_01, ASuddenRiseOfTheVolumeFromOneAddressIsLimited) {
  EXPECT_GT(throttled({}), 0U);
  EXPECT_EQ(throttled({"source.mail.arrivals.messages=50"}), 0U) << "what a new address may send";
}

TEST(RuleS2_02, AConnectorOfTheOrganizationsServerAvoidsThat) {
  EXPECT_EQ(throttled(kByAddress + kOwnSender), 0U);
}

TEST(RuleS2_03, TheConnectorDrawsTheMailToItsTenant) {
  EXPECT_EQ(drawn(kThreeWays), 100U);
  EXPECT_EQ(drawn({}), 0U);
}

TEST(RuleS2_04, MailForAnotherTenantPassesTheConnectorsFirst) {
  const RuleCase run("tenants", kThreeWays + Assignments{"source.mail.arrivals.messages=1"});
  const auto& trace = run.records().receiver_trace;
  ASSERT_EQ(trace.size(), 3U);
  EXPECT_NE(trace[1].find("passed-on,exchange-online,hub"), std::string::npos);
  EXPECT_NE(trace[2].find("delivered,exchange-online,adatum"), std::string::npos);
}

TEST(RuleS2_04, TheDetourIsOneMoreHop) {
  const Assignments service{"system.exchange-online.servers=100",
                            "system.exchange-online.service_time=10 s"};
  const auto delay = [](const RuleCase& run) { return run.run().record().finishes.front().delay; };
  EXPECT_EQ(delay(RuleCase("tenants", service + kThreeWays)) - delay(RuleCase("tenants", service)),
            10s);
}

TEST(RuleS2_06, TheRulesOfTheConnectorsTenantStopMailForOthers) {
  const Assignments rule{"organisation.hub.rule.foreign.recipient=unregistered",
                         "organisation.hub.rule.foreign.action=reject"};
  const RuleCase drawn("tenants", rule + kThreeWays);
  EXPECT_EQ(drawn.traced({"failed", "hub", "550 5.7.1", "transport-rule"}), 100U);
  EXPECT_EQ(drawn.ended(Outcome::bounced), 100U);
  EXPECT_EQ(RuleCase("tenants", rule).ended(Outcome::delivered), 100U);
}

TEST(RuleS2_07, AServerIsKnownByItsCertificateOrItsAddress) {
  EXPECT_EQ(drawn(kThreeWays), 100U);
  EXPECT_EQ(drawn(by_certificate("hub.example", "other.example")), 0U);
  EXPECT_EQ(drawn(kByAddress + kOwnSender), 100U);
  EXPECT_EQ(drawn(kByAddress + kOwnSender + Assignments{"source.mail.pool=spare"}), 0U);
}

TEST(RuleS2_08, ByAddressARelayMayBeRefusedThatACertificateGets) {
  const RuleCase address("tenants", kByAddress + kToStranger);
  EXPECT_EQ(address.logged({"mail", "550 5.7.64"}), 100U);
  const RuleCase certificate("tenants", kThreeWays + kToStranger);
  EXPECT_EQ(certificate.ended(Outcome::delivered), 100U);
}

TEST(RuleS2_09, TheCertificateIsComparedWithTheConnectorsOfAllTenants) {
  const RuleCase run("tenants", by_certificate("hub.example", "fabrikam.com") +
                                    Assignments{"organisation.fabrikam.inbound.own.propagation=0 s",
                                                "organisation.fabrikam.inbound.own.certificate="
                                                R"(["fabrikam.com"])"});
  EXPECT_EQ(run.traced({"passed-on", "fabrikam"}), 100U);
  EXPECT_EQ(run.traced({"hub"}), 0U);
}

TEST(RuleS2_10, TheConnectorsNameMustBeADomainOfItsTenant) {
  const Assignments wildcard = by_certificate("*.contoso.com", "mail.contoso.com");
  EXPECT_EQ(drawn(wildcard), 0U) << "hub has hub.example alone";
  for (const auto& domain : {std::string("contoso.com"), std::string("jpn.contoso.com")})
    EXPECT_EQ(drawn(wildcard + Assignments{"organisation.hub.authoritative=[\"" + domain + "\"]"}),
              100U)
        << domain;
}

TEST(RuleS2_11, ElseTheSendersOrTheRecipientsDomainMustBeTheTenants) {
  const Assignments foreign_name = by_certificate("relay.example", "relay.example");
  EXPECT_EQ(drawn(foreign_name), 0U);
  EXPECT_EQ(drawn(foreign_name + kOwnSender), 100U);
  const Assignments to_hub{R"(source.mail.to=["hub.example"])"};
  EXPECT_EQ(throttled(foreign_name + to_hub), 0U) << "it is used";
  EXPECT_GT(throttled(to_hub), 0U);
}

TEST(RuleS2_12, ThenTheMessageIsRoutedByTheConnectorsTenant) {
  const RuleCase run("tenants", kThreeWays + kToStranger);
  EXPECT_EQ(run.traced({"sent", "hub", "exchange-online"}), 100U);
  EXPECT_EQ(run.logged({"mail", "outside", "250 2.6.0"}), 100U);
}

TEST(RuleS2_13, WhenBothFailTheConnectorIsNotUsedAndThrottlingHolds) {
  const Assignments foreign_name = by_certificate("relay.example", "relay.example");
  EXPECT_EQ(RuleCase("tenants", foreign_name).traced({"hub"}), 0U);
  EXPECT_EQ(throttled(foreign_name), throttled({}));
  EXPECT_EQ(throttled(kThreeWays), 0U);
}

TEST(RuleS2_15, WithAllThreeNamesEqualSenderAndRecipientMayBeForeign) {
  const RuleCase run("tenants",
                     kThreeWays + kToStranger + Assignments{"source.mail.from=stranger.example"});
  EXPECT_EQ(run.traced({"sent", "hub"}), 100U);
}

TEST(RuleS2_16, ByAddressOnlySenderAndRecipientAreLookedAt) {
  const Assignments to_hub{R"(source.mail.to=["hub.example"])"};
  EXPECT_EQ(throttled(kByAddress + kOwnSender), 0U);
  EXPECT_EQ(throttled(kByAddress + to_hub), 0U);
  EXPECT_EQ(throttled(kByAddress), throttled({})) << "neither is hub's: not used";
}

TEST(RuleS2_17, ByAddressAForeignSenderWithSeveralRecipientDomainsIsRefused) {
  const RuleCase foreign("tenants", kByAddress + kTwoDomains);
  EXPECT_EQ(foreign.logged({"mail", "550 5.7.64", "relay-denied"}), 100U);
  EXPECT_EQ(foreign.records().receiver_trace.size(), 0U);
  const RuleCase own("tenants", kByAddress + kTwoDomains + kOwnSender);
  EXPECT_EQ(own.ended(Outcome::delivered), 200U) << "the sender's domain decides";
  EXPECT_EQ(RuleCase("tenants", kTwoDomains).ended(Outcome::delivered), 200U) << "no connector";
}

TEST(RuleS2_18, EvenWhenAllTheseDomainsAreOfTheConnectorsTenant) {
  const Assignments both_hubs{R"(organisation.hub.authoritative=["hub.example", "second.example"])",
                              R"(source.mail.to=["hub.example", "second.example"])"};
  const RuleCase run("tenants", kByAddress + kTwoDomains + both_hubs);
  EXPECT_EQ(run.logged({"mail", "550 5.7.64"}), 100U);
}

TEST(RuleS2_19, TheExamplesEnvelopeIsRefusedButNotOneRecipientAtATime) {
  EXPECT_EQ(RuleCase("tenants", kByAddress + kTwoDomains).ended(Outcome::bounced), 200U);
  const Assignments one_each{R"(source.mail.to=["adatum.com", "fabrikam.com"])"};
  EXPECT_EQ(RuleCase("tenants", kByAddress + one_each).ended(Outcome::delivered), 100U);
}

TEST(RuleS2_20, TheRefusalIsOfTheWordsOfThePublishedList) {
  const RuleCase run("tenants", kByAddress + kTwoDomains);
  ASSERT_EQ(run.run().record().count(Reply::relay_denied), 100U);
  EXPECT_EQ(info(Reply::relay_denied).code, "550 5.7.64");
  EXPECT_EQ(info(Reply::relay_denied).text, "TenantAttribution; Relay Access Denied");
  EXPECT_EQ(run.notices(), 100U) << "permanent: the sender is told at once";
}

TEST(VectorV3, RefusedByAddressAcceptedByACertificateThatMatchesThreeWays) {
  const RuleCase address("tenants", kByAddress + kTwoDomains);
  EXPECT_EQ(address.logged({"mail", "550 5.7.64"}), 100U);
  const RuleCase certificate("tenants", kThreeWays + kTwoDomains);
  EXPECT_EQ(certificate.logged({"mail", "250 2.6.0"}), 100U);
  EXPECT_EQ(certificate.traced({"delivered", "adatum"}), 100U);
  EXPECT_EQ(certificate.traced({"delivered", "fabrikam"}), 100U);
}

TEST(VectorV4, AWildcardConnectorMatchesATenantWithASubdomain) {
  EXPECT_EQ(drawn(by_certificate("*.contoso.com", "mail.contoso.com") +
                  Assignments{R"(organisation.hub.authoritative=["jpn.contoso.com"])"}),
            100U);
}

}  // namespace
}  // namespace weir::testing
