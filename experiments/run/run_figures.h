#pragma once
/// The figures of a run of an ensemble or a sweep, by name: one table that result files, journals
/// and tables of comparison share.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "experiments/run/replicate.h"

namespace weir::experiments {

/// A count, or a real number; infinite where mail was never delivered, NaN where there is none.
using FigureValue = std::variant<std::int64_t, double>;

struct RunFigure {
  std::string_view name;
  std::string_view units;  // as in analysis::Meaning
  std::string_view words;
  FigureValue (*of)(const ReceiverFigures& figures);
};

/// All of them, in the order of files.
std::span<const RunFigure> run_figures();

}  // namespace weir::experiments
