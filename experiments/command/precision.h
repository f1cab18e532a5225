#pragma once
/// As many receivers as it takes to know the mean of a figure: `--replications auto`.

#include <cstdint>
#include <optional>
#include <string>

#include "experiments/compare/known_mean.h"

namespace weir::experiments {

struct PrecisionOptions {
  bool asked = false;
  std::optional<std::string> precision;  // "5 %"
  std::string figure;
  std::optional<std::uint64_t> most;  // receivers
};

/// Over how many receivers, unless told otherwise.
inline constexpr std::uint64_t kMostReplications = 1000;

/// What is missing, or asked for without `--replications auto`; empty when nothing is.
std::string precision_problem(const PrecisionOptions& options);

/// The mean that is asked for, of runs of this length; nothing where none is, or after a `fault`.
std::optional<MeanGoal> goal_of(const PrecisionOptions& options, Duration horizon,
                                std::string& fault);

}  // namespace weir::experiments
