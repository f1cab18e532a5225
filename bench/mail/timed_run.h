#pragma once
/// Runs of a scenario, counted and timed; what building the scenario takes is left out.
///
/// Times are of the processor, of all threads of this process together.

#include <filesystem>
#include <functional>
#include <memory>

#include "bench/mail/simulations.h"

namespace weir::bench::mail {

/// Throws std::runtime_error when it is not sound.
experiments::Scenario built(const Simulation& simulation);

struct TimedWorld {
  std::unique_ptr<World> world;  // finished
  double cpu_ns;                 // from the first event to the last
};
TimedWorld run_world(experiments::Scenario scenario, Recorder& recorder);

struct TimedRun {
  experiments::Summary summary;
  double cpu_ns;

  /// Mail of the users; a sender's own notices are part of what that costs.
  std::uint64_t messages() const;
};

/// Counts, and writes no file.
TimedRun run_counted(const Simulation& simulation);

/// Records all that `weir run -o` records, from the opening of the file to its end. `interlude` is
/// called so many times on the way and returns what it took itself, which does not count.
struct Interludes {
  int times;
  std::function<double()> cpu_ns;
};
TimedRun run_recorded(const Simulation& simulation, const std::filesystem::path& file,
                      const Interludes& interludes);

}  // namespace weir::bench::mail
