#pragma once
/// Random series for tests by the thousand, for which the period of MinstdNormal is too short.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

namespace weir::analysis {

/// Independent draws; the same for the same seed wherever libm agrees.
class Noise {
 public:
  explicit Noise(std::uint64_t seed) : engine_(seed) {}

  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  double exponential() { return -std::log1p(-uniform()); }
  double normal() {
    const double radius = std::sqrt(2.0 * exponential());
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
  }

 private:
  std::mt19937_64 engine_;
};

/// Waits in line before an M/M/1 queue with mean service 1, in its steady state from the first on.
inline std::vector<double> queue_waits(Noise& noise, double load, std::size_t count) {
  std::vector<double> waits(count);
  double wait = noise.uniform() < load ? noise.exponential() / (1.0 - load) : 0.0;
  for (double& each : waits) {
    each = wait;
    wait = std::max(0.0, wait + noise.exponential() - noise.exponential() / load);
  }
  return waits;
}

/// x_i = phi x_{i-1} + noise of variance 1, in its steady state from the first on.
inline std::vector<double> autoregression(Noise& noise, double phi, std::size_t count) {
  std::vector<double> series(count);
  double x = noise.normal() / std::sqrt(1.0 - phi * phi);
  for (double& each : series) {
    each = x;
    x = phi * x + noise.normal();
  }
  return series;
}

}  // namespace weir::analysis
