// How often the best is found, and all comparisons with it hold together.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/estimate/comparison.h"
#include "analysis/estimate/selection.h"
#include "analysis/moments.h"
#include "tests/analysis/estimate/coverage.h"
#include "tests/analysis/estimate/noise.h"
#include "tests/support/statistics.h"

namespace weir::analysis {
namespace {

// The least that is compatible, at z = 5, with `held` of kThousands being a share of `promised`.
bool at_least(std::uint64_t held, double promised) {
  const auto count = static_cast<double>(kThousands);
  return static_cast<double>(held) >=
         count * promised - 5.0 * std::sqrt(count * promised * (1.0 - promised));
}

bool all_hold(const std::vector<AgainstBest>& results) {
  bool all = results.back().interval.contains(1.0);
  for (std::size_t i = 0; i + 1 < results.size(); ++i) {
    all = all && results[i].interval.contains(-1.0);
  }
  return all;
}

// Five alternatives, of which the last is best by 1, with a common part of the noise. Bonferroni's
// bounds promise 95 % for all five truths together, and mean somewhat more.
TEST(AgainstBestCoverage, IsAtLeastWhatBonferroniPromises) {
  Noise noise(51);
  std::uint64_t held = 0;
  for (std::uint64_t experiment = 0; experiment < kThousands; ++experiment) {
    std::vector<std::vector<double>> replications(5);
    for (int i = 0; i < 10; ++i) {
      const double common = 2.0 * noise.normal();
      for (auto& values : replications) values.push_back(common + noise.normal());
      replications.back().back() += 1.0;
    }
    held += all_hold(against_best(replications, Best::largest)) ? 1U : 0U;
  }
  EXPECT_TRUE(at_least(held, 0.95)) << held;
  EXPECT_LT(held, kThousands) << "as wide as that would say nothing";
}

// The least favourable means: all others exactly the zone behind.
TEST(KnSelection, IsRightAsOftenAsPromised) {
  Noise noise(52);
  std::uint64_t right = 0;
  for (std::uint64_t experiment = 0; experiment < kThousands; ++experiment) {
    KnSelection selection(4, {.indifference = 0.5});
    while (!selection.decided()) {
      std::vector<double> round;
      for (const std::size_t alternative : selection.remaining()) {
        round.push_back(noise.normal() + (alternative == 2 ? 0.5 : 0.0));
      }
      selection.add_round(round);
    }
    right += selection.remaining().front() == 2 ? 1U : 0U;
  }
  EXPECT_TRUE(at_least(right, 0.95)) << right;
}

// Ten alternatives with the means 0, 1, ..., 9 and a deviation of 6, as in the paper on OCBA.
constexpr std::array kMeans{0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0};
constexpr double kDeviation = 6.0;

using Counts = std::array<double, kMeans.size()>;

// How often the first is found the smallest, at least, by Bonferroni's inequality.
double promised_by(const Counts& counts) {
  double missed = 0.0;
  for (std::size_t i = 1; i < kMeans.size(); ++i) {
    const double error = kDeviation * std::sqrt(1.0 / counts[0] + 1.0 / counts[i]);
    missed += normal_cdf(-kMeans[i] / error);
  }
  return 1.0 - missed;
}

std::uint64_t count_right(std::uint64_t seed, const Counts& counts) {
  Noise noise(seed);
  std::uint64_t right = 0;
  for (std::uint64_t experiment = 0; experiment < kThousands; ++experiment) {
    std::array<double, kMeans.size()> found{};
    for (std::size_t i = 0; i < kMeans.size(); ++i) {
      found[i] = kMeans[i] + kDeviation / std::sqrt(counts[i]) * noise.normal();
    }
    right += std::ranges::min_element(found) == found.begin() ? 1U : 0U;
  }
  return right;
}

TEST(OcbaShares, FindTheBestMoreOftenThanEqualShares) {
  constexpr double kBudget = 1'000.0;
  const Counts variances = [] {
    Counts all;
    all.fill(kDeviation * kDeviation);
    return all;
  }();
  Counts equal;
  equal.fill(kBudget / kMeans.size());
  Counts shared;
  std::ranges::transform(ocba_shares(kMeans, variances, Best::smallest), shared.begin(),
                         [](double share) { return share * kBudget; });
  const std::uint64_t right = count_right(53, shared);
  EXPECT_TRUE(at_least(right, promised_by(shared))) << right;
  EXPECT_GT(promised_by(shared), promised_by(equal) + 0.05);
  EXPECT_GT(right, count_right(53, equal) + kThousands / 50);
}

}  // namespace
}  // namespace weir::analysis
