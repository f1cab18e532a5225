#include "models/control/feedback.h"

#include <charconv>
#include <cmath>

namespace weir::control {
namespace {

std::optional<double> number(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

double Feedback::at(std::int64_t window) const {
  const auto n = static_cast<double>(window);
  switch (divisor) {
    case Divisor::none:
      return base;
    case Divisor::window:
      return base / n;
    case Divisor::root:
      return base / std::sqrt(n);
  }
  return base;
}

std::optional<Feedback> parse_feedback(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const auto base = number(text.substr(0, slash));
  if (!base) return std::nullopt;
  Feedback feedback{.base = *base};
  const std::string_view divisor = slash < text.size() ? text.substr(slash + 1) : "1";
  if (divisor == "N" || divisor == "concurrency") {
    feedback.divisor = Feedback::Divisor::window;
  } else if (divisor == "sqrt(N)" || divisor == "sqrt_concurrency") {
    feedback.divisor = Feedback::Divisor::root;
  } else if (const auto by = number(divisor); by && *by > 0.0) {
    feedback.base /= *by;
  } else {
    return std::nullopt;
  }
  const bool in_range = feedback.base >= 0.0 && feedback.base <= 1.0;  // false for NaN
  return in_range ? std::optional(feedback) : std::nullopt;
}

std::string to_text(const Feedback& feedback) {
  std::string base = weir::to_text(feedback.base);
  switch (feedback.divisor) {
    case Feedback::Divisor::none:
      break;
    case Feedback::Divisor::window:
      return base + "/N";
    case Feedback::Divisor::root:
      return base + "/sqrt(N)";
  }
  return base;
}

}  // namespace weir::control
