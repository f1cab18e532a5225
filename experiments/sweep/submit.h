#pragma once
/// Scripts that hand a sweep to other machines, in shards that need nothing of each other but the
/// folder: a Slurm job array, or GNU parallel over a list of hosts.

#include <chrono>
#include <cstdint>
#include <string>

#include "sim/quantity.h"

namespace weir::experiments {

struct Submission {
  std::string program;  // absolute paths
  std::string folder;
  std::uint64_t runs = 0;
  double run_seconds = 0;       // of one run, on average
  std::uint64_t run_bytes = 0;  // of the largest known
  std::uint64_t shards = 0;
};

/// So many shards that each takes about `shard_time`: at most one for each run, and at most what
/// Slurm takes for one array unless it is told otherwise.
std::uint64_t shards_for(std::uint64_t runs, double run_seconds, Duration shard_time);

std::string slurm_script(const Submission& submission);
std::string parallel_script(const Submission& submission);

}  // namespace weir::experiments
