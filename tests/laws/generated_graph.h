#pragma once
/// Scenarios drawn at random: sources, pools, sites with throttles, and systems between them.

#include <string>

#include "tests/support/scenario_run.h"

namespace weir::testing {

/// The same number, the same scenario. All times are fixed and each message has one recipient, so
/// that no ceiling is a matter of chance but for sites that defer a share of attempts.
/// `speed` multiplies the rates of all sources, `messages` is how many come in all, about.
std::string generated_graph(std::uint64_t number, double speed, double messages);

}  // namespace weir::testing
