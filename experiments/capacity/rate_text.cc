#include "experiments/capacity/rate_text.h"

#include <cmath>
#include <string_view>

#include <fmt/core.h>

#include "experiments/command/text.h"
#include "sim/units.h"

namespace weir::experiments {

std::string number_text(double number) {
  constexpr double kWhole = 1e15;  // beyond it all digits say nothing
  return number < 99.95 || number > kWhole ? fmt::format("{:.3g}", number) : count_text(number);
}

std::string flow_text(double per_second) {
  if (std::isinf(per_second)) return "any amount";
  if (per_second >= 10.0) return flow_text(per_second, 1s);
  return flow_text(per_second, per_second * 3'600.0 >= 1.0 ? Duration{1h} : Duration{24h});
}

std::string flow_text(double per_second, Duration span) {
  const std::string unit = to_text(span);
  return fmt::format("{}/{}", number_text(per_second * to_seconds(span)),
                     unit.starts_with("1 ") ? std::string_view(unit).substr(2) : unit);
}

}  // namespace weir::experiments
