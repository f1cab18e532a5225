#pragma once
/// Long runs under a constant load: `weir run --steady SERIES`.

#include <optional>
#include <string>
#include <vector>

#include "experiments/record/long_series.h"
#include "sim/setting.h"

namespace weir::experiments {

struct SteadyOptions {
  std::vector<std::string> series;
  std::optional<std::string> cycle;  // "24 h"; none: as the sources' loads repeat
  std::optional<double> quantile;
};

/// What cannot be asked for, before the scenario is known; empty when all can.
std::string steady_problem(const SteadyOptions& options);

/// The series that --steady asks for, none when it is not given.
struct LongSeriesAsked {
  std::vector<LongSeries> series;
  std::size_t cycle = 1;  // points of the grid until the load repeats; 1: it does not vary
};

/// Nothing after a `fault`: what cannot be asked of this scenario, in words.
std::optional<LongSeriesAsked> series_asked(const SteadyOptions& options, const Setting& effective,
                                            Duration grid, const GridRow& row, std::string& fault);

/// A paragraph of the summary.
std::string steady_text(const std::vector<SteadyFigure>& figures);

/// Whether one of them needs a longer run.
bool needs_longer(const std::vector<SteadyFigure>& figures);

}  // namespace weir::experiments
