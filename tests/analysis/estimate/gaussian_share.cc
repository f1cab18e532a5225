#include "tests/analysis/estimate/gaussian_share.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace weir::analysis {
namespace {

// The lower triangle L with L L' = matrix.
SquareMatrix cholesky(const SquareMatrix& matrix) {
  const std::size_t n = matrix.size();
  SquareMatrix lower(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = matrix(i, j);
      for (std::size_t k = 0; k < j; ++k) rest -= lower(i, k) * lower(j, k);
      lower(i, j) = i == j ? std::sqrt(rest) : rest / lower(j, j);
    }
  }
  return lower;
}

// a' b a.
SquareMatrix congruent(const SquareMatrix& a, const SquareMatrix& b) {
  const std::size_t n = a.size();
  SquareMatrix half(n);
  SquareMatrix whole(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < n; ++k) half(i, j) += b(i, k) * a(k, j);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < n; ++k) whole(i, j) += a(k, i) * half(k, j);
    }
  }
  return whole;
}

// Turns the plane of p and q so that the cell (p, q) becomes 0.
void rotate(SquareMatrix& matrix, std::size_t p, std::size_t q) {
  if (matrix(p, q) == 0.0) return;
  const double apart = (matrix(q, q) - matrix(p, p)) / (2.0 * matrix(p, q));
  const double tangent = std::copysign(1.0, apart) / (std::abs(apart) + std::hypot(apart, 1.0));
  const double cosine = 1.0 / std::hypot(tangent, 1.0);
  const double sine = tangent * cosine;
  const auto turn = [&](double& x, double& y) {
    const double before = x;
    x = cosine * before - sine * y;
    y = sine * before + cosine * y;
  };
  for (std::size_t k = 0; k < matrix.size(); ++k) turn(matrix(k, p), matrix(k, q));
  for (std::size_t k = 0; k < matrix.size(); ++k) turn(matrix(p, k), matrix(q, k));
}

// Jacobi's method.
std::vector<double> eigenvalues(SquareMatrix matrix) {
  constexpr int kSweeps = 12;
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (std::size_t p = 0; p < matrix.size(); ++p) {
      for (std::size_t q = p + 1; q < matrix.size(); ++q) rotate(matrix, p, q);
    }
  }
  std::vector<double> values;
  for (std::size_t i = 0; i < matrix.size(); ++i) values.push_back(matrix(i, i));
  return values;
}

// What Imhof integrates over u, with u = e^s.
double imhof_integrand(const std::vector<double>& weights, double s) {
  const double u = std::exp(s);
  double angle = 0.0;
  double log_size = 0.0;
  for (const double weight : weights) {
    angle += std::atan(weight * u) / 2.0;
    log_size += std::log1p(weight * weight * u * u) / 4.0;
  }
  return std::sin(angle) * std::exp(-log_size);
}

}  // namespace

double share_positive(const SquareMatrix& covariance, const SquareMatrix& form) {
  std::vector<double> weights = eigenvalues(congruent(cholesky(covariance), form));
  const double largest = std::abs(*std::ranges::max_element(
      weights, [](double a, double b) { return std::abs(a) < std::abs(b); }));
  for (double& weight : weights) weight /= largest;
  constexpr double kStep = 1.0 / 64.0;
  double sum = 0.0;
  for (double s = -25.0; s <= 45.0; s += kStep) sum += imhof_integrand(weights, s);
  return 0.5 + sum * kStep / std::numbers::pi;
}

}  // namespace weir::analysis
