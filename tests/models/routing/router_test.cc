#include "models/routing/router.h"

#include <gtest/gtest.h>

#include "tests/models/routing/networks.h"

namespace weir::routing {
namespace {

using Groups = std::vector<std::vector<std::uint32_t>>;

/// Contoso has contoso.example, whose MX is the filter in front; other.example's MX is site 3.
struct World {
  Network network = two_systems();
  std::uint32_t contoso = add_organisation(network, "contoso", "s1");
  std::uint32_t other = add_organisation(network, "other", "s2");
  std::uint32_t own = add_domain(network, "contoso.example", contoso, {{10, 2}});
  std::uint32_t others = add_domain(network, "other.example", other, {{10, 0}, {20, 3}});
  std::uint32_t outside = add_domain(network, "outside.example", kNone, {{10, 3}});

  Route route(Leg leg) const { return Router(network, draw_of_pair).route(leg); }
  Route from_contoso(std::uint32_t to, Mailbox mailbox = Mailbox::here) const {
    return route({.organisation = contoso, .domain = to, .mailbox = mailbox});
  }
  Groups hosts_of(const Route& route) const {
    return Router(network, draw_of_pair).hops()[route.hop].hop.groups;
  }
};

TEST(RuleS0_01, MailForOutsideGoesToTheHostsOfItsMx) {
  const World w;
  const Route route = w.from_contoso(w.others);
  EXPECT_EQ(route.way, Way::hop);
  EXPECT_EQ(w.hosts_of(route), (Groups{{0}, {3}}));
  EXPECT_EQ(route.connector, kNone);
}

TEST(RuleS0_02, OrganisationsOnTheSameServerDeliverInside) {
  World w;
  w.network.organisations[w.other].server = "s1";
  const Route route = w.from_contoso(w.others);
  EXPECT_EQ(route.way, Way::inside);
  EXPECT_EQ(route.organisation, w.other);
  EXPECT_FALSE(route.bypasses);
}

TEST(RuleS0_11, DeliveryInsideBypassesAFilterThatTheMxLeadsTo) {
  World w;
  w.network.organisations[w.other].server = "s1";
  const Leg leg{.organisation = w.other, .domain = w.own};
  EXPECT_EQ(w.route(leg).way, Way::inside);
  EXPECT_TRUE(w.route(leg).bypasses);
}

TEST(RuleS0_08, OnDifferentServersTheMxIsAskedAndTheFilterPassed) {
  const World w;
  const Route route = w.route({.organisation = w.other, .domain = w.own});
  EXPECT_EQ(w.hosts_of(route), (Groups{{2}}));
}

TEST(RuleS0_03, AServerThatStillListsADomainDeliversItToTheOldPlace) {
  World w;
  const std::uint32_t left = add_organisation(w.network, "left", "s1");
  w.network.organisations[left].stale = {w.outside};
  const Route route = w.from_contoso(w.outside);
  EXPECT_EQ(route.way, Way::inside);
  EXPECT_EQ(route.organisation, left);
  EXPECT_TRUE(route.stale);
  EXPECT_EQ(w.route({.organisation = left, .domain = w.outside}).way, Way::mailbox);
  EXPECT_EQ(w.route({.organisation = w.other, .domain = w.outside}).way, Way::hop);
}

TEST(Colocation, ByProbabilitySharesServersInThatShareOfPairs) {
  World w;
  w.network.systems[0].params.colocation = Colocation::probability;
  w.network.systems[0].params.colocation_share = {1.0};
  EXPECT_EQ(w.from_contoso(w.others).way, Way::inside);
  w.network.systems[0].params.colocation_share = {0.0};
  EXPECT_EQ(w.from_contoso(w.others).way, Way::hop);
}

TEST(Colocation, IsTheSameSeenFromEitherSide) {
  World w;
  w.network.systems[0].params.colocation = Colocation::probability;
  w.network.systems[0].params.colocation_share = {0.5};
  for (int i = 0; i < 20; ++i) add_organisation(w.network, "o" + std::to_string(i));
  const Servers servers(w.network, draw_of_pair);
  int shared = 0;
  for (std::uint32_t a = 0; a < 22; ++a)
    for (std::uint32_t b = 0; b < 22; ++b) {
      EXPECT_EQ(servers.share(a, b), servers.share(b, a));
      if (a != b && servers.share(a, b)) ++shared;
    }
  EXPECT_GT(shared, 0);
  EXPECT_LT(shared, 22 * 21);
}

TEST(VectorV13, AnAuthoritativeDomainBouncesAddressesItDoesNotKnow) {
  World w;
  add_connector(w.network.organisations[w.contoso].outbound, "on-prem", {"contoso.example"}, {4});
  EXPECT_EQ(w.from_contoso(w.own).way, Way::mailbox);
  const Route route = w.from_contoso(w.own, Mailbox::missing);
  EXPECT_EQ(route.way, Way::fail);
  EXPECT_EQ(route.reply, Reply::unknown_recipient);
}

TEST(VectorV13, AnInternalRelayDomainSendsThemToTheSmartHost) {
  World w;
  add_connector(w.network.organisations[w.contoso].outbound, "on-prem", {"contoso.example"}, {4});
  w.network.domains[w.own].type = DomainType::internal_relay;
  EXPECT_EQ(w.from_contoso(w.own).way, Way::mailbox);
  EXPECT_EQ(w.hosts_of(w.from_contoso(w.own, Mailbox::missing)), (Groups{{4}}));
}

TEST(RuleS4_85, AConnectorTakesMailOfItsScopeBeforeDeliveryInside) {
  World w;
  w.network.organisations[w.other].server = "s1";
  add_connector(w.network.organisations[w.contoso].outbound, "b", {"other.example"}, {3, 4});
  const Route route = w.from_contoso(w.others);
  EXPECT_EQ(w.hosts_of(route), (Groups{{3, 4}}));
  EXPECT_EQ(route.connector, 0U);
  EXPECT_EQ(w.hosts_of(w.from_contoso(w.outside)), (Groups{{3}}));
}

TEST(RuleS4_78, AConnectorThatARuleNamesTakesMailOutsideItsScope) {
  World w;
  auto& outbound = w.network.organisations[w.contoso].outbound;
  add_connector(outbound, "rules", {}, {4}).params.only_by_rule = true;
  const Leg leg{.organisation = w.contoso, .domain = w.outside, .connector = 0};
  EXPECT_EQ(w.hosts_of(w.route(leg)), (Groups{{4}}));
  EXPECT_EQ(w.hosts_of(w.from_contoso(w.outside)), (Groups{{3}}));
}

TEST(Router, AConnectorByMxOnlyChangesTheManner) {
  World w;
  add_connector(w.network.organisations[w.contoso].outbound, "tls", {"*"}, {}).params.tls =
      Tls::forced;
  const Router router(w.network, draw_of_pair);
  const Route route = router.route({.organisation = w.contoso, .domain = w.others});
  EXPECT_EQ(router.hops()[route.hop].hop.groups, (Groups{{0}, {3}}));
  EXPECT_EQ(router.hops()[route.hop].hop.manner.tls, Tls::forced);
  EXPECT_EQ(router.hops()[route.hop].hop.manner.order, HostOrder::random);
}

TEST(RuleS0_05, AFilterInFrontPassesMailOnByItsFixedRoute) {
  World w;
  add_connector(w.network.systems[1].routes, "to-eo", {"contoso.example"}, {0});
  EXPECT_EQ(w.hosts_of(w.route({.system = 1, .domain = w.own})), (Groups{{0}}));
  EXPECT_EQ(w.hosts_of(w.route({.system = 1, .domain = w.outside})), (Groups{{3}}));
}

TEST(RuleS1_08, ADomainThatMatchesNoPatternIsNotSmartHosted) {
  World w;
  const std::uint32_t jp = add_domain(w.network, "kaisha.jp", kNone, {{10, 4}});
  add_connector(w.network.systems[1].routes, "net", {"*.example"}, {0});
  EXPECT_EQ(w.hosts_of(w.route({.system = 1, .domain = w.outside})), (Groups{{0}}));
  EXPECT_EQ(w.hosts_of(w.route({.system = 1, .domain = jp})), (Groups{{4}}));
}

TEST(Router, MailThatNoHostTakesIsReturned) {
  World w;
  const std::uint32_t nowhere = add_domain(w.network, "nowhere.example");
  EXPECT_EQ(w.from_contoso(nowhere).reply, Reply::no_route);
  EXPECT_EQ(w.from_contoso(kNone).reply, Reply::no_route);
}

TEST(Router, EqualHopsAreOne) {
  World w;
  add_domain(w.network, "alias.example", kNone, {{10, 3}});
  const Router router(w.network, draw_of_pair);
  const Route first = router.route({.organisation = w.contoso, .domain = w.outside});
  const Route second = router.route({.organisation = w.contoso, .domain = w.outside + 1});
  EXPECT_EQ(first.hop, second.hop);
  EXPECT_EQ(router.hops()[first.hop].name, "MX of outside.example");
}

}  // namespace
}  // namespace weir::routing
