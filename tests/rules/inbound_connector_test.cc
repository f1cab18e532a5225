// S4-68 to S4-73 and vectors V7, V9: what an organisation's inbound connectors are for.

#include "tests/rules/rule_case.h"

namespace weir::testing {
namespace {

/// A connector of adatum, the recipients' tenant, that is in force from the start.
Assignments adatum(const std::string& type, const Assignments& keys) {
  Assignments all{"organisation.adatum.inbound.own.propagation=0 s",
                  "organisation.adatum.inbound.own.type=" + type};
  for (const std::string& key : keys) all.push_back("organisation.adatum.inbound.own." + key);
  return all;
}
const std::string kServer = R"(addresses=["server"])";

/// Fifty in an hour from a new address.
const Assignments kThrottle{
    R"(site.exchange-online.throttle.ip={ model = "history-window", probation = "200/d" })"};

/// Hub, whose domain the sender's is, has a connector for the server: other tenants' mail is drawn
/// to it.
const Assignments kAttraction{R"(organisation.hub.authoritative=["hub.example", "contoso.com"])",
                              "organisation.hub.inbound.own.propagation=0 s",
                              R"(organisation.hub.inbound.own.addresses=["server"])"};

RuleCase run(const Assignments& changes) { return RuleCase("tenants", changes); }

TEST(RuleS4_68, AConnectorForcesTls) {
  const Assignments forced = adatum("partner", {"require_tls=true"});
  EXPECT_EQ(run(forced).ended(Outcome::delivered), 100U);
  const RuleCase plain = run(forced + Assignments{"address.server.tls=false"});
  EXPECT_EQ(plain.logged({"mail", "530 5.7.0", "partner-connector"}), 100U);
  EXPECT_EQ(run({"address.server.tls=false"}).ended(Outcome::delivered), 100U) << "else optional";
}

TEST(RuleS4_68, AConnectorRefusesMailFromOtherAddresses) {
  const RuleCase restricted =
      run(adatum("partner", {R"(addresses=["spare"])", "restrict_addresses=true"}) +
          Assignments{"source.spare.arrivals.messages=100"});
  EXPECT_EQ(restricted.logged({"mail", "550 5.7.51", "partner-connector"}), 100U);
  EXPECT_EQ(restricted.logged({"spare", "250 2.6.0"}), 100U);
}

TEST(RuleS4_68, AConnectorLetsAServerRelay) {
  const Assignments outside{R"(source.mail.to=["stranger.example"])"};
  EXPECT_EQ(run(outside).logged({"mail", "550 5.7.64", "relay-denied"}), 100U);
  EXPECT_EQ(run(outside + kAttraction).logged({"mail", "outside", "250 2.6.0"}), 100U);
}

TEST(RuleS4_68, AConnectorAvoidsThrottling) {
  EXPECT_GT(run(kThrottle).logged({"mail", "451 4.7.500"}), 0U);
  EXPECT_EQ(run(kThrottle + kAttraction).logged({"mail", "451 4.7.500"}), 0U);
}

TEST(RuleS4_69, ThePartnerTypeNeitherRelaysNorAvoidsThrottling) {
  Assignments partner = kAttraction;
  partner.push_back("organisation.hub.inbound.own.type=partner");
  EXPECT_GT(run(kThrottle + partner).logged({"mail", "451 4.7.500"}), 0U);
  EXPECT_EQ(run(partner + Assignments{R"(source.mail.to=["stranger.example"])"})
                .logged({"mail", "550 5.7.64"}),
            100U);
}

TEST(RuleS4_69, TheOrganizationTypeDemandsNothing) {
  for (const std::string& demand :
       {std::string("require_tls=true"), std::string("restrict_addresses=true")}) {
    const auto problems = problems_of("tenants", adatum("organization", {kServer, demand}));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_NE(problems.front().find("S4-69"), std::string::npos);
  }
}

TEST(RuleS4_70, ThePartnerTypeGoesByDomainOrAddress) {
  const auto refused = [](const std::string& domain) {
    return run(adatum("partner", {"sender_domains=[\"" + domain + "\"]", "require_tls=true"}) +
               Assignments{"address.server.tls=false"})
        .logged({"mail", "530 5.7.0"});
  };
  EXPECT_EQ(refused("contoso.com"), 100U);
  EXPECT_EQ(refused("fabrikam.com"), 0U);
}

TEST(RuleS4_71, MailForAnotherTenantOfTheForestIsDrawnIn) {
  const auto drawn = [](const std::string& forest_of_adatum) {
    return run(kAttraction + Assignments{"organisation.hub.forest=eur",
                                         "organisation.adatum.forest=" + forest_of_adatum})
        .traced({"passed-on", "hub"});
  };
  EXPECT_EQ(drawn("eur"), 100U);
  EXPECT_EQ(drawn("nam"), 0U);
}

TEST(RuleS4_62, AnAddressThatOthersUseTooDrawsTheirMail) {
  EXPECT_EQ(run({}).traced({"passed-on", "hub"}), 0U);
  EXPECT_EQ(run(kAttraction).traced({"passed-on", "hub"}), 100U);
}

TEST(RuleS4_72, ItArrivesInTheEndButShowsInTheOtherTraceAndIsLater) {
  const Assignments service{"system.exchange-online.service_time=10 s",
                            "system.exchange-online.servers=100"};
  const RuleCase direct = run(service);
  const RuleCase drawn = run(service + kAttraction);
  EXPECT_EQ(drawn.traced({"delivered", "adatum"}), 100U);
  EXPECT_EQ(drawn.traced({"passed-on", "hub"}), 100U);
  EXPECT_EQ(direct.traced({"hub"}), 0U);
  const auto delay = [](const RuleCase& of) { return of.run().record().finishes.front().delay; };
  EXPECT_EQ(delay(drawn) - delay(direct), 10s);
}

TEST(RuleS4_73, KeepingInternalHeadersChangesNothing) {
  const auto fingerprint = [](const std::string& keep) {
    return run(kAttraction + Assignments{"organisation.hub.inbound.own.retain_headers=" + keep})
        .run()
        .world()
        .fingerprint();
  };
  EXPECT_EQ(fingerprint("true"), fingerprint("false"));
}

TEST(VectorV7, AnOrganisationsConnectorBeforeDuringAndOfTheWrongType) {
  const auto hours_throttled = [](const Assignments& own) {
    Assignments all{"horizon=60 h"};
    for (const std::string& key : own) all.push_back("organisation.hub.inbound.own." + key);
    return to_seconds(run(kThrottle + kAttraction + all).run().standing().throttled) / 3600;
  };
  EXPECT_EQ(hours_throttled({}), 0.0);
  EXPECT_EQ(hours_throttled({"registered=3 h"}), 24.0) << "the open window runs to its end";
  EXPECT_GE(hours_throttled({"type=partner"}), 24.0);
}

TEST(VectorV9, OtherTenantsMailShowsInTheTraceIsLaterAndFallsToTheRules) {
  const RuleCase drawn = run(kAttraction);
  EXPECT_EQ(drawn.traced({"passed-on", "hub"}), 100U);
  EXPECT_EQ(drawn.traced({"delivered", "adatum"}), 100U);
  const RuleCase ruled =
      run(kAttraction + Assignments{"organisation.hub.rule.foreign.recipient=unregistered",
                                    "organisation.hub.rule.foreign.action=reject"});
  EXPECT_EQ(ruled.traced({"failed", "hub", "transport-rule"}), 100U);
  EXPECT_EQ(ruled.traced({"adatum"}), 0U);
}

}  // namespace
}  // namespace weir::testing
