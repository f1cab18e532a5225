#include "models/routing/mail_graph.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/models/routing/networks.h"

namespace weir::routing {
namespace {

/// The arcs as "from -> to why [marks]", in the order of the alphabet.
std::vector<std::string> arcs_of(const Network& network, std::vector<Flow> flows) {
  const Router router(network, draw_of_pair);
  const Attributor attributor(network);
  const MailGraph graph = mail_graph(network, router, attributor, kSurroundings, flows);
  std::vector<std::string> lines;
  for (const PassageArc& arc : graph.arcs) {
    std::string line = graph.nodes[arc.from].name + " -> " + graph.nodes[arc.to].name;
    if (!arc.why.empty()) line += " " + arc.why;
    if (arc.backup) line += " [backup]";
    if (arc.strays) line += " [strays]";
    if (arc.bypasses) line += " [bypasses]";
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

using Lines = std::vector<std::string>;

/// Mail of a source for `domain`, sent from address 0 to these sites.
Flow mail_for(std::uint32_t domain, std::vector<std::vector<std::uint32_t>> sites) {
  return {
      .name = "app", .addresses = {0}, .parts = {{.domain = domain, .sites = std::move(sites)}}};
}

TEST(MailGraph, EndsAtASiteWithoutASystem) {
  EXPECT_EQ(arcs_of(two_systems(), {mail_for(kNone, {{3}, {4}})}),
            (Lines{"app -> s1", "app -> s2 [backup]", "s1 -> recipients", "s2 -> recipients"}));
}

TEST(RuleS0_05, TheFilterInFrontPassesMailOnToTheOrganisation) {
  Network network = two_systems();
  const std::uint32_t contoso = add_organisation(network, "contoso");
  const std::uint32_t own = add_domain(network, "contoso.example", contoso, {{10, 2}});
  add_connector(network.systems[1].routes, "fixed", {"contoso.example"}, {0});
  EXPECT_EQ(arcs_of(network, {mail_for(own, {{2}})}),
            (Lines{"app -> filter", "contoso -> contoso.example", "eo -> contoso",
                   "filter -> eo fixed", "filter -> filter"}));
}

TEST(MailGraph, MailOfUsersBeginsInTheirOrganisation) {
  Network network = two_systems();
  const std::uint32_t contoso = add_organisation(network, "contoso");
  const std::uint32_t outside = add_domain(network, "outside.example", kNone, {{10, 3}});
  EXPECT_EQ(arcs_of(network, {{.name = "users",
                               .system = 0,
                               .organisation = contoso,
                               .parts = {{.domain = outside}}}}),
            (Lines{"contoso -> s1", "s1 -> outside.example", "users -> contoso"}));
}

TEST(RuleS2_04, MailThatAConnectorDrawsIsRelayedToWhomItIsFor) {
  Network network = two_systems();
  const std::uint32_t contoso = add_organisation(network, "contoso");
  const std::uint32_t other = add_organisation(network, "other");
  const std::uint32_t own = add_domain(network, "contoso.example", contoso);
  const std::uint32_t others = add_domain(network, "other.example", other);
  add_inbound(network, contoso).addresses = {0};
  Flow flow = mail_for(others, {{0}});
  flow.sender_domain = own;
  EXPECT_EQ(arcs_of(network, {flow}), (Lines{"app -> eo", "contoso -> other relayed",
                                             "eo -> contoso", "other -> other.example"}));
}

TEST(MailGraph, StraysOfAnInternalRelayDomainGoOn) {
  Network network = two_systems();
  const std::uint32_t contoso = add_organisation(network, "contoso");
  const std::uint32_t own = add_domain(network, "shared.example", contoso);
  network.domains[own].type = DomainType::internal_relay;
  add_connector(network.organisations[contoso].outbound, "old", {"shared.example"}, {4});
  EXPECT_EQ(arcs_of(network, {mail_for(own, {{0}})}),
            (Lines{"app -> eo", "contoso -> s2 old [strays]", "contoso -> shared.example",
                   "eo -> contoso", "s2 -> shared.example"}));
}

TEST(MailGraph, MailThatNobodyTakesGoesBack) {
  Network network = two_systems();
  add_organisation(network, "contoso");
  const std::uint32_t nowhere = add_domain(network, "nowhere.example");
  EXPECT_EQ(arcs_of(network, {mail_for(nowhere, {{0}, {2}})}),
            (Lines{"app -> eo", "app -> filter [backup]", "eo -> returned 550 5.7.64 relay-denied",
                   "filter -> filter", "filter -> returned 550 5.4.4 no-route"}));
}

TEST(MailGraph, ALoopEndsTheSearchAndStandsInTheGraph) {
  Network network = two_systems();
  const std::uint32_t contoso = add_organisation(network, "contoso");
  const std::uint32_t own = add_domain(network, "shared.example", contoso, {{10, 2}});
  network.domains[own].type = DomainType::internal_relay;
  add_connector(network.systems[1].routes, "fixed", {"*"}, {0});
  EXPECT_EQ(arcs_of(network, {mail_for(own, {{2}})}),
            (Lines{"app -> filter", "contoso -> filter [strays]", "contoso -> shared.example",
                   "eo -> contoso", "filter -> eo fixed", "filter -> filter"}));
}

}  // namespace
}  // namespace weir::routing
