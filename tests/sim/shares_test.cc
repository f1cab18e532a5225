#include "sim/shares.h"

#include <cmath>

#include <gtest/gtest.h>

#include "sim/random.h"
#include "tests/support/statistics.h"

namespace weir {
namespace {

Draw dice(std::uint64_t n) { return {mix64(StreamKey{}), Purpose{255}, n, 0}; }

/// One share after the other.
std::size_t literal_at(const std::vector<double>& shares, double place) {
  double sum = 0.0;
  for (const double share : shares) sum += share;
  double end = 0.0;
  for (std::size_t i = 0; i < shares.size(); ++i)
    if (place * sum < (end += shares[i])) return i;
  return shares.size() - 1;
}

TEST(Shares, AreWhatOneShareAfterTheOtherGives) {
  for (const std::size_t n : {1U, 2U, 3U, 10U, 100U, 1'000U}) {
    Draw draw = dice(n);
    std::vector<double> given(n);
    for (double& share : given) share = draw.below(4) == 0 ? 0.0 : std::exp(3.0 * draw.normal());
    const Shares shares(given);
    for (int i = 0; i < 2'000; ++i) {
      const double place = draw.uniform();
      ASSERT_EQ(shares.at(place), literal_at(given, place)) << n << " shares, at " << place;
    }
  }
}

TEST(Shares, HoldAtTheEndsOfTheLineAndOfEachShare) {
  const std::vector<double> given{1, 2, 0, 1, 4};
  const Shares shares(given);
  const double almost_one = std::nextafter(1.0, 0.0);
  EXPECT_EQ(shares.at(0.0), 0U);
  EXPECT_EQ(shares.at(almost_one), 4U);
  for (int eighth = 1; eighth < 8; ++eighth) {
    const double place = eighth / 8.0;
    EXPECT_EQ(shares.at(place), literal_at(given, place));
    EXPECT_EQ(shares.at(std::nextafter(place, 0.0)), literal_at(given, std::nextafter(place, 0.0)));
  }
}

TEST(Shares, OfManyThingsAreTakenAsOftenAsTheyShould) {
  const Shares shares(std::vector<double>{1, 3, 4, 2});
  std::vector<std::uint64_t> counts(4);
  Draw draw = dice(0);
  for (int i = 0; i < 10'000; ++i) ++counts[shares.at(draw.uniform())];
  EXPECT_TRUE(testing::check_counts(counts, std::vector{0.1, 0.3, 0.4, 0.2}));
}

}  // namespace
}  // namespace weir
