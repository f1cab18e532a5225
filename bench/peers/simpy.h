#pragma once
/// SimPy, a library of Python.

#include "bench/harness/program.h"

namespace weir::bench::peers {

/// Debian's modules belong to it, whichever other Python comes first in PATH.
inline constexpr const char* kPython = "/usr/bin/python3";

inline bool has_simpy() { return succeeds({kPython, "-c", "import simpy"}); }
inline constexpr const char* kNoSimpy = "package python3-simpy3";

}  // namespace weir::bench::peers
