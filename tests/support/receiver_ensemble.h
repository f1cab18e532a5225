#pragma once
/// Plans of daily volumes against an ensemble of nominal receivers, without a kernel.

#include <cstdint>
#include <span>
#include <vector>

#include "models/throttle/policy.h"

namespace weir::testing {

/// What is not known of a receiver.
struct Unknowns {
  double probation;  // recipients a day
  double growth;
  double half_life;  // days
  double window;     // days
};

/// `count` receivers of the default ensemble (DESIGN 5) at Sobol' points; `dependence` is the
/// correlation of the logarithms of probation and growth, whose small values are both strict.
std::vector<Unknowns> default_ensemble(std::size_t count, double dependence);

/// A history-window receiver with these unknowns and all else at its default.
std::unique_ptr<throttle::Policy> make_receiver(const Unknowns& unknowns);

/// Whether any window opens when one new address sends daily[d] recipients on day d from the start
/// on, in 24 equal hourly portions (whole recipients).
bool opens_window(throttle::Policy& receiver, std::span<const std::int64_t> daily);

}  // namespace weir::testing
