#include "analysis/estimate/sensitivity.h"

#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <span>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

using Function = std::function<double(std::span<const double>)>;

// Points of Kronecker's sequence i alpha mod 1, with powers of the root of x^(d + 1) = x + 1: they
// fill the unit cube more evenly than chance.
class EvenPoints {
 public:
  explicit EvenPoints(std::size_t dimension) : steps_(dimension), at_(dimension, 0.5) {
    double root = 2.0;
    for (int i = 0; i < 60; ++i) {
      root = std::pow(1.0 + root, 1.0 / (static_cast<double>(dimension) + 1.0));
    }
    double step = 1.0;
    for (double& each : steps_) {
      step /= root;
      each = step;
    }
  }

  const std::vector<double>& next() {
    for (std::size_t i = 0; i < at_.size(); ++i) at_[i] = std::fmod(at_[i] + steps_[i], 1.0);
    return at_;
  }

 private:
  std::vector<double> steps_;
  std::vector<double> at_;
};

SobolRuns run_design(const Function& function, std::size_t factors, int points) {
  EvenPoints even(2 * factors);
  SobolRuns runs;
  runs.mixed.resize(factors);
  for (int i = 0; i < points; ++i) {
    const std::vector<double>& both = even.next();
    std::vector<double> a(both.begin(), both.begin() + static_cast<std::ptrdiff_t>(factors));
    const std::vector<double> b(both.begin() + static_cast<std::ptrdiff_t>(factors), both.end());
    runs.a.push_back(function(a));
    runs.b.push_back(function(b));
    for (std::size_t factor = 0; factor < factors; ++factor) {
      std::vector<double> mixed = a;
      mixed[factor] = b[factor];
      runs.mixed[factor].push_back(function(mixed));
    }
  }
  return runs;
}

// Ishigami and Homma (1990) with a = 7, b = 0.1, on [-pi, pi].
double ishigami(std::span<const double> u) {
  const auto angle = [&](std::size_t i) { return std::numbers::pi * (2.0 * u[i] - 1.0); };
  const double second = std::sin(angle(1));
  return std::sin(angle(0)) * (1.0 + 0.1 * std::pow(angle(2), 4.0)) + 7.0 * second * second;
}

// Sobol's g with a = 0, 1, 4.5, 9, 99, 99, 99, 99.
double sobol_g(std::span<const double> u) {
  constexpr std::array kA{0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
  double product = 1.0;
  for (std::size_t i = 0; i < kA.size(); ++i) {
    product *= (std::abs(4.0 * u[i] - 2.0) + kA[i]) / (1.0 + kA[i]);
  }
  return product;
}

void expect_share(SobolShare share, double first, double total, double within) {
  EXPECT_NEAR(share.first, first, within);
  EXPECT_NEAR(share.total, total, within);
}

TEST(SobolShares, AgreeForIshigami) {
  const SobolShares shares = sobol_shares(run_design(ishigami, 3, 40'000));
  EXPECT_NEAR(shares.variance, 13.844588, 0.05);
  expect_share(shares.inputs[0], 0.313905, 0.557589, 0.004);
  expect_share(shares.inputs[1], 0.442411, 0.442411, 0.004);
  expect_share(shares.inputs[2], 0.0, 0.243684, 0.004);
  EXPECT_FALSE(shares.noise);
}

TEST(SobolShares, AgreeForTheGFunction) {
  const SobolShares shares = sobol_shares(run_design(sobol_g, 8, 40'000));
  expect_share(shares.inputs[0], 0.7162, 0.7871, 0.01);
  expect_share(shares.inputs[1], 0.1790, 0.2422, 0.01);
  expect_share(shares.inputs[2], 0.0237, 0.0343, 0.01);
  expect_share(shares.inputs[3], 0.0072, 0.0105, 0.01);
  for (std::size_t i = 4; i < 8; ++i) expect_share(shares.inputs[i], 0.0001, 0.0001, 0.01);
}

// The values 1, -1 twice have the variance 4 / 3; the repetition is 1 apart in square, then 0.
TEST(SobolShares, StateTheShareOfTheNoise) {
  const SobolShares shares =
      sobol_shares({.a = {1.0, -1.0}, .b = {1.0, -1.0}, .mixed = {}, .again = {0.0, -1.0}});
  ASSERT_TRUE(shares.noise);
  EXPECT_DOUBLE_EQ(*shares.noise, 0.5 / (2.0 * 4.0 / 3.0));
}

TEST(SobolShares, RefuseWhatDoesNotFit) {
  EXPECT_THROW(sobol_shares({.a = {1.0}, .b = {1.0}, .mixed = {}, .again = {}}), std::domain_error);
  EXPECT_THROW(sobol_shares({.a = {1.0, 2.0}, .b = {1.0, 2.0}, .mixed = {{1.0}}, .again = {}}),
               std::domain_error);
  EXPECT_THROW(sobol_shares({.a = {1.0, 1.0}, .b = {1.0, 1.0}, .mixed = {}, .again = {}}),
               std::domain_error);
}

// y = 3 x_0 - 2 x_1 + x_0 x_1: the effect of x_0 is 3 + x_1, that of x_1 is -2 + x_0.
TEST(ElementaryEffects, AgreeWithValuesByHand) {
  const std::vector<double> points{0.0, 0.0, 0.5, 0.0, 0.5, 0.5,   // x_0 at x_1 = 0, x_1 at 0.5
                                   1.0, 1.0, 1.0, 0.5, 0.5, 0.5};  // x_1 at x_0 = 1, x_0 at 0.5
  std::vector<double> values;
  for (std::size_t i = 0; i < points.size(); i += 2) {
    values.push_back(3.0 * points[i] - 2.0 * points[i + 1] + points[i] * points[i + 1]);
  }
  const std::vector<ElementaryEffect> effects = elementary_effects(points, values, 2);
  EXPECT_DOUBLE_EQ(effects[0].mean, 3.25);
  EXPECT_DOUBLE_EQ(effects[0].mean_size, 3.25);
  EXPECT_DOUBLE_EQ(effects[0].deviation, std::sqrt(0.125));
  EXPECT_DOUBLE_EQ(effects[1].mean, -1.25);
  EXPECT_DOUBLE_EQ(effects[1].mean_size, 1.25);
  EXPECT_EQ(effects[1].count, 2U);
}

TEST(ElementaryEffects, RefuseWhatIsNoWalk) {
  const std::array values{1.0, 2.0, 3.0};
  const std::array both{0.0, 0.0, 0.5, 0.5, 1.0, 0.5};
  const std::array none{0.0, 0.0, 0.0, 0.0, 0.5, 0.0};
  const std::array twice{0.0, 0.0, 0.5, 0.0, 1.0, 0.0};
  EXPECT_THROW(elementary_effects(both, values, 2), std::domain_error);
  EXPECT_THROW(elementary_effects(none, values, 2), std::domain_error);
  EXPECT_THROW(elementary_effects(twice, values, 2), std::domain_error);
  EXPECT_THROW(elementary_effects(both, values, 1), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
