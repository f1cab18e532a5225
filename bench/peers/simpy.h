#pragma once
/// SimPy, a library of Python.

#include "bench/harness/program.h"

namespace weir::bench::peers {

inline bool has_simpy() { return succeeds({kPython, "-c", "import simpy"}); }
inline constexpr const char* kNoSimpy = "package python3-simpy3";

}  // namespace weir::bench::peers
