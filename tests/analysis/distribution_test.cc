#include "analysis/distribution.h"

#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include <gtest/gtest.h>

// Expected values without a source were computed with mpmath to 40 digits.

namespace weir::analysis {
namespace {

// Within `share` of the truth: what the implementation claims, not a statistical tolerance.
::testing::AssertionResult agrees(double value, double truth, double share = 4e-15) {
  if (std::abs(value - truth) <= share * std::abs(truth)) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure()
         << value << " differs from " << truth << " by " << value / truth - 1.0;
}

TEST(NormalQuantile, AgreesToFifteenDigits) {
  EXPECT_TRUE(agrees(normal_quantile(0.975), 1.9599639845400542, 1e-15));
  EXPECT_TRUE(agrees(normal_quantile(0.6), 0.2533471031357998, 1e-15));
  EXPECT_TRUE(agrees(normal_quantile(0.99), 2.3263478740408411, 1e-15));
  EXPECT_TRUE(agrees(normal_quantile(1e-10), -6.3613409024040562, 1e-15));
  EXPECT_TRUE(agrees(normal_quantile(1e-300), -37.047096299361199, 1e-15));
  EXPECT_EQ(normal_quantile(0.5), 0.0);
}

TEST(NormalQuantile, UndoesTheDistribution) {
  for (double z = -8.0; z < 0.0; z += 0.37) {
    EXPECT_TRUE(agrees(normal_quantile(normal_cdf(z)), z, 1e-14)) << z;
  }
}

TEST(NormalCdf, IsPreciseInTheTail) {
  EXPECT_TRUE(agrees(2.0 * normal_cdf(-5.0), 5.7330314375838782e-7));
  EXPECT_EQ(normal_cdf(0.0), 0.5);
}

// Law, "Simulation Modeling and Analysis", table T.1, and any table of Student's t.
TEST(StudentTQuantile, AgreesWithTheTables) {
  EXPECT_TRUE(agrees(student_t_quantile(0.975, 9), 2.2621571627982055));
  EXPECT_TRUE(agrees(student_t_quantile(0.975, 19), 2.0930240544083098));
  EXPECT_TRUE(agrees(student_t_quantile(0.025, 29), -2.0452296421327043));
}

// For 1 and 2 degrees of freedom the quantile is elementary.
TEST(StudentTQuantile, AgreesWithTheClosedForms) {
  for (const double p : {1e-12, 1e-4, 0.1, 0.25, 0.4, 0.499, 0.6, 0.8, 0.999}) {
    const double cauchy =
        p < 0.25 ? -1.0 / std::tan(std::numbers::pi * p) : std::tan(std::numbers::pi * (p - 0.5));
    EXPECT_TRUE(agrees(student_t_quantile(p, 1), cauchy, 1e-13)) << p;
    const double two = (2.0 * p - 1.0) / std::sqrt(2.0 * p * (1.0 - p));
    EXPECT_TRUE(agrees(student_t_quantile(p, 2), two, 1e-13)) << p;
  }
}

TEST(StudentTQuantile, HoldsFarOutAndNearTheNormal) {
  const double tail = normal_cdf(-5.0);
  EXPECT_TRUE(agrees(student_t_quantile(tail, 9), -12.422024062879679, 1e-13));
  EXPECT_TRUE(agrees(student_t_quantile(tail, 29), -6.3744204486843431, 1e-13));
  EXPECT_TRUE(agrees(student_t_quantile(tail, 1000), -5.0326845226977144, 1e-12));
  EXPECT_TRUE(agrees(student_t_quantile(0.975, 1e8), normal_quantile(0.975), 1e-7));
}

TEST(StudentTCdf, UndoesTheQuantile) {
  for (const double degrees : {1.0, 2.5, 9.0, 200.0}) {
    for (const double p : {1e-9, 0.01, 0.3, 0.5, 0.7, 0.99}) {
      EXPECT_TRUE(agrees(student_t_cdf(student_t_quantile(p, degrees), degrees), p, 1e-12));
    }
  }
}

TEST(IncompleteBeta, AgreesWithKnownValues) {
  EXPECT_TRUE(agrees(incomplete_beta(0.3, 2, 3), 0.3483, 1e-13));
  EXPECT_TRUE(agrees(incomplete_beta(0.001, 0.5, 4.5), 0.0735386166311488005, 1e-13));
  EXPECT_TRUE(agrees(incomplete_beta(0.9, 10, 0.5), 0.151640909634709921, 1e-13));
  EXPECT_TRUE(agrees(incomplete_beta(0.5, 500, 500), 0.5, 1e-12));
  EXPECT_TRUE(agrees(incomplete_beta(0.052, 501, 9500), 0.80969371309066544, 1e-11));
}

TEST(BetaQuantile, UndoesTheDistribution) {
  for (const auto& [a, b] : {std::array{0.5, 0.5}, {1.0, 9.0}, {40.0, 2.0}, {300.0, 7000.0}}) {
    for (const double p : {1e-12, 0.025, 0.5, 0.975}) {
      EXPECT_TRUE(agrees(incomplete_beta(beta_quantile(p, a, b), a, b), p, 1e-10)) << a << " " << p;
    }
  }
}

TEST(ChiSquareTail, AgreesWithKnownValues) {
  EXPECT_TRUE(agrees(chi_square_tail(3.84145882069412, 1), 0.05, 1e-13));
  EXPECT_TRUE(agrees(chi_square_tail(10, 5), 0.0752352461465121787, 1e-13));
  EXPECT_TRUE(agrees(chi_square_tail(100, 50), 3.45493138298486394e-5, 1e-12));
  EXPECT_TRUE(agrees(chi_square_tail(60, 5), 1.21545697771830389e-11, 1e-12));
  EXPECT_EQ(chi_square_tail(0, 5), 1.0);
}

TEST(Distribution, RefusesWhatIsOutsideItsDomain) {
  EXPECT_THROW(normal_quantile(0.0), std::domain_error);
  EXPECT_THROW(normal_quantile(std::nan("")), std::domain_error);
  EXPECT_THROW(student_t_quantile(0.5, 0.0), std::domain_error);
  EXPECT_THROW(incomplete_beta(1.5, 1.0, 1.0), std::domain_error);
  EXPECT_THROW(beta_quantile(-0.1, 1.0, 1.0), std::domain_error);
  EXPECT_THROW(chi_square_tail(-1.0, 1.0), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
