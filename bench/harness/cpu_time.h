#pragma once
/// Processor time so far, in nanoseconds: it does not see what else runs on the machine.

#include <ctime>

namespace weir::bench {

inline double cpu_ns(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return 1e9 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec);
}

/// Of all threads of this process.
inline double process_cpu_ns() { return cpu_ns(CLOCK_PROCESS_CPUTIME_ID); }

/// Of this thread.
inline double thread_cpu_ns() { return cpu_ns(CLOCK_THREAD_CPUTIME_ID); }

}  // namespace weir::bench
