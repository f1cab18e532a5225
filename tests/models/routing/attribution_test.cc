#include "models/routing/attribution.h"

#include <gtest/gtest.h>

#include "tests/models/routing/networks.h"

namespace weir::routing {
namespace {

using Domains = std::vector<std::uint32_t>;

/// Tenant 0 has contoso.com, tenant 1 adatum.com and fabrikam.com; stranger.com is nobody's.
struct Tenants {
  Network network = two_systems();
  std::uint32_t contoso = add_organisation(network, "contoso");
  std::uint32_t other = add_organisation(network, "other");
  std::uint32_t contoso_com = add_domain(network, "contoso.com", contoso);
  std::uint32_t adatum_com = add_domain(network, "adatum.com", other);
  std::uint32_t fabrikam_com = add_domain(network, "fabrikam.com", other);
  std::uint32_t stranger_com = add_domain(network, "stranger.com");

  Attribution attribute(std::uint32_t from, const Domains& to, SimTime now = {},
                        std::uint32_t site = 0, bool tls = true) const {
    return Attributor(network).attribute(
        {.site = site, .sender_domain = from, .recipient_domains = to, .tls = tls}, now);
  }
};

/// Contoso's connector knows address 0 by its address.
struct ByAddress : Tenants {
  InboundConnector& connector = add_inbound(network, contoso);
  ByAddress() { connector.addresses = {0}; }
};

/// Contoso's connector knows address 0 by a name in its certificate.
struct ByCertificate : Tenants {
  InboundConnector& connector = add_inbound(network, contoso);
  explicit ByCertificate(const std::string& configured, const std::string& presented) {
    connector.params.certificate = {configured};
    network.addresses[0].certificate = {presented};
  }
};

TEST(RuleS2_16, ByAddressASenderOfTheTenantIsEnough) {
  const ByAddress t;
  const Attribution a = t.attribute(t.contoso_com, {t.stranger_com});
  EXPECT_EQ(a.organisation, t.contoso);
  EXPECT_EQ(a.connector, 0U);
  EXPECT_TRUE(a.exempt);
}

TEST(RuleS2_16, ByAddressARecipientOfTheTenantIsEnough) {
  const ByAddress t;
  EXPECT_TRUE(t.attribute(t.stranger_com, {t.contoso_com}).exempt);
}

TEST(RuleS2_16, ByAddressTheConnectorIsNotUsedWhenNeitherIsOfTheTenant) {
  const ByAddress t;
  const Attribution a = t.attribute(t.stranger_com, {t.adatum_com});
  EXPECT_EQ(a.organisation, t.other);
  EXPECT_FALSE(a.exempt);
  EXPECT_EQ(a.connector, kNone);
}

TEST(RuleS2_17, ByAddressAForeignSenderWithTwoRecipientDomainsIsRefused) {
  const ByAddress t;
  const Attribution a = t.attribute(t.stranger_com, {t.contoso_com, t.adatum_com});
  EXPECT_EQ(info(a.refusal).code, "550 5.7.64");
  EXPECT_FALSE(a.exempt);
}

TEST(RuleS2_17, WithASenderOfTheTenantRecipientsMayBeOfManyDomains) {
  const ByAddress t;
  EXPECT_EQ(t.attribute(t.contoso_com, {t.adatum_com, t.fabrikam_com}).refusal, Reply::accepted);
}

TEST(RuleS2_18, EvenDomainsOfTheSameTenantAreRefused) {
  ByAddress t;
  const std::uint32_t second = add_domain(t.network, "second.contoso.com", t.contoso);
  EXPECT_EQ(t.attribute(t.stranger_com, {t.contoso_com, second}).refusal, Reply::relay_denied);
}

/// MAIL FROM:user01@contoso.com, RCPT TO adatum.com and fabrikam.com, on a connector of a tenant
/// that has none of them.
struct VectorThree : Tenants {
  std::uint32_t hub = add_organisation(network, "hub");
  std::uint32_t hub_com = add_domain(network, "hub.com", hub);
  InboundConnector& connector = add_inbound(network, hub);
  Attribution send() const { return attribute(contoso_com, {adatum_com, fabrikam_com}); }
};

TEST(VectorV3, IsRefusedOnAConnectorByAddress) {
  VectorThree v;
  v.connector.addresses = {0};
  EXPECT_EQ(v.send().refusal, Reply::relay_denied);
}

TEST(VectorV3, IsAcceptedOnACertificateThatMatchesThreeWays) {
  VectorThree v;
  v.connector.params.certificate = {"hub.com"};
  v.network.addresses[0].certificate = {"hub.com"};
  EXPECT_EQ(v.send().refusal, Reply::accepted);
  EXPECT_EQ(v.send().organisation, v.hub);
  EXPECT_TRUE(v.send().exempt);
}

TEST(VectorV4, AWildcardConnectorMatchesATenantWithASubdomain) {
  VectorThree v;
  add_domain(v.network, "jpn.contoso.example", v.hub);
  v.connector.params.certificate = {"*.contoso.example"};
  v.network.addresses[0].certificate = {"mail.contoso.example"};
  EXPECT_EQ(v.send().organisation, v.hub);
}

TEST(RuleS2_09, ACertificateIsComparedWithTheConnectorsOfAllTenants) {
  ByCertificate t("mail.contoso.com", "mail.contoso.com");
  add_inbound(t.network, t.other).params.certificate = {"fabrikam.com"};
  t.network.addresses[1].certificate = {"fabrikam.com"};
  const Domains to{t.stranger_com};
  EXPECT_EQ(Attributor(t.network)
                .attribute({.address = 1, .sender_domain = kNone, .recipient_domains = to}, {})
                .organisation,
            t.other);
}

TEST(RuleS2_11, ByCertificateASenderOrRecipientOfTheTenantHelpsAForeignName) {
  const ByCertificate t("relay.example", "relay.example");
  EXPECT_TRUE(t.attribute(t.contoso_com, {t.stranger_com}).exempt);
  EXPECT_TRUE(t.attribute(t.stranger_com, {t.contoso_com}).exempt);
}

TEST(RuleS2_13, WhenBothStepsFailTheConnectorIsNotUsed) {
  const ByCertificate t("relay.example", "relay.example");
  const Attribution a = t.attribute(t.stranger_com, {t.adatum_com});
  EXPECT_EQ(a.organisation, t.other);
  EXPECT_FALSE(a.exempt);
}

TEST(RuleS2_15, WithAllThreeEqualNeitherSenderNorRecipientNeedsToBeOfTheTenant) {
  const ByCertificate t("contoso.com", "contoso.com");
  EXPECT_EQ(t.attribute(t.stranger_com, {t.adatum_com}).organisation, t.contoso);
}

TEST(Attribution, ACertificateIsOnlySeenWithTls) {
  const ByCertificate t("contoso.com", "contoso.com");
  EXPECT_FALSE(t.attribute(t.contoso_com, {t.adatum_com}, {}, 0, false).exempt);
}

TEST(Attribution, AConnectorCountsOnceItHasPropagated) {
  ByAddress t;
  t.connector.params.registered = 1h;
  t.connector.params.propagation = 2h;
  EXPECT_FALSE(t.attribute(t.contoso_com, {t.adatum_com}, SimTime{3h} - 1ns).exempt);
  EXPECT_TRUE(t.attribute(t.contoso_com, {t.adatum_com}, SimTime{3h}).exempt);
}

TEST(Attribution, AnotherAddressIsNotKnown) {
  ByAddress t;
  t.connector.addresses = {1};
  EXPECT_FALSE(t.attribute(t.contoso_com, {t.adatum_com}).exempt);
}

TEST(RuleS4_71, AConnectorAttractsMailOfItsOwnForestOnly) {
  ByAddress t;
  t.network.organisations[t.contoso].forest = "eur";
  t.network.organisations[t.other].forest = "eur";
  EXPECT_EQ(t.attribute(t.contoso_com, {t.adatum_com}).organisation, t.contoso);
  t.network.organisations[t.other].forest = "nam";
  EXPECT_EQ(t.attribute(t.contoso_com, {t.adatum_com}).organisation, t.other);
}

TEST(RuleS4_71, TheForestOfTheSiteCountsBeforeThatOfTheRecipient) {
  ByAddress t;
  t.network.organisations[t.contoso].forest = "eur";
  t.network.organisations[t.other].forest = "nam";
  t.network.sites[0].forest = "eur";
  EXPECT_EQ(t.attribute(t.contoso_com, {t.adatum_com}).organisation, t.contoso);
}

TEST(RuleS4_86, OrdinaryMailIsTakenForDomainsOfTheSystemOnly) {
  const Tenants t;
  EXPECT_EQ(t.attribute(t.stranger_com, {t.contoso_com}).organisation, t.contoso);
  EXPECT_EQ(t.attribute(t.contoso_com, {t.stranger_com}).refusal, Reply::relay_denied);
}

TEST(Attribution, ASystemWithoutOrganisationsTakesEverything) {
  const Tenants t;
  const Attribution a = t.attribute(t.stranger_com, {t.stranger_com}, {}, 2);
  EXPECT_EQ(a.refusal, Reply::accepted);
  EXPECT_EQ(a.organisation, kNone);
}

/// Contoso's partner connector names address 1 and is about stranger.com.
struct Partner : Tenants {
  InboundConnector& connector = add_inbound(network, contoso, ConnectorType::partner);
  Partner() {
    connector.addresses = {1};
    connector.params.sender_domains = {"stranger.com"};
  }
};

TEST(RuleS4_61, APartnerConnectorExemptsNobody) {
  Partner t;
  t.connector.addresses = {0};
  EXPECT_FALSE(t.attribute(t.stranger_com, {t.contoso_com}).exempt);
}

TEST(RuleS4_68, APartnerConnectorMayRefuseMailWithoutTls) {
  Partner t;
  t.connector.params.require_tls = true;
  EXPECT_EQ(t.attribute(t.stranger_com, {t.contoso_com}, {}, 0, false).refusal, Reply::partner_tls);
  EXPECT_EQ(t.attribute(t.stranger_com, {t.contoso_com}).refusal, Reply::accepted);
  EXPECT_EQ(t.attribute(t.adatum_com, {t.contoso_com}, {}, 0, false).refusal, Reply::accepted);
}

TEST(RuleS4_68, APartnerConnectorMayRefuseMailFromOtherAddresses) {
  Partner t;
  t.connector.params.restrict_addresses = true;
  EXPECT_EQ(t.attribute(t.stranger_com, {t.contoso_com}).refusal, Reply::partner_restricted);
  EXPECT_EQ(t.attribute(t.adatum_com, {t.contoso_com}).refusal, Reply::accepted);
  t.connector.addresses = {0};
  EXPECT_EQ(t.attribute(t.stranger_com, {t.contoso_com}).refusal, Reply::accepted);
}

TEST(Attribution, AnOrganisationIsAskedForItsOwnPartnersOnly) {
  Partner t;
  t.connector.params.restrict_addresses = true;
  EXPECT_EQ(t.attribute(t.stranger_com, {t.adatum_com}).refusal, Reply::accepted);
}

TEST(Attribution, EnhancedFilteringIsTheConnectorsThatNamesTheAddress) {
  Partner t;
  t.connector.params.enhanced_filtering = true;
  EXPECT_FALSE(t.attribute(t.stranger_com, {t.contoso_com}).enhanced_filtering);
  t.connector.addresses = {0};
  EXPECT_TRUE(t.attribute(t.stranger_com, {t.contoso_com}).enhanced_filtering);
}

TEST(Attribution, KnowsWhichAddressesStandOnConnectorsOfAForest) {
  ByAddress t;
  t.network.organisations[t.contoso].forest = "eur";
  t.network.organisations[t.other].forest = "nam";
  const Attributor attributor(t.network);
  EXPECT_TRUE(attributor.is_on_connector(0, 0, t.contoso_com, {}));
  EXPECT_FALSE(attributor.is_on_connector(0, 0, t.adatum_com, {}));
  EXPECT_FALSE(attributor.is_on_connector(1, 0, t.contoso_com, {}));
}

}  // namespace
}  // namespace weir::routing
