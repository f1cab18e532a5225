#pragma once
/// Methods, doubts and refusals in words, for whoever prints an estimate.

#include <string_view>

#include "analysis/estimate/estimate.h"
#include "analysis/estimate/steady.h"

namespace weir::analysis {

/// What was done: a phrase such as "Student's t over independent replications".
std::string_view words_for(Method method);

/// What to doubt, and what would help where something would: a clause without a full stop.
std::string_view words_for(Doubt doubt);

/// Why there is no estimate, and what to do instead: a clause without a full stop.
std::string_view words_for(Refusal refusal);

}  // namespace weir::analysis
