#pragma once
/// What a series of a long run comes to in its steady state.

#include <optional>
#include <string>

#include "analysis/estimate/steady.h"

namespace weir::experiments {

/// The mean, or a quantile, of one series.
struct SteadyFigure {
  std::string series;              // see long_series.h
  std::optional<double> quantile;  // none: the mean
  std::size_t samples = 0;
  std::size_t cycle = 1;  // samples until the load repeats; 1: it does not vary
  analysis::SteadyAnswer answer;
};

}  // namespace weir::experiments
