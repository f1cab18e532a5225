#pragma once
/// Which part of a run of `warmup-90k` is the kernel's, chance's, the models' and the recording's.
///
/// Each part is done again by itself, on the same inputs:
///
/// - recording: the run with everything recorded, less the run that tells its records to nobody.
/// - kernel: what was scheduled when, and for when, is taken down; a kernel alone goes through it.
///   Reading that list is part of it. Nothing is cancelled in this scenario.
/// - chance: the same draws, by the same keys, from the same distributions, one after the other.
/// - models: what is left, the dispatch of events and all memory of messages included.

#include "bench/mail/simulations.h"

namespace weir::bench::mail {

/// All in ns a message.
struct Split {
  double kernel;
  double chance;
  double models;
  double recording;

  double total() const { return kernel + chance + models + recording; }
};

/// Medians of so many rounds. REQUIRES: `simulation` is a warmup(). Throws std::runtime_error when
/// the kernel alone did not do what the run did.
Split split_of(const Simulation& simulation, int rounds);

}  // namespace weir::bench::mail
