// S4-63 to S4-67 and vector V1: warming an address up.

#include "tests/rules/throttling_scenario.h"

namespace weir::testing {
namespace {

const std::string kMonth = kNewAddress + R"(
[plan.warmup]
model = "flat"
volume = 90000
)";

Assignments month(const std::string& days) {
  return {"horizon=40 d", "source.mail.arrivals.messages=90000", "source.mail.plan=warmup",
          "plan.warmup.days=" + days, "site.receiver.throttle.ip.probation=9000/d"};
}

std::vector<std::uint64_t> flat(std::size_t days, std::uint64_t daily) {
  std::vector<std::uint64_t> volumes(days, daily);
  volumes.push_back(0);
  return volumes;
}

TEST(RuleS4_63, ASharedAddressNeedsTheMailOfAllRaisedGradually) {
  const std::string shared = kNewAddress + R"(
[source.others]
arrivals = { model = "campaign", messages = 15000 }
[plan.warmup]
model = "geometric"
first = 400
factor = 1.3
)";
  const Assignments at_once{"horizon=20 d"};
  const Assignments raised{"horizon=20 d", "source.mail.plan=warmup", "source.others.plan=warmup"};
  EXPECT_GE(ScenarioRun(shared, at_once).standing().windows, 1U);
  const ScenarioRun run(shared, raised);
  EXPECT_EQ(run.standing().windows, 0U);
  EXPECT_EQ(run.totals(0).of(Outcome::delivered) + run.totals(1).of(Outcome::delivered), 20'000U);
}

TEST(RuleS4_63, WhatThePlanHoldsMayGoToWarmAddressesAtOnce) {
  const std::string pool = kNewAddress + R"(
[address.warm]
ip = "198.51.100.10"
[pool.all]
addresses = ["new", "warm"]
selection = { model = "overflow", to = ["warm"] }
[plan.warmup]
model = "flat"
volume = 3000
days = 30
)";
  const Assignments warm_up{"source.mail.plan=warmup",
                            "site.receiver.throttle.ip.probation=90000/d"};
  const ScenarioRun run(pool, warm_up);
  EXPECT_EQ(run.released_by_day(2), (std::vector<std::uint64_t>{5000, 0})) << "nothing is late";
  const auto from = [&](std::uint32_t address) {
    return std::ranges::count_if(run.record().attempts, [&](const AttemptRecord& a) {
      return run.world().lanes()[a.lane].address == address;
    });
  };
  EXPECT_EQ(from(0), 1) << "the plan's first slot";
  EXPECT_EQ(from(1), 4999);
}

TEST(RuleS4_64, AThirtiethADayForThirtyDays) {
  const ScenarioRun run(kMonth, month("30"));
  EXPECT_EQ(run.released_by_day(31), flat(30, 3000));
  EXPECT_EQ(run.standing().windows, 0U);
}

TEST(RuleS4_65, AFifteenthADayForFifteenDays) {
  const ScenarioRun run(kMonth, month("15"));
  EXPECT_EQ(run.released_by_day(16), flat(15, 6000));
}

TEST(RuleS4_66, ThrottlingReducesTheCount) {
  Assignments strict = month("30");
  strict.push_back("site.receiver.throttle.ip.probation=2500/d");
  strict.push_back("plan.warmup.cut=50 %");
  strict.push_back("plan.warmup.hold=24 h");
  strict.push_back("plan.warmup.resume=0 %");
  const ScenarioRun run(kMonth, strict);
  const auto released = run.released_by_day(8);
  EXPECT_LT(released[0], 3000U) << "throttled at 2,500 within the first day";
  EXPECT_LE(released[1], 1500U);
  EXPECT_LE(released[7], 1500U);
  EXPECT_EQ(run.standing().windows, 1U) << "half of it passes";
}

TEST(RuleS4_66, AReducedCountComesBackStepByStep) {
  Assignments strict = month("30");
  strict.push_back("site.receiver.throttle.ip.probation=2500/d");
  strict.push_back("plan.warmup.hold=24 h");
  strict.push_back("plan.warmup.resume=25 %");
  const auto released = ScenarioRun(kMonth, strict).released_by_day(8);
  EXPECT_LT(released[1], released[3]);
  EXPECT_EQ(released[7], 3000U);
}

TEST(RuleS4_67, WhatWasSentIsForgottenAfterAMonth) {
  const Assignments soon{kTenQuietDays, burst_at("241 h"), "horizon=50 d"};
  const Assignments after_a_month{kTenQuietDays, burst_at("984 h"), "horizon=50 d"};
  EXPECT_EQ(ScenarioRun(kNewAddress, soon).standing().windows, 0U);
  EXPECT_EQ(ScenarioRun(kNewAddress, after_a_month).standing().windows, 1U);
}

TEST(VectorV1, NinetyThousandAMonth) {
  for (const auto& [days, daily] : {std::pair{30U, 3000U}, std::pair{15U, 6000U}}) {
    const ScenarioRun run(kMonth, month(std::to_string(days)));
    EXPECT_EQ(run.released_by_day(days + 1), flat(days, daily));
    EXPECT_EQ(run.totals().of(Outcome::delivered), 90'000U);
  }
}

}  // namespace
}  // namespace weir::testing
