#pragma once
/// What every loop of M/M/1 has besides its clocks: who waits, and what came of it.

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/model/mm1_chance.h"
#include "sim/quantity.h"

namespace weir::bench::model {

/// First in, first out; customers are numbered as they arrive.
class WaitingLine {
 public:
  bool empty() const { return first_ == end_; }
  std::uint64_t first() const { return first_; }
  std::uint64_t end() const { return end_; }  // the number of the next to arrive

  void arrive(SimTime now) {
    if (end_ - first_ == arrived_.size()) grow();
    arrived_[end_++ & (arrived_.size() - 1)] = now;
  }

  /// Of the first, who was there since the instant that is returned. REQUIRES: !empty().
  SimTime leave() { return arrived_[first_++ & (arrived_.size() - 1)]; }

 private:
  void grow() {
    std::vector<SimTime> larger(2 * arrived_.size());
    for (std::uint64_t i = first_; i < end_; ++i)
      larger[i & (larger.size() - 1)] = arrived_[i & (arrived_.size() - 1)];
    arrived_ = std::move(larger);
  }

  std::vector<SimTime> arrived_ = std::vector<SimTime>(1024);  // a power of two
  std::uint64_t first_ = 0;
  std::uint64_t end_ = 0;
};

/// How long customers were in the system.
struct TimesInSystem {
  Duration sum{};
  std::uint64_t customers = 0;

  void add(Duration time) {
    sum += time;
    ++customers;
  }
  double mean() const { return to_seconds(sum) / static_cast<double>(customers); }

  /// Four standard errors: the mean of 10^6 customers has 0.19, since its asymptotic variance is
  /// rho (2 + 5 rho - 4 rho^2 + rho^3) / (1 - rho)^4.
  std::string problem() const {
    const double tolerance = 4 * 0.19 * std::sqrt(1e6 / static_cast<double>(customers));
    if (std::abs(mean() - kMeanInSystem) < tolerance) return {};
    return fmt::format("the mean time in system is {:.3f} s, not {} within {:.3f}", mean(),
                       kMeanInSystem, tolerance);
  }
};

}  // namespace weir::bench::model
