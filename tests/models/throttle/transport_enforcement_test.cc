#include "tests/models/throttle/policy_driver.h"

namespace weir::testing {
namespace {

using throttle::AddressInfo;

constexpr Duration kDay = 24h;

PolicyDriver enforcement(Keys keys = {}) {
  return PolicyDriver("transport-enforcement", keys, {AddressInfo{.outdated = true}, {}});
}

/// Minutes of the hour at `when` with that reply, to mail over a connector.
int minutes(PolicyDriver& site, Duration when, Reply reply, std::uint32_t address = 0) {
  int count = 0;
  for (Duration m = 0min; m < 1h; m += 1min)
    if (site.attempt({.now = at(when + m), .address = address, .exempt = true}).reply == reply)
      ++count;
  return count;
}

TEST(TransportEnforcement, OnlyReportsForAMonth) {
  PolicyDriver site = enforcement();
  EXPECT_EQ(minutes(site, 0h, Reply::accepted), 60);
  EXPECT_EQ(minutes(site, 30 * kDay - 1h, Reply::accepted), 60);
  EXPECT_EQ(minutes(site, 30 * kDay, Reply::accepted), 55);
}

TEST(TransportEnforcement, ClosesMoreOfEachHourStageByStage) {
  PolicyDriver site = enforcement();
  const std::vector<std::pair<int, int>> stages{{5, 0},   {10, 0},  {20, 0}, {20, 10},
                                                {20, 20}, {10, 50}, {0, 60}, {0, 60}};
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const Duration when = (30 + 10 * static_cast<int>(i)) * kDay;
    EXPECT_EQ(minutes(site, when, Reply::enforcement_throttled), stages[i].first) << i;
    EXPECT_EQ(minutes(site, when, Reply::enforcement_blocked), stages[i].second) << i;
  }
}

TEST(TransportEnforcement, ADeferralNamesTheMinuteThatIsOpenAgain) {
  PolicyDriver site = enforcement({{"report_only", "0 h"}});
  const auto refusal = site.attempt({.now = at(2h + 3min), .exempt = true});
  EXPECT_EQ(info(refusal.reply).code, "450 4.7.230");
  EXPECT_EQ(refusal.retry_at, at(2h + 5min));
}

TEST(TransportEnforcement, ConcernsOldServersOnConnectorsOnly) {
  PolicyDriver site = enforcement({{"elapsed", "200 d"}});
  EXPECT_EQ(minutes(site, 0h, Reply::enforcement_blocked, 0), 60);
  EXPECT_EQ(minutes(site, 0h, Reply::accepted, 1), 60) << "a server that is kept up to date";
  EXPECT_TRUE(site.attempt({.exempt = false}).accepts()) << "without a connector";
}

TEST(TransportEnforcement, APausePutsItOff) {
  PolicyDriver site = enforcement({{"pause", "90 d"}});
  EXPECT_EQ(minutes(site, 120 * kDay - 1h, Reply::accepted), 60);
  EXPECT_EQ(minutes(site, 120 * kDay, Reply::enforcement_throttled), 5);
  EXPECT_EQ(throttle_problems("transport-enforcement", {{"pause", "91 d"}}), 1U);
}

TEST(TransportEnforcement, RefusesAnHourOfMoreThanSixtyMinutes) {
  const std::vector<std::string> half{"31 min"};
  EXPECT_EQ(throttle_problems("transport-enforcement", {{"throttled", half}, {"blocked", half}}),
            1U);
}

}  // namespace
}  // namespace weir::testing
