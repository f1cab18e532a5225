#pragma once
/// Points that fill a cube evenly: Sobol' sequences, for integrals over what we do not know.
///
/// No chance is involved: the n-th point is always the same. A share estimated from 2^k points
/// errs far less than one from as many random points.

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace weir {

class SobolPoints {
 public:
  /// REQUIRES: 1 <= dimension <= 3,667 (what the direction numbers are known for).
  explicit SobolPoints(std::size_t dimension);
  ~SobolPoints();

  /// The next point; each coordinate lies in (0, 1). Valid until the next call.
  std::span<const double> next();

 private:
  struct Engine;  // keeps Boost's large table out of this header
  std::unique_ptr<Engine> engine_;
  std::vector<double> point_;
};

}  // namespace weir
