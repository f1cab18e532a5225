#pragma once
/// What single runs and runs over many receivers share.

#include <string>

#include "experiments/command/commands.h"
#include "experiments/command/progress.h"
#include "experiments/run/replicate.h"
#include "experiments/scenario/document.h"

namespace weir::experiments {

/// The command as typed, near enough to repeat it; part of the result's history.
std::string command_text(const RunOptions& options);

std::string output_of(const RunOptions& options);

Verbosity verbosity_of(const RunOptions& options);

/// Prints the result, where it was written, and whether it was interrupted.
int finish_with(const RunOptions& options, const std::string& text, bool interrupted);

/// Many receivers, one variant or several.
int run_many(const RunOptions& options, const Document& document,
             const std::vector<Variant>& variants);

}  // namespace weir::experiments
