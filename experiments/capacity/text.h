#pragma once
/// Capacity as text for the terminal: at most 40 lines, 100 columns where names allow.

#include <string>

#include "experiments/capacity/capacity.h"

namespace weir::experiments {

std::string capacity_text(const Capacity& capacity);

}  // namespace weir::experiments
