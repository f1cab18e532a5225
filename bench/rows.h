#pragma once
/// All rows of the table, in its order.

#include <vector>

#include "bench/harness/row.h"

namespace weir::bench {

std::vector<Row> all_rows();

}  // namespace weir::bench
