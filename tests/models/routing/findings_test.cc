#include "models/routing/findings.h"

#include <gtest/gtest.h>

#include "tests/models/routing/networks.h"

namespace weir::routing {
namespace {

/// Contoso has contoso.example and an MX that leads to it.
struct World {
  Network network = two_systems();
  std::uint32_t contoso = add_organisation(network, "contoso", "s1");
  std::uint32_t own = add_domain(network, "contoso.example", contoso, {{10, 0}});
  std::vector<OutboundConnector>& outbound = network.organisations[contoso].outbound;
  std::vector<Flow> flows;

  /// "path: text" of each finding.
  std::string findings() const {
    const Router router(network, draw_of_pair);
    const Attributor attributor(network);
    std::string all;
    for (const Finding& finding :
         find_all(network, router, mail_graph(network, router, attributor, kSurroundings, flows)))
      all += finding.path + ": " + finding.text + "\n";
    return all;
  }
  bool finds(const std::string& start) const {
    return ("\n" + findings()).find("\n" + start) != std::string::npos;
  }
};

TEST(Findings, AreNoneInASoundNetwork) {
  World w;
  add_connector(w.outbound, "A", {"partner.example"}, {3});
  add_connector(w.outbound, "B", {"*"}, {4});
  w.flows.push_back({.name = "app", .addresses = {0}, .parts = {{w.own, {{0}}}}});
  EXPECT_EQ(w.findings(), "");
}

TEST(Findings, NameAConnectorThatAnotherOfTheSameScopeShadows) {
  World w;
  add_connector(w.outbound, "Aconnecter", {"a.example"}, {3});
  add_connector(w.outbound, "Bconnecter", {"a.example"}, {4});
  EXPECT_EQ(w.findings(),
            "organisation.contoso.outbound.Bconnecter: takes no mail: all in its scope is taken "
            "by Aconnecter\n");
}

TEST(Findings, AWiderConnectorIsNotShadowedByACloserOne) {
  World w;
  add_connector(w.outbound, "A", {"x.a.example"}, {3});
  add_connector(w.outbound, "B", {"*.a.example"}, {4});
  EXPECT_EQ(w.findings(), "");
}

TEST(Findings, SeveralConnectorsTogetherMayShadowOne) {
  World w;
  add_connector(w.outbound, "A", {"a.example"}, {3});
  add_connector(w.outbound, "B", {"b.example"}, {3});
  add_connector(w.outbound, "C", {"a.example", "b.example"}, {4});
  EXPECT_TRUE(
      w.finds("organisation.contoso.outbound.C: takes no mail: all in its scope is taken "
              "by A, B"));
}

TEST(Findings, NeitherDisabledConnectorsNorThoseForRulesCountAsShadowed) {
  World w;
  add_connector(w.outbound, "A", {"a.example"}, {3});
  add_connector(w.outbound, "B", {"a.example"}, {4}).params.enabled = false;
  add_connector(w.outbound, "C", {}, {4}).params.only_by_rule = true;
  EXPECT_EQ(w.findings(), "");
}

TEST(Findings, NameMailThatNobodyTakes) {
  World w;
  const std::uint32_t nowhere = add_domain(w.network, "nowhere.example");
  w.flows.push_back(
      {.name = "users", .system = 0, .organisation = w.contoso, .parts = {{nowhere, {}}}});
  EXPECT_TRUE(
      w.finds("domain.\"nowhere.example\": mail that comes to contoso is returned from "
              "there: 550 5.4.4 no-route"));
}

TEST(Findings, NameMailExchangersWhereNobodyHasTheDomain) {
  World w;
  add_domain(w.network, "foreign.example", kNone, {{10, 0}});
  EXPECT_TRUE(w.finds("domain.\"foreign.example\".mx: eo of online refuses its mail"));
}

TEST(Findings, NameMailExchangersThatLeadToTheOldPlace) {
  World w;
  const std::uint32_t moved = add_domain(w.network, "moved.example", kNone, {{10, 0}});
  w.network.organisations[w.contoso].stale = {moved};
  EXPECT_TRUE(w.finds("domain.\"moved.example\".mx: eo of online delivers its mail to the old"));
  EXPECT_TRUE(w.finds("organisation.contoso: its mail for moved.example is delivered to contoso"));
}

TEST(Findings, NameAConnectorForAnAuthoritativeDomain) {
  World w;
  add_connector(w.outbound, "on-prem", {"contoso.example"}, {3});
  EXPECT_TRUE(w.finds("organisation.contoso.outbound.on-prem: takes no mail for contoso.example"));
  w.network.domains[w.own].type = DomainType::internal_relay;
  EXPECT_EQ(w.findings(), "");
}

TEST(RuleS0_12, DeliveryPastTheFilterInFrontIsForetold) {
  World w;
  const std::uint32_t other = add_organisation(w.network, "other", "s1");
  add_domain(w.network, "other.example", other, {{10, 2}});
  EXPECT_TRUE(
      w.finds("organisation.contoso: its mail for other.example goes to other on the same "
              "server, past what the MX leads to"));
}

TEST(Findings, NameACertificateNameThatIsNoDomainOfItsOrganisation) {
  World w;
  add_inbound(w.network, w.contoso).params.certificate = {"relay.example"};
  EXPECT_TRUE(w.finds("organisation.contoso.inbound.in.certificate: relay.example is no domain"));
}

TEST(Findings, NameAnAddressOnTheConnectorsOfTwoOrganisations) {
  World w;
  const std::uint32_t other = add_organisation(w.network, "other");
  add_inbound(w.network, w.contoso).addresses = {1};
  add_inbound(w.network, other).addresses = {1};
  EXPECT_TRUE(
      w.finds("organisation.other.inbound.in.addresses: a1 stands on a connector of "
              "contoso too"));
}

}  // namespace
}  // namespace weir::routing
