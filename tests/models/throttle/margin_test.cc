/// The margin of an address: how near it has come to its limits, in a run and unopposed.

#include <gtest/gtest.h>

#include "tests/support/receiver.h"

namespace weir::testing {
namespace {

using throttle::AddressInfo;
using throttle::Margin;

constexpr double kExact = 1e-12;

TEST(Margin, IsTheLargestVolumeOverTheLimitSoFar) {
  Receiver receiver = receiver_with({{"probation", "1000/d"}, {"growth", 1}});
  EXPECT_EQ(receiver.standing(0h).margin, 0.0);
  ASSERT_TRUE(receiver.day_passes(0, 480));
  EXPECT_NEAR(receiver.standing(24h).margin, 0.48, kExact);
  ASSERT_TRUE(receiver.day_passes(1, 800));
  ASSERT_TRUE(receiver.day_passes(2, 100));
  EXPECT_NEAR(receiver.standing(72h).margin, 0.8, kExact) << "it never falls";
}

TEST(Margin, AnHourCountsBesideItsShare) {
  Receiver receiver = receiver_with({{"probation", "1000/d"}});
  ASSERT_TRUE(receiver.passes(5h, 200));
  EXPECT_NEAR(receiver.standing(6h).margin, 200.0 / 250.0, kExact);
}

TEST(Margin, IsAboveOneExactlyWhenSomethingWasRefused) {
  for (const std::uint32_t daily : {900U, 1000U, 1001U, 1300U}) {
    Receiver receiver = receiver_with({{"probation", "1000/d"}, {"growth", 1}});
    const bool passed = receiver.day_passes(0, daily);
    EXPECT_EQ(receiver.standing(24h).margin > 1.0, !passed) << daily;
    EXPECT_EQ(receiver.standing(24h).windows > 0, !passed) << daily;
  }
}

TEST(Margin, OutlivesTheHistory) {
  Receiver receiver =
      receiver_with({{"probation", "1000/d"}, {"growth", 1}, {"after_window", "deleted"}});
  ASSERT_FALSE(receiver.passes(0h, 500)) << "above the share of an hour";
  EXPECT_EQ(receiver.state(25h), throttle::AddressState::fresh);
  EXPECT_NEAR(receiver.standing(25h).margin, 2.0, kExact);
}

TEST(Margin, TheDomainsLimitCountsToo) {
  Receiver receiver =
      receiver_with({{"probation", "1000/d"}, {"domain_factor", 2}}, std::vector<AddressInfo>(4));
  for (int hour = 0; hour < 24; ++hour)
    for (std::uint32_t address = 0; address < 4; ++address)
      ASSERT_TRUE(receiver.passes(hour * 1h, 10, address));
  EXPECT_NEAR(receiver.standing(24h).margin, 960.0 / 2000.0, kExact);
}

// Unopposed.

TEST(Unopposed, NothingIsRefusedAndTheMarginGoesOn) {
  Receiver receiver = receiver_with({{"probation", "1000/d"}, {"growth", 1}});
  std::optional<Margin> margin;
  for (int hour = 0; hour < 24; ++hour) margin = receiver.policy().unopposed(at(hour * 1h), 0, 125);
  ASSERT_TRUE(margin);
  EXPECT_NEAR(margin->own, 3.0, kExact);
  EXPECT_EQ(receiver.standing(24h).windows, 0U);
}

TEST(Unopposed, AgreesWithARunUntilTheFirstRefusal) {
  Receiver run = receiver_with({{"probation", "700/d"}, {"growth", 1.4}, {"half_life", "30 h"}});
  Receiver unopposed =
      receiver_with({{"probation", "700/d"}, {"growth", 1.4}, {"half_life", "30 h"}});
  std::uint32_t hourly = 20;
  for (int hour = 0; hour < 200; ++hour) {
    if (hour % 24 == 23) hourly += hourly / 2;
    const auto margin = unopposed.policy().unopposed(at(hour * 1h), 0, hourly);
    ASSERT_TRUE(margin);
    const bool passes = run.passes(hour * 1h, hourly);
    EXPECT_EQ(passes, margin->own <= 1.0) << hour;
    if (!passes) return;
    EXPECT_NEAR(run.standing(hour * 1h).margin, margin->own, kExact) << hour;
  }
  FAIL() << "the plan was never too fast";
}

TEST(Unopposed, OwnAndSharedLimitsAreToldApart) {
  Receiver receiver =
      receiver_with({{"probation", "1000/d"}, {"domain_factor", 2}}, std::vector<AddressInfo>(4));
  std::optional<Margin> margin;
  for (std::uint32_t address = 0; address < 4; ++address)
    margin = receiver.policy().unopposed(at(0h), address, 200);
  ASSERT_TRUE(margin);
  EXPECT_NEAR(margin->own, 200.0 / 250.0, kExact);
  EXPECT_NEAR(margin->shared, 800.0 / 500.0, kExact);
}

TEST(Unopposed, AReputationThatWouldBeListedIsNoMargin) {
  Receiver receiver = receiver_with({{"probation", "100000/d"}});
  receiver.policy().unopposed(at(0h), 0, 5000);
  receiver.policy().judged(at(0h), 0, {.recipients = 5000, .complaints = 500});
  const auto margin = receiver.policy().unopposed(at(1h), 0, 1);
  ASSERT_TRUE(margin);
  EXPECT_EQ(margin->own, std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace weir::testing
