#include <gtest/gtest.h>

#include "tests/support/receiver.h"

namespace weir::testing {
namespace {

using throttle::AddressInfo;
using throttle::AddressState;

/// `count` addresses, each with a number of its own where `AddressInfo` is not given one.
std::vector<AddressInfo> one_subnet(std::uint32_t count) {
  std::vector<AddressInfo> addresses;
  for (std::uint32_t i = 0; i < count; ++i) addresses.push_back({.subnet = 7, .domain = i});
  return addresses;
}
std::vector<AddressInfo> one_domain(std::uint32_t count) {
  std::vector<AddressInfo> addresses;
  for (std::uint32_t i = 0; i < count; ++i) addresses.push_back({.subnet = i, .domain = 7});
  return addresses;
}
std::vector<AddressInfo> strangers(std::uint32_t count) {
  std::vector<AddressInfo> addresses;
  for (std::uint32_t i = 0; i < count; ++i) addresses.push_back({.subnet = i, .domain = i});
  return addresses;
}

/// How many of `addresses` may send 100 each, the probation of one, before something is refused.
std::uint32_t pass_before_a_window(const std::vector<AddressInfo>& addresses) {
  Receiver receiver = receiver_with({{"probation", "100/d"}, {"hour_share", "100 %"}}, addresses);
  std::uint32_t passed = 0;
  while (passed < addresses.size() && receiver.passes(0h, 100, passed)) ++passed;
  return passed;
}

TEST(HistoryWindowGroups, SplittingOverManyAddressesStopsHelping) {
  EXPECT_EQ(pass_before_a_window(strangers(50)), 50U);
  EXPECT_EQ(pass_before_a_window(one_subnet(50)), 20U) << "the domain factor";
  EXPECT_EQ(pass_before_a_window(one_domain(50)), 20U);
}

TEST(HistoryWindowGroups, CrossingTheLimitOfAGroupThrottlesAllItsAddresses) {
  auto addresses = one_subnet(22);
  addresses.back().subnet = 8;  // a neighbour, not in the group
  Receiver receiver = receiver_with({{"probation", "100/d"}, {"hour_share", "100 %"}}, addresses);
  for (std::uint32_t i = 0; i < 20; ++i) ASSERT_TRUE(receiver.passes(0h, 100, i));
  EXPECT_FALSE(receiver.passes(1h, 1, 20));
  for (std::uint32_t i = 0; i < 21; ++i)
    EXPECT_EQ(receiver.state(1h, i), AddressState::throttled) << i;
  EXPECT_TRUE(receiver.passes(1h, 100, 21));
}

TEST(HistoryWindowGroups, AnAddressBeyondItsOwnLimitIsThrottledAlone) {
  Receiver receiver = receiver_with({{"probation", "100/d"}}, one_subnet(2));
  ASSERT_FALSE(receiver.passes(0h, 101, 0));
  EXPECT_TRUE(receiver.passes(0h, 25, 1));
}

TEST(HistoryWindowGroups, AGroupHasAnHourlyShareToo) {
  Receiver receiver = receiver_with({{"probation", "100/d"}}, one_subnet(50));
  for (std::uint32_t i = 0; i < 20; ++i) ASSERT_TRUE(receiver.passes(0h, 25, i));
  EXPECT_FALSE(receiver.passes(0h, 25, 20)) << "25 % of 20 times 100 in one hour";
}

TEST(HistoryWindowGroups, AWindowAlreadyOpenIsNotMadeLonger) {
  Receiver receiver =
      receiver_with({{"probation", "100/d"}, {"hour_share", "100 %"}}, one_subnet(30));
  ASSERT_FALSE(receiver.passes(0h, 101, 29));
  for (std::uint32_t i = 0; i < 20; ++i) ASSERT_TRUE(receiver.passes(1h, 100, i));
  ASSERT_FALSE(receiver.passes(2h, 1, 20));
  EXPECT_EQ(receiver.attempt({.now = at(3h), .address = 29}).retry_at, at(24h));
  EXPECT_EQ(receiver.attempt({.now = at(3h), .address = 0}).retry_at, at(26h));
}

TEST(HistoryWindowGroups, TheHistoryOfTheGroupIsDeletedWithThoseOfItsAddresses) {
  for (const auto& [after, passes] : {std::pair("kept", false), std::pair("deleted", true)}) {
    Receiver receiver = receiver_with({{"probation", "100/d"},
                                       {"hour_share", "100 %"},
                                       {"window", "12 h"},
                                       {"after_window", after}},
                                      one_subnet(21));
    for (std::uint32_t i = 0; i < 20; ++i) ASSERT_TRUE(receiver.passes(0h, 100, i));
    ASSERT_FALSE(receiver.passes(1h, 1, 20));
    EXPECT_EQ(receiver.passes(13h, 1, 20), passes) << after;
  }
}

TEST(HistoryWindowGroups, TheBaselineOfAGroupLiftsItsLimit) {
  Receiver receiver =
      receiver_with({{"probation", "100/d"}, {"hour_share", "100 %"}}, one_subnet(20));
  for (int day = 0; day < 3; ++day)
    for (std::uint32_t i = 0; i < 20; ++i) ASSERT_TRUE(receiver.passes(day * 24h, 100, i));
  for (std::uint32_t i = 0; i < 20; ++i) EXPECT_TRUE(receiver.passes(72h, 300, i));
}

TEST(HistoryWindowGroups, ExemptMailOpensNoWindowOnTheGroup) {
  Receiver receiver = receiver_with({{"probation", "100/d"}}, one_subnet(2));
  EXPECT_TRUE(receiver.attempt({.now = at(0h), .recipients = 90'000, .exempt = true}).accepts());
  EXPECT_EQ(receiver.standing(0h, 1).windows, 0U);
  EXPECT_FALSE(receiver.passes(0h, 1, 1)) << "but it is history of the group";
}

}  // namespace
}  // namespace weir::testing
