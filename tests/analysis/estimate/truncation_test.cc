#include "analysis/estimate/truncation.h"

#include <array>
#include <numeric>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/analysis/estimate/minstd_series.h"

namespace weir::analysis {
namespace {

TEST(MinstdSeries, IsTheOnePublished) {
  const std::vector<double> series = minstd_series(20'000);
  constexpr std::array kFirst{44.755323910063396, 41.07072328746763, 36.71641584942052,
                              31.84828406870002, 28.107952369827};
  for (std::size_t i = 0; i < kFirst.size(); ++i) EXPECT_NEAR(series[i], kFirst[i], 1e-12);
  EXPECT_NEAR(std::accumulate(series.begin(), series.end(), 0.0) / 20'000.0, 0.13279644, 5e-9);
}

TEST(TransientLength, IsTwentyFiveForTheMinstdSeries) {
  EXPECT_EQ(transient_length(minstd_series(20'000)), 25U);
  EXPECT_EQ(transient_length(minstd_series(2'000)), 25U);
  EXPECT_EQ(transient_length(minstd_series(2'000), 1), 25U);
}

TEST(TransientLength, FindsAStep) {
  std::vector<double> series(200, 0.0);
  for (std::size_t i = 0; i < 200; ++i) series[i] = (i < 30 ? 50.0 : 0.0) + (i % 2 == 0 ? 1 : -1);
  EXPECT_EQ(transient_length(series), 30U);
}

// What rises to its end has no steady state that this run has seen.
TEST(TransientLength, AsksForALongerRunWhenTheBestCutIsTheLastAllowed) {
  std::vector<double> series(1'000);
  std::iota(series.begin(), series.end(), 0.0);
  EXPECT_EQ(transient_length(series), std::nullopt);
}

TEST(TransientLength, AsksForALongerRunBelowTenBatches) {
  EXPECT_EQ(transient_length(std::vector<double>(49, 1.0)), std::nullopt);
  EXPECT_EQ(transient_length(std::vector<double>(50, 1.0)), 0U);
  EXPECT_THROW(transient_length(std::vector<double>(50, 1.0), 0), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
