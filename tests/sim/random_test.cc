#include "sim/random.h"

#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/distribution.h"
#include "tests/support/statistics.h"

namespace weir {
namespace {

using testing::check_counts;
using testing::check_distribution;
using testing::check_mean;
using testing::check_share;

constexpr Purpose kPurpose{9};
constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

Draw draw(std::uint64_t entity, std::uint32_t ordinal = 0, StreamKey key = {}) {
  return {mix64(key), kPurpose, entity, ordinal};
}

TEST(Mix64, IsTheKnownOne) {
  EXPECT_EQ(mix64(std::uint64_t{0}), 0U);
  EXPECT_EQ(mix64(std::uint64_t{1}), 0x5692'161d'100b'05e5U);
  EXPECT_EQ(mix64(kMost), 0xb4d0'55fc'f2cb'bd7bU);
  // The first number of SplitMix64 from the state 0.
  EXPECT_EQ(mix64(std::uint64_t{0x9e37'79b9'7f4a'7c15}), 0xe220'a839'7b1d'cdafU);
}

TEST(Mix64, GivesEachStreamItsKey) {
  EXPECT_EQ(mix64(StreamKey{1, 0, 0}), 0xb18a'02f4'6d8d'86c3U);
  EXPECT_EQ(mix64(StreamKey{1, 2, 3}), 0x6ae5'15c1'c0ac'7e37U);
  EXPECT_EQ(mix64(StreamKey{2, 1, 3}), 0xe6f1'9ca5'78bd'2189U);
  EXPECT_EQ(mix64(StreamKey{kMost, kMost, kMost}), 0x40aa'389b'a7cc'36a4U);
}

TEST(Draw, IsPhiloxAsPublished) {
  // Random123's known answer for key 0 and counter 0: 6627e8d5 e169c58d bc57ac4c 9b00dbd8.
  Draw zero(0, Purpose{0}, 0, 0);
  EXPECT_EQ(zero(), 0xe169'c58d'6627'e8d5U);
  EXPECT_EQ(zero(), 0x9b00'dbd8'bc57'ac4cU);
  EXPECT_EQ(zero(), 0x5cb2'00db'f8e4'cca4U);
}

TEST(Draw, PutsItsKeyWhereItIsKnownToBe) {
  Draw retry(mix64(StreamKey{1, 0, 0}), Purpose{9}, std::uint64_t{3} << 48 | 77, 3);
  EXPECT_EQ(retry(), 0xa0f3'aec5'73b1'fc98U);
  EXPECT_EQ(retry(), 0x07d8'cc13'fc3e'dbbbU);
  EXPECT_EQ(retry(), 0x23ca'c2f6'2458'a9ecU);
  Draw last(mix64(StreamKey{7, 2, 5}), Purpose{255}, kMost, 0xff'ffff);
  EXPECT_EQ(last(), 0x2b15'8bc1'8b4b'a86fU);
}

TEST(Draw, ChangesWithEveryPartOfItsKey) {
  const std::uint64_t base = Draw(5, kPurpose, 1, 1)();
  EXPECT_NE(Draw(6, kPurpose, 1, 1)(), base);
  EXPECT_NE(Draw(5 | std::uint64_t{1} << 63, kPurpose, 1, 1)(), base);
  EXPECT_NE(Draw(5, Purpose{10}, 1, 1)(), base);
  EXPECT_NE(Draw(5, kPurpose, 2, 1)(), base);
  EXPECT_NE(Draw(5, kPurpose, 1 | std::uint64_t{1} << 63, 1)(), base);
  EXPECT_NE(Draw(5, kPurpose, 1, 2)(), base);
}

TEST(Draw, DoesNotDependOnEarlierDraws) {
  Chance alone(StreamKey{});
  const std::uint64_t expected = alone.draw(kPurpose, 8, 3)();
  Chance busy(StreamKey{});
  for (std::uint64_t entity = 0; entity < 100; ++entity) {
    Draw other = busy.draw(kPurpose, entity);
    busy.exponential(other, 1h);
  }
  EXPECT_EQ(busy.draw(kPurpose, 8, 3)(), expected);
}

TEST(Draw, CountsTheNumbersTaken) {
  Draw d = draw(1);
  EXPECT_EQ(d.draws(), 0U);
  d.uniform();
  d.below(7);
  d.happens({0.5});
  EXPECT_EQ(d.draws(), 3U);
}

TEST(Draw, PinsWhatTheDistributionsMakeOfIt) {
  // The same by every compiler and build type.
  EXPECT_EQ(draw(1).uniform(), 0x1.78661c7cad098p-2);
  EXPECT_EQ(draw(1).below(1'000'000), 367'577U);
  EXPECT_EQ(draw(1).exponential(), 0x1.d075495b5b833p-1);
  EXPECT_EQ(draw(1).normal(), 0x1.6c37719e905b8p-1);
}

std::vector<double> sample(std::size_t n, double (Draw::*take)()) {
  std::vector<double> numbers(n);
  for (std::size_t i = 0; i < n; ++i) {
    Draw d = draw(i);
    numbers[i] = (d.*take)();
  }
  return numbers;
}

TEST(Uniform, FillsTheIntervalFromZeroUpToOne) {
  const std::vector<double> numbers = sample(1'000'000, &Draw::uniform);
  for (const double x : numbers) ASSERT_TRUE(x >= 0.0 && x < 1.0);
  EXPECT_TRUE(check_distribution(numbers, [](double x) { return x; }));
}

TEST(Exponential, HasMeanOneAndItsDistribution) {
  const std::vector<double> numbers = sample(1'000'000, &Draw::exponential);
  EXPECT_TRUE(check_mean(numbers, 1.0));
  EXPECT_TRUE(check_distribution(numbers, [](double x) { return -std::expm1(-x); }));
}

TEST(Normal, IsTheStandardOne) {
  const std::vector<double> numbers = sample(1'000'000, &Draw::normal);
  EXPECT_TRUE(check_mean(numbers, 0.0));
  EXPECT_TRUE(check_distribution(numbers, analysis::normal_cdf));
}

TEST(Below, HitsEachNumberAlike) {
  for (const std::size_t n : {2U, 3U, 7U, 100U}) {
    std::vector<std::uint64_t> counts(n);
    for (std::uint64_t i = 0; i < 200'000; ++i) ++counts[draw(i).below(n)];
    EXPECT_TRUE(check_counts(counts, std::vector(n, 1.0 / static_cast<double>(n))));
  }
}

TEST(Below, IsUnbiasedForNumbersNearTheTop) {
  // By the remainder of a division, numbers below 2^62 would come twice as often as those above.
  constexpr std::uint64_t kRange = 3ULL << 62;
  std::array<std::uint64_t, 3> counts{};
  for (std::uint64_t i = 0; i < 300'000; ++i) ++counts[draw(i).below(kRange) >> 62];
  EXPECT_TRUE(check_counts(counts, std::array{1.0 / 3, 1.0 / 3, 1.0 / 3}));
}

TEST(Happens, AsOftenAsItsChanceSays) {
  for (const double chance : {0.003, 0.5, 0.97}) {
    std::uint64_t hits = 0;
    for (std::uint64_t i = 0; i < 200'000; ++i) hits += draw(i).happens({chance}) ? 1U : 0U;
    EXPECT_TRUE(check_share(hits, 200'000, chance));
  }
  EXPECT_FALSE(draw(1).happens({0.0}));
  EXPECT_TRUE(draw(1).happens({1.0}));
}

/// Products of pairs of uniform numbers, each moved to mean 0 and variance 1: their mean is the
/// correlation.
template <class First, class Second>
std::vector<double> products(First first, Second second) {
  std::vector<double> result;
  for (std::uint64_t i = 0; i < 200'000; ++i)
    result.push_back(12.0 * (first(i).uniform() - 0.5) * (second(i).uniform() - 0.5));
  return result;
}

TEST(NeighbouringKeys, AreUncorrelated) {
  for (const StreamKey other : {StreamKey{2, 0, 0}, StreamKey{1, 1, 0}, StreamKey{1, 0, 1},
                                StreamKey{0, 1, 0}, StreamKey{kMost, 0, 0}}) {
    const auto pairs = products([](std::uint64_t i) { return draw(i); },
                                [&](std::uint64_t i) { return draw(i, 0, other); });
    EXPECT_TRUE(check_mean(pairs, 0.0)) << other.seed << other.receiver << other.traffic;
  }
}

TEST(NeighbouringKeys, AreUncorrelatedAcrossAWholeRowOfReceiversAndTraffics) {
  const auto key = [](std::uint64_t i) { return StreamKey{1, i / 512, i % 512}; };
  const auto next = [](std::uint64_t i) { return StreamKey{1, i / 512, i % 512 + 1}; };
  EXPECT_TRUE(check_mean(products([&](std::uint64_t i) { return draw(1, 0, key(i)); },
                                  [&](std::uint64_t i) { return draw(1, 0, next(i)); }),
                         0.0));
}

TEST(NeighbouringDecisions, AreUncorrelated) {
  const auto entity = [](std::uint64_t i) { return draw(i); };
  EXPECT_TRUE(check_mean(products(entity, [](std::uint64_t i) { return draw(i + 1); }), 0.0));
  EXPECT_TRUE(check_mean(products(entity, [](std::uint64_t i) { return draw(i, 1); }), 0.0));
  EXPECT_TRUE(
      check_mean(products(entity, [](std::uint64_t i) { return draw(i, 0x80'0000); }), 0.0));
  EXPECT_TRUE(
      check_mean(products(entity, [](std::uint64_t i) { return draw(i | 1ULL << 48); }), 0.0));
}

TEST(NeighbouringDecisions, FillTheSquareEvenly) {
  // Sees what a correlation does not: the pair (ordinal n, ordinal n + 1) over 16 x 16 cells.
  std::vector<std::uint64_t> counts(256);
  for (std::uint64_t i = 0; i < 300'000; ++i)
    ++counts[draw(i, 0).below(16) * 16 + draw(i, 1).below(16)];
  EXPECT_TRUE(check_counts(counts, std::vector(256, 1.0 / 256)));
}

TEST(ToDuration, RoundsHalfUp) {
  std::uint64_t clamped = 0;
  const auto rounded = [&](double seconds) { return to_duration(seconds, 1h, clamped); };
  EXPECT_EQ(rounded(0.0), 0ns);
  EXPECT_EQ(rounded(0.4e-9), 0ns);
  EXPECT_EQ(rounded(0.5e-9), 1ns);
  EXPECT_EQ(rounded(1.5e-9), 2ns);
  EXPECT_EQ(rounded(2.5e-9), 3ns);
  EXPECT_EQ(rounded(-0.5e-9), 0ns);
  EXPECT_EQ(rounded(1.0), 1s);
  EXPECT_EQ(clamped, 0U);
}

TEST(ToDuration, LeavesWholeNanosecondsAsTheyAre) {
  std::uint64_t clamped = 0;
  for (const std::int64_t ns : {4'503'599'627'370'497, 4'503'599'627'370'499}) {
    const double seconds = static_cast<double>(ns) / 1e9;
    ASSERT_EQ(seconds * 1e9, static_cast<double>(ns)) << "no example of a whole number";
    EXPECT_EQ(to_duration(seconds, Duration::max(), clamped).count(), ns);
  }
}

TEST(ToDuration, ClampsWhatIsNegativeOrBeyondTheHorizonAndCountsIt) {
  std::uint64_t clamped = 0;
  EXPECT_EQ(to_duration(-1.0, 1h, clamped), 0s);
  EXPECT_EQ(clamped, 1U);
  EXPECT_EQ(to_duration(3'600.0, 1h, clamped), 1h);
  EXPECT_EQ(clamped, 1U);
  EXPECT_EQ(to_duration(3'600.1, 1h, clamped), 1h);
  EXPECT_EQ(clamped, 2U);
}

TEST(ToDuration, ClampsWhatNoIntegerHolds) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  std::uint64_t clamped = 0;
  EXPECT_EQ(to_duration(1e300, Duration::max(), clamped), Duration::max());
  EXPECT_EQ(to_duration(9'223'372'036.854775807, Duration::max(), clamped), Duration::max());
  EXPECT_EQ(to_duration(kInfinity, 1h, clamped), 1h);
  EXPECT_EQ(to_duration(-kInfinity, 1h, clamped), 0s);
  EXPECT_EQ(clamped, 4U);
}

TEST(ToDuration, NeverPassesAHorizonThatNoDoubleHolds) {
  constexpr Duration kHorizon((std::int64_t{1} << 53) + 3);  // the nearest double lies above it
  std::uint64_t clamped = 0;
  EXPECT_EQ(to_duration(9'007'199.254740996, kHorizon, clamped), kHorizon);
  EXPECT_EQ(clamped, 1U);
}

TEST(ToDurationDeathTest, RefusesWhatIsNoNumber) {
  std::uint64_t clamped = 0;
  EXPECT_DEATH(to_duration(std::nan(""), 1h, clamped), "from no number");
}

TEST(Chance, CountsItsClamps) {
  Chance chance(StreamKey{}, 1h);
  Draw d = chance.draw(kPurpose, 1);
  chance.duration(10.0);
  EXPECT_EQ(chance.clamped(), 0U);
  chance.duration(-10.0);
  chance.exponential(d, 1'000'000h);
  EXPECT_EQ(chance.clamped(), 2U);
}

TEST(Chance, DrawsExponentialDurationsOfTheMeanGiven) {
  Chance chance(StreamKey{});
  std::vector<double> seconds;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    Draw d = chance.draw(kPurpose, i);
    seconds.push_back(to_seconds(chance.exponential(d, 20min)));
  }
  EXPECT_TRUE(check_mean(seconds, 1'200.0));
}

}  // namespace
}  // namespace weir
