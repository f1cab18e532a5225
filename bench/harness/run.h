#pragma once
/// Chooses rows and runs them, one after the other.

#include <functional>
#include <span>
#include <vector>

#include "bench/harness/options.h"
#include "bench/harness/report.h"

namespace weir::bench {

/// The rows that the options ask for, in their order.
/// Throws UsageError if there are none.
std::vector<Row> chosen_rows(std::span<const Row> all, const Options& options);

/// What a row's measure throws is its problem, and the others still run.
Result run_row(const Row& row, const Options& options);

/// What `./do bench` does with these arguments and rows: prints the table as it grows, writes the
/// JSON file. Returns the exit code: 0, 1 for a wrong argument, 3 if a result is wrong or the file
/// could not be written.
int run(std::span<const char* const> arguments, std::span<const Row> all);

}  // namespace weir::bench
