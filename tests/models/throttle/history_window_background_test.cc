#include <random>

#include <gtest/gtest.h>

#include "models/reputation/reputation.h"
#include "tests/support/receiver.h"

// Mail of others that only its count stands for, beside the same mail sent one by one.

namespace weir::testing {
namespace {

using throttle::AddressInfo;
using throttle::AddressState;
using throttle::Standing;

const std::vector<AddressInfo> kAddresses{{1, 1}, {1, 2}, {2, 2}};

/// Two receivers of the same kind: one is told counts, the other each message.
class Twins {
 public:
  explicit Twins(const Keys& keys) : bulk_(keys, kAddresses), single_(keys, kAddresses) {}

  void send(SimTime now, std::uint32_t address, std::uint32_t recipients) {
    std::uint32_t passed = 0;
    for (std::uint32_t i = 0; i < recipients; ++i)
      passed += single_.attempt({.now = now, .address = address}).accepts() ? 1U : 0U;
    ASSERT_EQ(bulk_.policy().background(now, address, recipients), passed);
    accepted_ += passed;
    refused_ += recipients - passed;
  }

  void judge(SimTime now, std::uint32_t address, const throttle::Evidence& evidence) {
    bulk_.policy().judged(now, address, evidence);
    single_.policy().judged(now, address, evidence);
  }

  void expect_alike(SimTime now) {
    EXPECT_EQ(bulk_.policy().wake(now), single_.policy().wake(now));
    for (std::uint32_t i = 0; i < kAddresses.size(); ++i) {
      const Standing a = *bulk_.policy().standing(i, now);
      const Standing b = *single_.policy().standing(i, now);
      ASSERT_EQ(a.state, b.state);
      ASSERT_EQ(a.windows, b.windows);
      ASSERT_EQ(a.throttled, b.throttled);
      ASSERT_EQ(a.listings, b.listings);
      ASSERT_EQ(a.reputation, b.reputation);
      windows_ += a.windows;
      listings_ += a.listings;
    }
  }

  bool saw_everything() const {
    return accepted_ > 0 && refused_ > 0 && windows_ > 0 && listings_ > 0;
  }

 private:
  Receiver bulk_, single_;
  std::uint64_t accepted_ = 0, refused_ = 0, windows_ = 0, listings_ = 0;
};

Keys small(const char* in_window, const char* after_window) {
  return {{"probation", "300/d"},         {"growth", 1.5},
          {"domain_factor", 1.5},         {"window", "20.5 h"},
          {"in_window", in_window},       {"trickle_rate", "10/h"},
          {"after_window", after_window}, {"listing_recipients", 300.0}};
}

TEST(Background, CountsLikeTheSameMailOneByOne) {
  for (const char* in_window : {"closed", "trickle"})
    for (const char* after : {"kept", "deleted"}) {
      Twins twins(small(in_window, after));
      std::mt19937_64 bits(7);
      for (int hour = 0; hour < 3000; ++hour) {
        const SimTime now = at(hour * 1h + (bits() % 2) * 17min);
        const auto address = static_cast<std::uint32_t>(bits() % kAddresses.size());
        twins.send(now, address, static_cast<std::uint32_t>(bits() % (bits() % 9 == 0 ? 400 : 40)));
        const bool bad = hour / 200 % 4 == 3;
        twins.judge(now, address, {.recipients = 20, .complaints = bad ? 1U : 0U});
        twins.expect_alike(now);
        if (HasFatalFailure()) return;
      }
      EXPECT_TRUE(twins.saw_everything()) << in_window << ' ' << after;
    }
}

TEST(Background, OfBeforeTheRunIsAPastAndIsNeverRefused) {
  Receiver receiver({});
  for (int hour = -720; hour < 0; ++hour)
    EXPECT_EQ(receiver.policy().background(at(hour * 1h), 0, 40'000), 40'000U);
  EXPECT_EQ(receiver.state(0h), AddressState::known);
  EXPECT_EQ(receiver.policy().background(at(0h), 0, 40'000), 40'000U);
  EXPECT_TRUE(receiver.day_passes(1, 960'000));
}

TEST(Background, WithoutAPastIsRefusedAboveProbation) {
  Receiver receiver({});
  EXPECT_EQ(receiver.policy().background(at(0h), 0, 40'000), 2'250U);
  EXPECT_EQ(receiver.state(0h), AddressState::throttled);
}

TEST(Background, OfBeforeTheRunBringsItsReputation) {
  Receiver receiver({});
  for (int hour = -720; hour < 0; ++hour)
    receiver.policy().judged(at(hour * 1h), 0, {.recipients = 1000, .spam = 100});
  EXPECT_LT(receiver.standing(0h).reputation, 51.0);
  EXPECT_GT(receiver.standing(0h).reputation, 49.0);
}

TEST(Background, IsNothingToAPolicyThatKeepsNoCount) {
  Draw unused{0, Purpose{}, 0, 0};
  const auto none = make_model(throttle::catalogue(), "none");
  EXPECT_EQ(none->background(at(0h), 0, 1'000'000), 1'000'000U);
  EXPECT_TRUE(none->admit({.now = at(0h)}, unused).accepts());
}

TEST(Reputation, AddsCountsLikeSinglesToTheBitWhileNothingHasFaded) {
  const reputation::Rule rule;
  reputation::Reputation bulk;
  reputation::Reputation single;
  bulk.add({.recipients = 1000, .unknown = 3, .spam = 40, .traps = 2, .complaints = 1}, rule);
  for (std::uint32_t i = 0; i < 1000; ++i)
    single.add({.recipients = 1,
                .unknown = i < 3 ? 1U : 0U,
                .spam = i < 40 ? 1U : 0U,
                .traps = i < 2 ? 1U : 0U,
                .complaints = i < 1 ? 1U : 0U},
               rule);
  EXPECT_EQ(bulk.value(rule), single.value(rule));
}

}  // namespace
}  // namespace weir::testing
