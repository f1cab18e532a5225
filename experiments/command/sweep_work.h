#pragma once
/// The work on a sweep that `weir sweep`, `resume`, `retry` and `submit` share.

#include <optional>
#include <string>
#include <vector>

#include "experiments/command/commands.h"
#include "experiments/command/sweep_text.h"
#include "experiments/sweep/ledger.h"
#include "experiments/sweep/pool.h"

namespace weir::experiments {

/// What was asked for, read; or what is wrong with it.
struct RunSettings {
  Shard shard;
  RunLimits limits;
  std::string fault;
};
RunSettings read_settings(const SweepRunOptions& options);

/// The journal that a shard writes.
std::string journal_name(const Shard& shard);

/// The title of the sweep's scenario.
std::string title_of(const Sweep& sweep);

/// Tries a few runs, of which nothing is kept, to see what all would take. Nothing when stopped.
std::optional<Estimate> try_out(const Sweep& sweep, const SweepRunOptions& options,
                                const RunSettings& settings);

/// Which runs are made: those never finished, or those that failed.
enum class Wanted : std::uint8_t { unfinished, failed };

/// The runs of a sweep that stands in a folder, or of a shard of them.
class SweepWork {
 public:
  /// Throws std::runtime_error when there is none. `options` outlives it.
  SweepWork(std::string folder, const SweepRunOptions& options, const RunSettings& settings);

  /// Makes runs, then says how all stand. Returns the exit code.
  int make(Wanted wanted);

  /// Prints how the runs stand; failed ones make the exit code.
  int say() const;

 private:
  void look();
  std::vector<Task> choose(Wanted wanted) const;
  bool make(const std::vector<Task>& tasks);
  Jobs jobs(const Machine& machine, const Estimate& estimate) const;
  std::vector<RunCost> known_costs() const;

  const SweepRunOptions& options_;
  RunSettings settings_;
  std::string digest_;
  Sweep sweep_;
  Ledger ledger_;
  SweepHead head_;
  ShardRuns shard_;
};

}  // namespace weir::experiments
