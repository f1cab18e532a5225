#include "sim/quasi_random.h"

#include <boost/random/sobol.hpp>

#include "sim/check.h"

namespace weir {

struct SobolPoints::Engine {
  boost::random::sobol sequence;
};

SobolPoints::SobolPoints(std::size_t dimension) {
  WEIR_CHECK(dimension >= 1 && dimension <= 3667, "Sobol' points have 1 to 3,667 coordinates");
  engine_ = std::make_unique<Engine>(Engine{boost::random::sobol(dimension)});
  point_.resize(dimension);
}

SobolPoints::~SobolPoints() = default;

std::span<const double> SobolPoints::next() {
  // The middle of a cell of width 2^-52, so that neither 0 nor 1 occurs: inverse distributions are
  // infinite there.
  for (double& x : point_) x = (static_cast<double>(engine_->sequence() >> 12) + 0.5) * 0x1.0p-52;
  return point_;
}

}  // namespace weir
