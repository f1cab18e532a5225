#pragma once
/// Small whole models: what an agenda costs in company.

#include <span>

#include "bench/harness/row.h"

namespace weir::bench::model {

std::span<const Workload* const> catalogue();

}  // namespace weir::bench::model
