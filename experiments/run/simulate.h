#pragma once
/// Runs one scenario once.

#include <functional>

#include "experiments/run/summary.h"

namespace weir::experiments {

/// What else a run should do beside counting.
struct RunHooks {
  /// Called at every point of the scenario's grid, and at the end.
  std::function<void(const World&)> at_grid;

  /// Called now and then with the share of the simulated time that is done, in [0, 1].
  std::function<void(double)> progress;

  /// Kept beside the fingerprint when above zero.
  Duration digest_interval{};

  /// Told of every event when given.
  EventProfile* profile = nullptr;

  /// Called with the world when it is finished.
  std::function<void(const World&)> at_end;
};

/// Runs until the horizon, or until a stop is requested: the summary says so then. The world
/// records to `recorder`, which is `tally` or passes everything on to it.
Summary simulate(Scenario scenario, Recorder& recorder, const Tally& tally,
                 const RunHooks& hooks = {});

/// A whole run of a document: draws the receiver, builds, runs.
struct RunKey {
  std::uint64_t seed = 1;
  std::uint64_t receiver = 0;
  std::uint64_t traffic = 0;
};
Summary simulate_receiver(const Setting& root, const Dependence& dependence, const RunKey& key);

}  // namespace weir::experiments
