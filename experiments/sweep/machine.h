#pragma once
/// What this process may use: processors and memory, as the machine and its control groups permit.

#include <cstdint>
#include <filesystem>

namespace weir::experiments {

struct Machine {
  unsigned cpus = 1;
  std::uint64_t memory = 0;  // bytes that are free for use; 0: unknown
};

/// `root` stands for / in tests. CPUs are those of the affinity mask, fewer where a control group
/// has a quota; memory is what is available, less where a control group has a limit.
Machine this_machine(const std::filesystem::path& root = "/");

/// How many runs are made side by side.
struct Jobs {
  unsigned count = 1;
  bool memory_bound = false;  // fewer than there are CPUs, since each run needs so much
};

/// As many as there are CPUs, and as 0.7 of the memory has room for at `peak_bytes` each.
Jobs jobs_for(const Machine& machine, std::uint64_t peak_bytes);

}  // namespace weir::experiments
