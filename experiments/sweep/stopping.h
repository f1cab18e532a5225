#pragma once
/// Which replications of each point are needed, where points stop by their own precision.
///
/// A point is judged by its replications in their order, up to the first that is not there: what
/// workers, shards and kills did to the order of runs, and runs made beyond the decision, change
/// nothing. Without a rule to stop, all are needed.

#include <functional>
#include <optional>

#include "experiments/sweep/journal.h"
#include "experiments/sweep/sweep.h"

namespace weir::experiments {

/// How far a point is.
struct PointStanding {
  std::uint64_t needed = 0;  // replications, as far as is known by now
  bool decided = false;      // no more are needed
  bool reached = true;       // false: the cap came first
};

class Stopping {
 public:
  /// `sweep` outlives it.
  explicit Stopping(Sweep& sweep) : sweep_(sweep) {}

  /// The metric of the run, where the design has a rule to stop; else 0.
  double metric_of(const RunResult& result) const;

  /// By the metric of each replication: nothing for one that is not done. Costs the building of a
  /// scenario.
  PointStanding judge(std::size_t point,
                      const std::function<std::optional<double>(std::uint64_t)>& metric) const;

 private:
  Sweep& sweep_;
};

}  // namespace weir::experiments
