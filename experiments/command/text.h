#pragma once
/// Results as text for the terminal: at most 40 lines, 100 columns.

#include <string>

#include "experiments/run/replicate.h"
#include "experiments/run/summary.h"

namespace weir::experiments {

/// The summary of one run.
std::string summary_text(const Summary& summary);

/// What the run spent its time on: a line for each kind of event that there was, and four more.
std::string profile_text(const ProfileFigures& profile);

/// Variants side by side, over their receivers; `report` names the source whose mail is followed.
std::string variants_text(const std::string& title, const std::string& report,
                          const std::vector<VariantFigures>& variants);

/// 93784 as "93,784", 93784.2 as well. REQUIRES: a number of 0 to 2^63.
std::string count_text(std::uint64_t n);
std::string count_text(double n);

/// 93784.2 s as "1 d 2.1 h", 0.3 s as "0.30 s"; nothing as "never".
std::string seconds_text(std::optional<double> seconds);

/// The share of receivers, worst first, that "the strictest" means.
inline constexpr double kStrictestShare = 0.05;

/// Mean delivery by day `days` at the strictest receivers: those with the fewest delivered by then.
/// At least one receiver. REQUIRES: there is one.
double delivered_at_strictest(const VariantFigures& variant, std::int64_t days);

}  // namespace weir::experiments
