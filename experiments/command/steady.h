#pragma once
/// Long runs under a constant load: `weir run --steady SERIES`.

#include <optional>
#include <string>
#include <vector>

#include "experiments/record/steady_figure.h"
#include "sim/setting.h"

namespace weir::experiments {

struct SteadyOptions {
  std::vector<std::string> series;
  std::optional<std::string> cycle;  // "24 h"; none: as the sources' loads repeat
  std::optional<double> quantile;
};

/// What cannot be asked for, before the scenario is known; empty when all can.
std::string steady_problem(const SteadyOptions& options);

/// Why a run of this scenario has no steady state; empty when it may have one. `effective` has
/// every parameter's value.
std::string terminating_problem(const Setting& effective);

/// Points of the grid until the load repeats, 1 when it does not vary; nothing after a `fault`.
std::optional<std::size_t> cycle_of(const SteadyOptions& options, const Setting& effective,
                                    Duration grid, std::string& fault);

/// A paragraph of the summary.
std::string steady_text(const std::vector<SteadyFigure>& figures);

/// Whether one of them needs a longer run.
bool needs_longer(const std::vector<SteadyFigure>& figures);

}  // namespace weir::experiments
