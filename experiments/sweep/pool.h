#pragma once
/// Makes runs in child processes, side by side, and keeps what they came to in the journal.

#include <functional>
#include <vector>

#include "experiments/sweep/child.h"
#include "experiments/sweep/journal.h"

namespace weir::experiments {

/// A run to be made.
struct Task {
  std::uint64_t number = 0;  // of the run in its sweep
  std::string id;
  std::uint64_t attempt = 1;
};

struct PoolOptions {
  std::string folder;
  std::string digest;  // of its sweep
  unsigned jobs = 1;
  RunLimits limits;
  std::function<void(const RunRecord& record)> finished;  // once it is durable
};

/// Makes all runs. A run that crashes, takes too long or too much memory is recorded as failed, and
/// the others go on. After a first signal no run is begun any more; those under way are waited for.
/// False when stopped so. Throws std::runtime_error when nothing can be run, or recorded, at all.
bool make_runs(const std::vector<Task>& tasks, const PoolOptions& options, Journal& journal);

}  // namespace weir::experiments
