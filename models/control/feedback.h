#pragma once
/// How far one delivery moves Postfix's concurrency window: "1", "1/4", "1/N", "1/sqrt(N)".

#include "sim/value_type.h"

namespace weir::control {

struct Feedback {
  enum class Divisor : std::uint8_t { none, window, root };

  double base = 1.0;  // in [0, 1]
  Divisor divisor = Divisor::none;

  /// The step at a window of N connections.
  double at(std::int64_t window) const;

  friend bool operator==(const Feedback&, const Feedback&) = default;
};

/// Reads N as Postfix's own word `concurrency`, too: "1/sqrt_concurrency". Nothing when malformed.
std::optional<Feedback> parse_feedback(std::string_view text);
std::string to_text(const Feedback& feedback);

}  // namespace weir::control

template <>
struct weir::ValueType<weir::control::Feedback> : weir::detail::UnitText<weir::control::Feedback> {
  static std::string expected() {
    return "a step from 0 to 1 in quotes, such as \"1\", \"1/4\", \"1/N\" or \"1/sqrt(N)\"";
  }
  static bool parse(const Setting& s, control::Feedback& out) {
    return s.string() != nullptr && detail::assign(control::parse_feedback(*s.string()), out);
  }
};
