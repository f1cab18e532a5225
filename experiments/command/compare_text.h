#pragma once
/// A comparison as text for the terminal, 100 columns wide.

#include <string>

#include "experiments/compare/comparison.h"

namespace weir::experiments {

std::string comparison_text(const Comparison& comparison);

/// As one JSON object; docs/json.md lists its keys.
std::string comparison_json(const Comparison& comparison);

}  // namespace weir::experiments
