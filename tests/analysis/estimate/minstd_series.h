#pragma once
/// The noise and the series with which the methods are checked: the same bits wherever libm agrees.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

namespace weir::analysis {

/// Standard normal numbers, one for two of MINSTD (48271 modulo 2^31 - 1), seed 12345:
/// sqrt(-2 ln u) cos(2 pi v), with u and v in turn.
class MinstdNormal {
 public:
  double operator()() {
    const double radius = std::sqrt(-2.0 * std::log(uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
  }

  double uniform() {
    constexpr std::uint64_t kModulus = 2'147'483'647;
    state_ = state_ * 48271 % kModulus;
    return static_cast<double>(state_) / static_cast<double>(kModulus);
  }

 private:
  std::uint64_t state_ = 12345;
};

/// x_i = 0.9 x_{i-1} + e_i from x_0 = 50, with e_i from MinstdNormal: asymptotic variance 100,
/// mean 0.
inline std::vector<double> minstd_series(std::size_t count) {
  MinstdNormal normal;
  std::vector<double> series;
  double x = 50.0;
  for (std::size_t i = 0; i < count; ++i) {
    x = 0.9 * x + normal();
    series.push_back(x);
  }
  return series;
}

}  // namespace weir::analysis
