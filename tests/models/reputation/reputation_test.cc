#include "models/reputation/reputation.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/receiver.h"

namespace weir::reputation {
namespace {

using testing::at;
using testing::Receiver;
using testing::receiver_with;
using throttle::AddressState;

constexpr Rule kRule;

Reputation after(const throttle::Evidence& evidence) {
  Reputation reputation;
  reputation.add(evidence, kRule);
  return reputation;
}

TEST(Reputation, BeginsAtThePrior) { EXPECT_DOUBLE_EQ(Reputation().value(kRule), 70.0); }

TEST(Reputation, IsShrunkTowardsThePrior) {
  // (500 x 100 + 500 x 70) / 1000
  EXPECT_DOUBLE_EQ(after({.recipients = 500}).value(kRule), 85.0);
}

TEST(Reputation, WeighsEachKindOfEvidence) {
  // Of 1,500 recipients; (1500 x raw + 500 x 70) / 2000 with raw = 100 (1 - weight x 3 / 1500).
  EXPECT_DOUBLE_EQ(after({.recipients = 1500, .unknown = 3}).value(kRule), 0.75 * 99.6 + 17.5);
  EXPECT_DOUBLE_EQ(after({.recipients = 1500, .spam = 3}).value(kRule), 0.75 * 99.0 + 17.5);
  EXPECT_DOUBLE_EQ(after({.recipients = 1500, .complaints = 3}).value(kRule), 0.75 * 80.0 + 17.5);
  EXPECT_DOUBLE_EQ(after({.recipients = 1500, .traps = 3}).value(kRule), 17.5) << "never below 0";
}

TEST(Reputation, CutsTheLimitBelowSixtyOnly) {
  EXPECT_EQ(after({.recipients = 100'000, .complaints = 390}).share_of_limit(kRule), 1.0);
  // Raw 40: (1500 x 40 + 35,000) / 2000 = 47.5.
  EXPECT_DOUBLE_EQ(after({.recipients = 1500, .complaints = 9}).share_of_limit(kRule), 47.5 / 60);
  EXPECT_DOUBLE_EQ(after({.recipients = 100'000, .traps = 1000}).share_of_limit(kRule), 0.1);
}

TEST(Reputation, FadesByHalfInAHalfLife) {
  Reputation reputation = after({.recipients = 1000, .complaints = 5});
  reputation.roll_to(240, kRule);
  EXPECT_DOUBLE_EQ(reputation.value(kRule), (100.0 * (500 - 250) + 35'000) / 1000);
}

TEST(Reputation, OneLongRollIsManyShortOnes) {
  Reputation leap = after({.recipients = 1000, .complaints = 5});
  Reputation steps = leap;
  leap.roll_to(1000, kRule);
  for (std::int64_t hour = 1; hour <= 1000; ++hour) steps.roll_to(hour, kRule);
  EXPECT_NEAR(leap.value(kRule), steps.value(kRule), 1000 * 1e-13) << "a rounding error a step";
}

/// `days` of 125 recipients an hour with `complaints` among 1,000 of them.
void send(Reputation& reputation, std::int64_t from_day, std::int64_t days, double complaints) {
  double owed = 0.0;
  for (std::int64_t hour = 24 * from_day; hour < 24 * (from_day + days); ++hour) {
    reputation.roll_to(hour, kRule);
    owed += 0.125 * complaints;
    const auto due = static_cast<std::uint32_t>(owed);
    owed -= due;
    reputation.add({.recipients = 125, .complaints = due}, kRule);
  }
}

TEST(Reputation, OneComplaintInAThousandLeavesTheLimitWhole) {
  Reputation reputation;
  for (std::int64_t day = 0; day < 60; ++day) {
    send(reputation, day, 1, 1.0);
    ASSERT_EQ(reputation.share_of_limit(kRule), 1.0) << day;
  }
}

TEST(Reputation, OneComplaintInAHundredCutsTheLimitBelowHalfWithinThreeDays) {
  Reputation reputation;
  send(reputation, 0, 3, 10.0);
  EXPECT_LT(reputation.share_of_limit(kRule), 0.5);
}

TEST(Reputation, RecoversAtTheRateOfTheHalfLife) {
  Reputation reputation;
  send(reputation, 0, 10, 10.0);
  for (std::int64_t day = 10; day < 40; ++day) {
    // Per hour q = 2^(-1/240): n = 125 (1 + q + ...), complaints 1.25 of them, faded since day 10.
    const double q = std::exp2(-1.0 / 240.0);
    const double hours = 24.0 * static_cast<double>(day);
    const double n = 125.0 * (1.0 - std::pow(q, hours)) / (1.0 - q);
    const double bad = 125.0 * (1.0 - std::pow(q, 240.0)) / (1.0 - q) * std::pow(q, hours - 240.0);
    const double expected = (100.0 * std::max(0.0, n - bad) + 35'000.0) / (n + 500.0);
    // Whole complaints come up to an hour or so late: 100 of weight of one complaint.
    EXPECT_NEAR(reputation.value(kRule), expected, 100.0 * 100.0 / n) << day;
    send(reputation, day, 1, 0.0);
  }
  EXPECT_EQ(reputation.share_of_limit(kRule), 1.0);
}

TEST(Reputation, CondemnsBelowTwenty) {
  EXPECT_FALSE(after({.recipients = 1250, .traps = 1250}).condemns(kRule)) << "20.0";
  EXPECT_TRUE(after({.recipients = 1251, .traps = 1251}).condemns(kRule));
}

TEST(Reputation, CondemnsOnlyOnEnoughEvidence) {
  // The default prior alone keeps R above 20 for so long; a weaker one does not.
  const Rule rule{.prior_recipients = 10.0};
  EXPECT_FALSE(after({.recipients = 999, .traps = 999}).condemns(rule));
  EXPECT_TRUE(after({.recipients = 1000, .traps = 1000}).condemns(rule));
}

// As the receiver applies it.

TEST(ReputationAtTheReceiver, LowersTheLimitAndNeverLiftsIt) {
  // 5 complaints of 700: raw 28.57; (700 x 28.57 + 35,000) / 1200 = 45.83; 9000 x 45.83 / 60.
  for (const auto& [complaints, limit] : {std::pair(0U, 9000U), std::pair(5U, 6875U)}) {
    for (const std::uint32_t more : {0U, 1U}) {
      Receiver receiver = receiver_with({{"hour_share", "100 %"}});
      ASSERT_TRUE(receiver.passes(0h, 1)) << "it cuts within the hour, not at its end";
      receiver.policy().judged(at(0h), 0, {.recipients = 700, .complaints = complaints});
      EXPECT_EQ(receiver.passes(0h, limit - 1 + more), more == 0);
    }
  }
}

TEST(ReputationAtTheReceiver, ListsACondemnedAddressAtItsNextAttempt) {
  Receiver receiver = receiver_with({});
  receiver.policy().judged(at(0h), 0, {.recipients = 2000, .traps = 20});
  EXPECT_EQ(receiver.state(1h), AddressState::fresh);
  EXPECT_EQ(receiver.attempt({.now = at(1h), .exempt = true}).reply, Reply::banned_address);
  EXPECT_EQ(receiver.state(1h), AddressState::listed);
  EXPECT_EQ(receiver.standing(1h).windows, 0U);
  EXPECT_EQ(receiver.state(49h), AddressState::fresh);
  EXPECT_TRUE(receiver.passes(49h, 1)) << "the evidence went with the history";
}

TEST(ReputationAtTheReceiver, AWindowDelaysTheListing) {
  Receiver receiver = receiver_with({});
  ASSERT_FALSE(receiver.passes(0h, 9001));
  receiver.policy().judged(at(1h), 0, {.recipients = 2000, .traps = 20});
  EXPECT_EQ(receiver.attempt({.now = at(2h)}).reply, Reply::throttled_denied);
  EXPECT_EQ(receiver.attempt({.now = at(24h)}).reply, Reply::banned_address);
}

}  // namespace
}  // namespace weir::reputation
