#pragma once
/// Rates as people write them.

#include <string>

#include "sim/quantity.h"

namespace weir::experiments {

/// "12,345", "1.25": three digits, or as many as stand before the point.
std::string number_text(double number);

/// "340/h", "21/s" or "15/d": in the unit that suits the number.
std::string flow_text(double per_second);

/// "9,000/24 h", "12/s": how many in `span`.
std::string flow_text(double per_second, Duration span);

}  // namespace weir::experiments
