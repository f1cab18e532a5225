#include "analysis/estimate/sequential_difference.h"

#include <array>
#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

using State = SequentialDifferences::State;

// Values that swing widely together, and differ by 3 +- `apart` in turn.
std::array<double, 2> pair_number(int i, double apart) {
  const double swing = 100.0 + 40.0 * std::sin(i);
  return {swing, swing + 3.0 + (i % 2 == 0 ? apart : -apart)};
}

std::uint64_t needed(double apart, Precision precision) {
  SequentialDifferences differences(2, precision);
  for (int i = 0; differences.state() == State::running; ++i)
    differences.add(pair_number(i, apart));
  return differences.state() == State::reached ? differences.count() : 0;
}

// Half-width t(n - 1) * apart * sqrt(n / (n - 1)) / sqrt(n) against 0.05 / 1.05 of about 100: with
// apart = 10 it is 4.75 at about n = 20.
TEST(SequentialDifferences, StopsByTheDifferenceAndNotByTheValues) {
  EXPECT_EQ(needed(0.1, {.relative_error = 0.05}), 10U) << "the swing of both does not matter";
  EXPECT_NEAR(static_cast<double>(needed(10.0, {.relative_error = 0.05})), 20.0, 2.0);
}

TEST(SequentialDifferences, EndsAtTheCap) {
  EXPECT_EQ(needed(10.0, {.relative_error = 0.05, .most = 15}), 0U);
}

TEST(SequentialDifferences, FindsThatEqualOnesAreEqual) {
  SequentialDifferences differences(3, {});
  for (int i = 0; i < 10; ++i) differences.add(std::array{1.0 * i, 1.0 * i, 1.0 * i});
  EXPECT_EQ(differences.state(), State::reached);
}

TEST(SequentialDifferences, WaitsForEveryAlternative) {
  SequentialDifferences differences(3, {.relative_error = 0.05});
  for (int i = 0; i < 10; ++i) {
    const auto [first, second] = pair_number(i, 0.1);
    differences.add(std::array{first, second, pair_number(i, 10.0)[1]});
  }
  EXPECT_EQ(differences.state(), State::running);
}

TEST(SequentialDifferences, CountsReplicationsWithoutAValueForTheCapAlone) {
  SequentialDifferences differences(2, {.most = 12});
  for (int i = 0; i < 12; ++i) {
    ASSERT_EQ(differences.state(), State::running);
    differences.add(std::array{1.0, i < 3 ? std::nan("") : 1.0});
  }
  EXPECT_EQ(differences.state(), State::not_reached) << "nine pairs are too few to stop by";
}

TEST(SequentialDifferences, RefusesWrongUse) {
  EXPECT_THROW(SequentialDifferences(1, {}), std::domain_error);
  EXPECT_THROW(SequentialDifferences(2, {.fewest = 5}), std::domain_error);
  SequentialDifferences differences(2, {.most = 10});
  EXPECT_THROW(differences.add(std::array{1.0}), std::domain_error);
  for (int i = 0; i < 10; ++i) differences.add(std::array{1.0, 2.0});
  EXPECT_THROW(differences.add(std::array{1.0, 2.0}), std::logic_error);
}

}  // namespace
}  // namespace weir::analysis
