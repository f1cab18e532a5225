#include "models/routing/outbound_connector.h"

#include <gtest/gtest.h>

namespace weir::routing {
namespace {

constexpr auto kOnline = ConnectorChoice::exchange_online;
constexpr auto kServer = ConnectorChoice::exchange_server;

OutboundConnector connector(std::string name, std::vector<std::string> domains) {
  OutboundConnector made;
  made.name = std::move(name);
  made.params.domains = std::move(domains);
  return made;
}

/// The name of the connector that takes mail for `domain`; "-": none does.
std::string taker(const std::vector<OutboundConnector>& connectors, std::string_view domain,
                  ConnectorChoice choice = kOnline, Accepted accepted = Accepted::no) {
  const std::uint32_t chosen = choose_connector(connectors, domain, accepted, choice);
  return chosen == kNoConnector ? "-" : connectors[chosen].name;
}

TEST(VectorV2, AconnecterTakesTheMailAndBconnecterNone) {
  EXPECT_EQ(taker({connector("Bconnecter", {"a.example"}), connector("Aconnecter", {"a.example"})},
                  "a.example"),
            "Aconnecter");
}

TEST(OutboundConnectors, TakeOnlyMailForTheirDomains) {
  const std::vector all{connector("only-a", {"a.example", "*.b.example"})};
  EXPECT_EQ(taker(all, "a.example"), "only-a");
  EXPECT_EQ(taker(all, "x.b.example"), "only-a");
  EXPECT_EQ(taker(all, "c.example"), "-");
}

TEST(OutboundConnectors, AnExactDomainBeatsAcceptedDomainsWhichBeatWildcards) {
  std::vector all{connector("a-wild", {"*.example"}), connector("b-accepted", {"accepted"}),
                  connector("c-exact", {"own.example"})};
  EXPECT_EQ(taker(all, "own.example", kOnline, Accepted::yes), "c-exact");
  all.pop_back();
  EXPECT_EQ(taker(all, "own.example", kOnline, Accepted::yes), "b-accepted");
  EXPECT_EQ(taker(all, "own.example", kOnline, Accepted::no), "a-wild");
}

TEST(OutboundConnectors, TheLongerWildcardIsTheCloser) {
  const std::vector all{connector("a", {"*"}), connector("b", {"*.example"}),
                        connector("c", {"*.b.example"})};
  EXPECT_EQ(taker(all, "x.b.example"), "c");
  EXPECT_EQ(taker(all, "x.example"), "b");
  EXPECT_EQ(taker(all, "x.test"), "a");
}

TEST(OutboundConnectors, CostCountsAmongEqualsOnlyWithExchangeServer) {
  std::vector all{connector("a", {"x.example"}), connector("b", {"x.example"})};
  all[0].params.cost = 2;
  EXPECT_EQ(taker(all, "x.example", kServer), "b");
  EXPECT_EQ(taker(all, "x.example", kOnline), "a");
  all[1].params.domains = {"*"};
  EXPECT_EQ(taker(all, "x.example", kServer), "a");
}

TEST(OutboundConnectors, ADisabledOneAndOneForRulesTakeNothing) {
  std::vector all{connector("a", {"*"}), connector("b", {"*"}), connector("c", {"*"})};
  all[0].params.enabled = false;
  all[1].params.only_by_rule = true;
  EXPECT_EQ(taker(all, "x.example"), "c");
}

TEST(RuleS4_79, AFailedValidationDoesNotStopRouting) {
  std::vector all{connector("a", {"*"})};
  all[0].params.validated = false;
  EXPECT_EQ(taker(all, "x.example"), "a");
}

/// The problems of a connector with these keys, one a line.
std::string problems_of(std::vector<std::string> domains, std::string style, bool use_mx = false) {
  Setting table = make_table();
  table.set("domains", ValueType<std::vector<std::string>>::setting(domains));
  table.set("pattern_style", ValueType<std::string>::setting(std::move(style)));
  table.set("smart_hosts", ValueType<std::vector<std::string>>::setting({"host"}));
  table.set("use_mx", ValueType<bool>::setting(use_mx));
  Problems problems;
  read_params<OutboundConnectorParams>({table, "c", problems});
  std::string text;
  for (const Problem& problem : problems) text += problem.path + "\n";
  return text;
}

TEST(RuleS1_08, IisTakesEndingsButNoCatchAll) {
  EXPECT_EQ(problems_of({"*.com", "*.jp"}, "iis"), "");
  EXPECT_EQ(problems_of({"*"}, "iis"), "c.domains\n");
  EXPECT_EQ(problems_of({"*.*"}, "iis"), "c.domains\n");
  EXPECT_EQ(problems_of({"*"}, "exchange"), "");
}

TEST(OutboundConnectors, RefuseScopesAndTargetsThatMakeNoSense) {
  EXPECT_EQ(problems_of({"a.*.example"}, "exchange"), "c.domains\n");
  EXPECT_EQ(problems_of({}, "exchange"), "c.domains\n");
  EXPECT_EQ(problems_of({"*"}, "exchange", true), "c.use_mx\n");
}

}  // namespace
}  // namespace weir::routing
