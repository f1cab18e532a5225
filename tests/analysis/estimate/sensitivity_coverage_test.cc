// How noise that differs from run to run goes into the shares of the inputs.

#include <vector>

#include <gtest/gtest.h>

#include "analysis/estimate/sensitivity.h"
#include "tests/analysis/estimate/noise.h"
#include "tests/support/statistics.h"

namespace weir::analysis {
namespace {

using testing::check_mean;

// What comes out is the first input and noise, both of variance 1 / 12; the second does nothing.
SobolRuns noisy_runs(Noise& noise, int points) {
  SobolRuns runs;
  runs.mixed.resize(2);
  for (int i = 0; i < points; ++i) {
    const double a = noise.uniform();
    const double b = noise.uniform();
    runs.a.push_back(a + noise.uniform());
    runs.b.push_back(b + noise.uniform());
    runs.mixed[0].push_back(b + noise.uniform());
    runs.mixed[1].push_back(a + noise.uniform());
    runs.again.push_back(a + noise.uniform());
  }
  return runs;
}

// Half of the variance is no input's: it is missing in `first`, and each `total` has it besides.
TEST(SobolShares, AreAttenuatedByTheShareOfTheNoise) {
  Noise noise(61);
  std::vector<double> stated;
  std::vector<double> first;
  std::vector<double> total;
  std::vector<double> idle;
  for (int design = 0; design < 1'000; ++design) {
    const SobolShares shares = sobol_shares(noisy_runs(noise, 2'000));
    stated.push_back(*shares.noise);
    first.push_back(shares.inputs[0].first);
    total.push_back(shares.inputs[0].total);
    idle.push_back(shares.inputs[1].total);
  }
  EXPECT_TRUE(check_mean(stated, 0.5));
  EXPECT_TRUE(check_mean(first, 0.5));
  EXPECT_TRUE(check_mean(total, 1.0));
  EXPECT_TRUE(check_mean(idle, 0.5));
}

}  // namespace
}  // namespace weir::analysis
