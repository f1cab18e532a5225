#pragma once
/// Counts what a test program allocates: whoever links this has the global operator new replaced.

#include <cstddef>

namespace weir::testing {

/// Calls of operator new so far.
std::size_t allocations();

}  // namespace weir::testing
