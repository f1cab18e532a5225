#pragma once
/// How often a quadratic form of normal values is positive: the exact coverage of intervals whose
/// centre is linear and whose squared width is quadratic in them.

#include <cstddef>
#include <vector>

namespace weir::analysis {

/// A square matrix, row after row.
class SquareMatrix {
 public:
  explicit SquareMatrix(std::size_t size) : size_(size), cells_(size * size) {}

  std::size_t size() const { return size_; }
  double& operator()(std::size_t i, std::size_t j) { return cells_[i * size_ + j]; }
  double operator()(std::size_t i, std::size_t j) const { return cells_[i * size_ + j]; }

 private:
  std::size_t size_;
  std::vector<double> cells_;
};

/// P(x' form x > 0), `form` symmetric, for x normal with mean 0 and a positive definite covariance:
/// exact to about 1e-9 (Imhof, Biometrika 48, 1961). Cubic in the size.
double share_positive(const SquareMatrix& covariance, const SquareMatrix& form);

}  // namespace weir::analysis
