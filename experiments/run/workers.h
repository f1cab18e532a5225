#pragma once
/// Work on several threads.

#include <cstddef>
#include <functional>

namespace weir::experiments {

/// Runs `work(i)` for i in [0, count) on `jobs` threads, in any order. The first exception is
/// thrown on when all have stopped.
void for_each(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work);

/// How many workers this process is allowed: the CPUs of its affinity mask.
unsigned allowed_cpus();

}  // namespace weir::experiments
