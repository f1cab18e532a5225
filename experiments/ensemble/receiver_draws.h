#pragma once
/// By what the unknowns of a receiver were drawn: to tell receivers apart without their values.

#include <vector>

#include "experiments/ensemble/distribution.h"

namespace weir::experiments {

/// In (0, 1), in the order of find_unknowns: the larger, the larger the value, or the later in a
/// choice.
std::vector<double> receiver_draws(const Setting& root, const Dependence& dependence,
                                   std::uint64_t seed, std::uint64_t receiver);

}  // namespace weir::experiments
