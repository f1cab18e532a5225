// How often intervals over independent replications hold the truth: what theory gives.

#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/estimate/comparison.h"
#include "analysis/estimate/replication.h"
#include "analysis/estimate/variance_share.h"
#include "tests/analysis/estimate/coverage.h"
#include "tests/analysis/estimate/noise.h"
#include "tests/analysis/estimate/queue_theory.h"
#include "tests/support/statistics.h"

namespace weir::analysis {
namespace {

using testing::check_share;

// Student's interval is exact for normal replications, however few.
TEST(ReplicationCoverage, IsExactForNormalReplications) {
  Noise noise(31);
  const std::uint64_t held = count_held(3.0, [&] {
    std::vector<double> replications;
    for (int i = 0; i < 5; ++i) replications.push_back(3.0 + 2.0 * noise.normal());
    return estimate_replications(replications).interval;
  });
  EXPECT_TRUE(check_share(held, kThousands, 0.95));
}

TEST(PairedCoverage, IsExactForNormalDifferences) {
  Noise noise(32);
  const std::uint64_t held = count_held(1.0, [&] {
    std::vector<double> a;
    std::vector<double> b;
    for (int i = 0; i < 5; ++i) {
      const double common = std::exp(3.0 * noise.normal());
      a.push_back(common);
      b.push_back(common + 1.0 + noise.normal());
    }
    return paired_difference(a, b).estimate.interval;
  });
  EXPECT_TRUE(check_share(held, kThousands, 0.95));
}

// The mean of normal values says nothing about their spread, so that with stops that look at the
// spread alone, n replications are within w of the truth with the chance 2 Phi(w sqrt(n) / s) - 1
// (Starr 1966). Here w is 1 % over 1.01 of a mean that all but stands still.
TEST(SequentialCoverage, IsThatOfTheReplicationsItTook) {
  Noise noise(33);
  std::uint64_t held = 0;
  double expected = 0.0;
  for (std::uint64_t i = 0; i < kThousands; ++i) {
    SequentialMean mean({.relative_error = 0.01});
    while (mean.state() == SequentialMean::State::running) mean.add(100.0 + 4.0 * noise.normal());
    const double allowed = 100.0 * 0.01 / 1.01;
    held += std::abs(mean.estimate().value - 100.0) <= allowed ? 1U : 0U;
    expected +=
        2.0 * normal_cdf(allowed * std::sqrt(static_cast<double>(mean.count())) / 4.0) - 1.0;
  }
  expected /= static_cast<double>(kThousands);
  EXPECT_TRUE(check_share(held, kThousands, expected));
  EXPECT_LT(expected, 0.95) << "looking after each replication costs some confidence";
  EXPECT_GT(expected, 0.92);
}

// Law and Kelton: 25 customers of a queue that starts empty, an hour being one gap.
TEST(ColdQueue, WaitsAsLongAsSpitzerSays) {
  Noise noise(34);
  std::vector<double> means;
  for (int run = 0; run < 40'000; ++run) {
    double wait = 0.0;
    double sum = 0.0;
    for (int customer = 0; customer < 25; ++customer) {
      sum += wait;
      wait = std::max(0.0, wait + 0.9 * noise.exponential() - noise.exponential());
    }
    means.push_back(sum / 25.0);
  }
  const Estimate estimate = estimate_replications(means, Probability{0.999'999});
  EXPECT_TRUE(estimate.interval.contains(2.1245));
  EXPECT_LT(estimate.interval.half_width(), 0.06);
}

// Groups that vary by 4 and replications that vary by 1: shares 0.8 and 0.2. The interval is exact
// for normal parts, however few the groups.
TEST(VarianceShareCoverage, IsExactForThePlantedModel) {
  Noise noise(35);
  const std::uint64_t held = count_held(0.8, [&] {
    std::vector<double> values;
    for (int i = 0; i < 10; ++i) {
      const double group = 2.0 * noise.normal();
      for (int j = 0; j < 2; ++j) values.push_back(group + noise.normal());
    }
    return variance_shares(values, 2).between_share.interval;
  });
  EXPECT_TRUE(check_share(held, kThousands, 0.95));
}

}  // namespace
}  // namespace weir::analysis
