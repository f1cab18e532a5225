// S0-01 to S0-12 and vector V15: delivery inside a system, DNS, and the filter in front.

#include "tests/rules/delays.h"
#include "tests/rules/rule_case.h"
#include "tests/support/statistics.h"

namespace weir::testing {
namespace {

constexpr std::uint32_t kBToA = 0;
constexpr std::uint32_t kOutsideToA = 2;
constexpr std::uint32_t kOutsideToB = 3;

const Assignments kSameServer{"organisation.b.server=s1"};
const Assignments kStaleAtA{R"(organisation.a.stale=["moved.example"])"};

/// a lives on s1, b on s2.
RuleCase tenants(const Assignments& changes = {}) { return RuleCase("two-tenants", changes); }

TEST(RuleS0_01, TheMxOfTheRecipientsDomainSaysWhichHostMailGoesTo) {
  const RuleCase moved = tenants({R"(domain."outside.example".mx=["10 new-home"])"});
  EXPECT_EQ(tenants().logged({"a-to-outside", "outside"}), 100U);
  EXPECT_EQ(moved.logged({"a-to-outside", "new-home"}), 100U);
}

TEST(RuleS0_02, OnTheSameServerMailIsHandedOverInsideWithoutAskingAnyHost) {
  const RuleCase run = tenants(kSameServer);
  EXPECT_EQ(run.logged({"b-to-a"}), 0U);
  EXPECT_EQ(run.traced({"b-to-a", "passed-on", "b"}), 100U);
  EXPECT_EQ(run.traced({"b-to-a", "delivered", "a"}), 100U);
}

TEST(RuleS0_02, LocalDeliveryTakesNoTimeOnTheWire) {
  EXPECT_EQ(delays_of(tenants(kSameServer).run(), kBToA), each(100, 0s));
}

TEST(RuleS0_03, AStaleDomainIsDeliveredInTheOldPlaceByEverybodyOnThatServer) {
  const RuleCase run = tenants(kSameServer + kStaleAtA);
  EXPECT_EQ(run.traced({"b-to-moved", "delivered", "a", "misplaced"}), 100U);
  EXPECT_EQ(run.logged({"b-to-moved"}), 0U);
  EXPECT_EQ(run.logged({"outside-to-moved", "new-home"}), 100U);
}

TEST(RuleS0_03, OthersDeliverItWhereItHasMovedTo) {
  const RuleCase run = tenants(kStaleAtA);
  EXPECT_EQ(run.traced({"misplaced"}), 0U);
  EXPECT_EQ(run.logged({"b-to-moved", "new-home"}), 100U);
}

TEST(RuleS0_04, TheMxNamesOfTwoOrganisationsLeadToTheSameServers) {
  const RuleCase run = tenants({R"(domain."a.example".mx=["10 exchange-online"])"});
  EXPECT_EQ(run.logged({"outside-to-a", "exchange-online"}), 100U);
  EXPECT_EQ(run.logged({"outside-to-b", "exchange-online"}), 100U);
  EXPECT_EQ(run.traced({"outside-to-a", "delivered", "a"}), 100U);
  EXPECT_EQ(run.traced({"outside-to-b", "delivered", "b"}), 100U);
}

TEST(RuleS0_05, TheFilterPassesMailOnByItsFixedWay) {
  const RuleCase run = tenants();
  EXPECT_EQ(run.logged({"outside-to-a", "outside-1", "filter"}), 100U);
  EXPECT_EQ(run.logged({"outside-to-a", "filter-1", "exchange-online"}), 100U);
}

TEST(RuleS0_05, WithoutTheFixedWayTheMxLeadsTheFilterToItself) {
  const RuleCase run = tenants({R"(system.filter.route.fixed.domains=["other.example"])"});
  EXPECT_EQ(run.traced({"outside-to-a", "failed", "550 5.4.14"}), 100U);
}

TEST(RuleS0_06, OutgoingMailGoesFromTheSystemsAddressToTheRecipientsMx) {
  const RuleCase run = tenants();
  EXPECT_EQ(run.logged({"a-to-outside"}), 100U) << "one hop";
  EXPECT_EQ(run.logged({"a-to-outside", "eo-1", "outside"}), 100U);
  EXPECT_EQ(run.traced({"a-to-outside", "sent", "a"}), 100U);
}

TEST(RuleS0_07, MailFromOutsidePassesTheFilterFirstAndIsLaterByAHopAndAScan) {
  const RuleCase run = tenants();
  EXPECT_EQ(delays_of(run.run(), kOutsideToB), each(100, 1s)) << "no filter in front";
  EXPECT_EQ(delays_of(run.run(), kOutsideToA), each(100, 1s + 2s + 1s));
}

TEST(RuleS0_08, BetweenDifferentServersMailLeavesAndComesBackThroughTheFilter) {
  const RuleCase run = tenants();
  EXPECT_EQ(run.logged({"b-to-a", "eo-1", "filter"}), 100U);
  EXPECT_EQ(run.logged({"b-to-a", "filter-1", "exchange-online"}), 100U);
  EXPECT_EQ(delays_of(run.run(), kBToA), each(100, 1s + 2s + 1s));
}

TEST(RuleS0_09, WhetherOrganisationsShareAServerIsNotKnownAndAMatterOfChance) {
  const Assignments unknown{"system.exchange-online.colocation=probability",
                            "system.exchange-online.colocation_share=30 %",
                            "source.b-to-a.arrivals.messages=1"};
  std::uint64_t local = 0;
  for (std::uint32_t receiver = 0; receiver < 100; ++receiver) {
    TestRun run(scenario_of(rule_scenario("two-tenants"), unknown, {.receiver = receiver}).world);
    run.until(0s);
    for (const TransportRecord& r : run.record.transports) local += r.bypassed ? 1U : 0U;
  }
  EXPECT_TRUE(check_share(local, 100, 0.3));
}

TEST(RuleS0_10, TheServerAloneDecidesWhetherTheMxIsAsked) {
  for (const auto& [server, asked] : {std::pair{"s1", 0U}, std::pair{"s2", 100U}}) {
    const RuleCase run = tenants({"organisation.b.server=" + std::string(server)});
    EXPECT_EQ(run.logged({"b-to-a", "eo-1"}), asked) << server << "; a lives on s1";
  }
}

TEST(RuleS0_11, LocalDeliveryBypassesWhatTheFilterWouldHaveStopped) {
  const Assignments refuses{R"(site.filter.outage.all={ until = "2 h", answer = "550 5.7.1" })"};
  const RuleCase apart = tenants(refuses);
  const RuleCase together = tenants(kSameServer + refuses);
  EXPECT_EQ(apart.logged({"b-to-a", "filter", "550 5.7.1"}), 100U);
  EXPECT_EQ(apart.traced({"b-to-a", "delivered"}), 0U);
  EXPECT_EQ(together.traced({"b-to-a", "delivered"}), 100U);
}

TEST(RuleS0_12, MailThatWentPastTheFilterIsMarkedInTheTrace) {
  EXPECT_EQ(tenants().traced({"filter-bypassed"}), 0U);
  const RuleCase together = tenants(kSameServer);
  EXPECT_EQ(together.traced({"filter-bypassed"}), 100U);
  EXPECT_EQ(together.traced({"filter-bypassed", "b-to-a"}), 100U);
}

TEST(VectorV15, OnOneServerPastTheFilterOnTwoByTheMx) {
  const RuleCase together = tenants(kSameServer);
  const RuleCase apart = tenants();
  EXPECT_EQ(together.logged({"b-to-a", "filter"}), 0U);
  EXPECT_EQ(apart.logged({"b-to-a", "filter"}), 100U);
  EXPECT_EQ(together.traced({"b-to-a", "delivered", "a"}), 100U);
  EXPECT_EQ(apart.traced({"b-to-a", "delivered", "a"}), 100U);
}

}  // namespace
}  // namespace weir::testing
