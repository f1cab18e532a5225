#include <gtest/gtest.h>

#include "models/tenants/tenants.h"
#include "tests/models/make_model.h"

// What the high-risk pool is for: the clean mail of the other tenants at a receiver that compares
// an address with its own past, over 60 days behind a month of the same.

namespace weir::tenants {
namespace {

using weir::testing::at;

constexpr std::int64_t kHours = 60 * 24;

/// The traffic of one hour, as the world passes it to a site.
void pass_hour(Tenants& tenants, throttle::Policy& site, std::int64_t hour) {
  const SimTime now = at(hour * 1h);
  for (std::size_t stream = 0; stream < tenants.size(); ++stream) {
    const std::uint32_t address = tenants.address(stream);
    const Load load = tenants.load(stream, hour);
    const std::uint32_t accepted = site.background(now, address, load.total());
    const double reputation = site.standing(address, now)->reputation;
    site.judged(now, address, tenants.taken(stream, load, accepted, reputation));
  }
}

enum class Pools { one, two };

/// The share of the clean mail that reaches inboxes, of that to recipients who exist.
double delivered(double spam, Pools pools) {
  TenantsParams params;
  params.spam = {spam};
  std::vector<std::uint32_t> high_risk;
  if (pools == Pools::two) high_risk = {2};
  Tenants tenants(params, {0, 1}, high_risk, Calendar());
  const std::vector<throttle::AddressInfo> addresses{{1, 1}, {1, 1}, {2, 2}};
  const auto site = weir::testing::make_model(throttle::catalogue(), "history-window");
  site->prepare(addresses);
  for (std::int64_t hour = tenants.first_hour(); hour < 0; ++hour) pass_hour(tenants, *site, hour);
  tenants.start_counting();
  for (std::int64_t hour = 0; hour < kHours; ++hour) pass_hour(tenants, *site, hour);
  const Totals& totals = tenants.totals();
  return static_cast<double>(totals.delivered()) /
         static_cast<double>(totals.offered - totals.unknown);
}

TEST(HighRiskPool, ProtectsNothingWhereThereIsNoSpam) {
  EXPECT_EQ(delivered(0.0, Pools::one), 1.0);
  EXPECT_EQ(delivered(0.0, Pools::two), 1.0);
}

TEST(HighRiskPool, ProtectsLittleAtTwoPercentSpam) {
  EXPECT_EQ(delivered(0.02, Pools::one), 1.0);
  EXPECT_EQ(delivered(0.02, Pools::two), 1.0);
}

TEST(HighRiskPool, KeepsTheCleanMailOutOfJunkAtTenPercentSpam) {
  EXPECT_LT(delivered(0.1, Pools::one), 0.97);
  EXPECT_EQ(delivered(0.1, Pools::two), 1.0);
}

}  // namespace
}  // namespace weir::tenants
