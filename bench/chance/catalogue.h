#pragma once
/// What a random number costs.

#include <span>

#include "bench/harness/row.h"

namespace weir::bench::chance {

std::span<const Workload* const> catalogue();

}  // namespace weir::bench::chance
