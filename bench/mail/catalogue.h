#pragma once
/// The rows of whole runs, from a scenario to its summary.

#include <span>

#include "bench/harness/row.h"

namespace weir::bench::mail {

std::span<const Workload* const> catalogue();

}  // namespace weir::bench::mail
