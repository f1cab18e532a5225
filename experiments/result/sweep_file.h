#pragma once
/// The results of a sweep: a file with a dimension for each factor and for the replication, and a
/// table with a row a run. docs/sweep.md lists the names. The same runs give the same bytes.

#include <string>

#include "experiments/sweep/merge.h"

namespace weir::experiments {

/// HDF5 for netCDF-4 tools. Throws analysis::FileError.
void write_sweep_file(const std::string& path, const std::string& title, const Sweep& sweep,
                      const RunTable& runs);

/// CSV (RFC 4180), rows in the order of ids. Throws std::runtime_error.
void write_sweep_table(const std::string& path, const Sweep& sweep, const RunTable& runs);

}  // namespace weir::experiments
