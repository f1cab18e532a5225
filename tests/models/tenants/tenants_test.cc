#include "models/tenants/tenants.h"

#include "tests/models/make_model.h"

namespace weir::tenants {
namespace {

using Addresses = std::vector<std::uint32_t>;
constexpr double kNoReputation = std::numeric_limits<double>::quiet_NaN();

TenantsParams params(double spam = 0.0) {
  TenantsParams p;
  p.rate = {100'000, 24h};
  p.spam = {spam};
  return p;
}

Tenants tenants(const TenantsParams& p, const Addresses& normal = {5},
                const Addresses& high_risk = {}) {
  return Tenants(p, normal, high_risk, Calendar());
}

/// All that comes from one address in these hours.
Load sum(const Tenants& t, std::size_t stream, std::int64_t from, std::int64_t to) {
  Load all;
  for (std::int64_t hour = from; hour < to; ++hour) {
    const Load load = t.load(stream, hour);
    all.clean += load.clean;
    all.spam += load.spam;
  }
  return all;
}

TEST(Tenants, SendTheirRateOverWholeWeeks) {
  const Load week = sum(tenants(params(0.1)), 0, 0, 168);
  EXPECT_NEAR(week.total(), 700'000.0, 1.0);
  EXPECT_NEAR(week.spam, 70'000.0, 1.0);
}

TEST(Tenants, SentTheSameBeforeTheRun) {
  const Tenants t = tenants(params(0.1));
  EXPECT_EQ(t.first_hour(), -720);
  EXPECT_NEAR(sum(t, 0, -168, 0).total(), 700'000.0, 1.0);
  EXPECT_NEAR(t.load(0, -168 + 12).total(), t.load(0, 12).total(), 1.0);
}

TEST(Tenants, FollowTheHourAndTheDay) {
  const Tenants t = tenants(params());
  EXPECT_GT(t.load(0, 12).total(), 4 * t.load(0, 4).total());
  EXPECT_GT(sum(t, 0, 48, 72).total(), sum(t, 0, 144, 168).total());
}

TEST(Tenants, ShareTheirAddressesEvenly) {
  const Tenants one = tenants(params(0.1));
  const Tenants three = tenants(params(0.1), {5, 6, 8});
  EXPECT_EQ(three.address(2), 8U);
  std::uint32_t all = 0;
  for (std::size_t stream = 0; stream < 3; ++stream) all += three.load(stream, 12).total();
  EXPECT_EQ(all, one.load(0, 12).total());
  EXPECT_NEAR(three.load(0, 12).total(), three.load(1, 12).total(), 2.0);
}

TEST(Tenants, SendSpamByTheHighRiskPoolAndNothingElse) {
  const Tenants t = tenants(params(0.1), {5}, {9});
  EXPECT_EQ(sum(t, 0, 0, 168).spam, 0U);
  EXPECT_EQ(sum(t, 1, 0, 168).clean, 0U);
  EXPECT_NEAR(sum(t, 1, 0, 168).spam, 70'000.0, 1.0);
}

TEST(Tenants, SendSpamThatTheFilterMissedByTheCommonPool) {
  TenantsParams p = params(0.1);
  p.missed = {0.3};
  const Tenants t = tenants(p, {5}, {9});
  EXPECT_NEAR(sum(t, 0, 0, 168).spam, 21'000.0, 1.0);
  EXPECT_NEAR(sum(t, 1, 0, 168).spam, 49'000.0, 1.0);
}

TEST(Tenants, LeaveEvidenceOfWhatWasTaken) {
  TenantsParams p = params();
  p.unknown = {0.01};
  p.complaints = {0.001};
  p.spam_unknown = {0.5};
  p.spam_traps = {0.25};
  Tenants t = tenants(p);
  const throttle::Evidence e = t.taken(0, {.clean = 900, .spam = 100}, 1000, kNoReputation);
  EXPECT_EQ(e.recipients, 1000U);
  EXPECT_EQ(e.unknown, 9U + 50U);
  EXPECT_EQ(e.spam, 50U);
  EXPECT_EQ(e.traps, 25U);
  EXPECT_EQ(e.complaints, 0U);
}

TEST(Tenants, LoseNoShareToRounding) {
  TenantsParams p = params();
  p.unknown = {0.0};
  p.complaints = {0.0003};
  Tenants t = tenants(p);
  std::uint64_t complaints = 0;
  for (int hour = 0; hour < 1000; ++hour)
    complaints += t.taken(0, {.clean = 1000}, 1000, kNoReputation).complaints;
  EXPECT_NEAR(static_cast<double>(complaints), 300.0, 1.0);
}

TEST(Tenants, CountTheirCleanMailByWhatBecameOfIt) {
  TenantsParams p = params();
  p.unknown = {0.0};
  Tenants t = tenants(p);
  t.taken(0, {.clean = 1000}, 400, kNoReputation);
  EXPECT_EQ(t.totals().refused, 600U);
  EXPECT_EQ(t.totals().delivered(), 400U);
  t.start_counting();
  t.taken(0, {.clean = 1000}, 1000, 10.0);  // a poor address: +2 levels, 4 % at level 3 or 4
  EXPECT_EQ(t.totals().junked, 40U);
}

TEST(Tenants, ArePoorlyReceivedFromTheHighRiskPool) {
  Tenants t = tenants(params(), {5}, {9});
  t.taken(1, {.clean = 1000}, 1000, kNoReputation);
  EXPECT_EQ(t.totals().junked, 39U);  // of those who exist
}

TEST(TenantsParams, WantWeightsAndTwoPools) {
  const auto problems = [](const weir::testing::Keys& keys) {
    Problems found;
    const Setting table = weir::testing::table_of(keys);
    read_params<TenantsParams>({table, "it", found});
    return found.size();
  };
  EXPECT_EQ(problems({{"pool", "a"}, {"high_risk_pool", "b"}}), 0U);
  EXPECT_EQ(problems({{"pool", "a"}, {"high_risk_pool", "a"}}), 1U);
  EXPECT_EQ(problems({{"hours", std::vector<double>{1.0}}}), 1U);
  EXPECT_EQ(problems({{"days", std::vector<double>(7, 0.0)}}), 1U);
}

}  // namespace
}  // namespace weir::tenants
