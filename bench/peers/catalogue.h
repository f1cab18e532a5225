#pragma once
/// The rows of other engines, which run with --peers where Debian's packages have them.

#include <span>

#include "bench/harness/row.h"

namespace weir::bench::peers {

std::span<const Workload* const> catalogue();

}  // namespace weir::bench::peers
