#pragma once
/// The workloads that measure pending events alone.

#include <span>

#include "bench/harness/row.h"

namespace weir::bench::agenda {

std::span<const Workload* const> catalogue();

}  // namespace weir::bench::agenda
