// S4-58 to S4-61 and vector V7: what an inbound connector does about throttling.

#include "tests/rules/throttling_scenario.h"

namespace weir::testing {
namespace {

Assignments connector(const std::string& type, const std::string& registered,
                      const std::string& propagation = "0 h") {
  return {"site.receiver.connector.own.type=" + type,
          R"(site.receiver.connector.own.addresses=["new"])",
          "site.receiver.connector.own.registered=" + registered,
          "site.receiver.connector.own.propagation=" + propagation};
}

TEST(RuleS4_58, AConnectorRegisteredBeforeKeepsTheAddressFromBeingThrottled) {
  const ScenarioRun run(kNewAddress, connector("organization", "0 h"));
  EXPECT_EQ(run.standing().windows, 0U);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 5000U);
  EXPECT_EQ(run.record().attempts.size(), 5000U) << "each at its first attempt";
}

TEST(RuleS4_58, ItHelpsOnlyTheAddressesItNames) {
  Assignments of_another = connector("organization", "0 h");
  of_another[1] = R"(site.receiver.connector.own.addresses=["other"])";
  const ScenarioRun run(kNewAddress + "[address.other]\n[pool.p]\naddresses = [\"new\"]\n",
                        of_another);
  EXPECT_GE(run.standing().windows, 1U);
}

TEST(RuleS4_59, RegisteringDuringAWindowDoesNotEndIt) {
  const ScenarioRun run(kNewAddress, connector("organization", "1 h"));
  EXPECT_EQ(run.count(Reply::accepted, 1ns, 24h), 0U);
  EXPECT_EQ(run.standing().windows, 1U) << "and keeps the next ones from opening";
  EXPECT_EQ(run.totals().of(Outcome::delivered), 5000U);
}

TEST(RuleS4_60, AConnectorTakesTimeToPropagate) {
  const Assignments late = connector("organization", "0 h", "2 h");
  Assignments early_burst{late};
  Assignments late_burst{late};
  early_burst.insert(early_burst.end(), {kLittleMail, burst_at("1 h")});
  late_burst.insert(late_burst.end(), {kLittleMail, burst_at("2 h")});
  EXPECT_EQ(ScenarioRun(kNewAddress, early_burst).standing().windows, 1U);
  EXPECT_EQ(ScenarioRun(kNewAddress, late_burst).standing().windows, 0U);
}

TEST(RuleS4_61, APartnerConnectorHasNoEffectAtAll) {
  const ScenarioRun with(kNewAddress, connector("partner", "0 h"));
  const ScenarioRun without(kNewAddress);
  EXPECT_GE(with.standing().windows, 1U);
  EXPECT_EQ(with.world().fingerprint(), without.world().fingerprint());
}

TEST(VectorV7, BeforeDuringAndOfTheWrongType) {
  const auto throttled = [](const Assignments& a) {
    return to_seconds(ScenarioRun(kNewAddress, a).standing().throttled) / 3600;
  };
  EXPECT_EQ(throttled(connector("organization", "0 h")), 0.0);
  EXPECT_EQ(throttled(connector("organization", "3 h")), 24.0);
  EXPECT_EQ(throttled(connector("partner", "0 h")), throttled({}));
  EXPECT_GE(throttled({}), 24.0);
}

}  // namespace
}  // namespace weir::testing
