#pragma once
/// Standard normal numbers for searches under test.

#include <cstdint>
#include <random>

namespace weir::analysis {

class Normals {
 public:
  explicit Normals(std::uint64_t seed) : engine_(seed) {}
  double operator()() { return normal_(engine_); }

 private:
  std::mt19937_64 engine_;
  std::normal_distribution<double> normal_;
};

}  // namespace weir::analysis
