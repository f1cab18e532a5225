#pragma once
/// Quantities as KumoMTA's configuration writes them: "100/min", "500/d,max_burst=1", "90m".

#include <optional>
#include <string>
#include <string_view>

#include "sim/value_type.h"

namespace weir::control {

/// A rate of KumoMTA's: `count` things per `period`, of which a burst may pass at once.
struct Throttle {
  std::int64_t count = 1;  // > 0
  Duration period{1s};
  std::optional<std::int64_t> max_burst;

  Rate<Message> rate() const { return {count, period}; }

  /// How many pass at once after an idle spell: the whole count unless max_burst says less.
  std::int64_t burst() const;

  friend bool operator==(const Throttle&, const Throttle&) = default;
};

/// "100/s", "1_000/hour", "local:10/min", "500/d,max_burst=1". Nothing when malformed.
std::optional<Throttle> parse_throttle(std::string_view text);
std::string to_text(const Throttle& throttle);

/// A count: "5", "1,000", "local:5". Nothing when malformed or not above zero.
std::optional<std::int64_t> parse_limit(std::string_view text);

/// "90m", "2 hours", "1h 30m". Nothing when malformed.
std::optional<Duration> parse_span(std::string_view text);

}  // namespace weir::control

template <>
struct weir::ValueType<weir::control::Throttle> : weir::detail::UnitText<weir::control::Throttle> {
  static std::string expected() {
    return "a rate per s, min, h or d, such as \"100/min\" or \"500/d,max_burst=1\"";
  }
  static bool parse(const Setting& s, control::Throttle& out) {
    return s.string() != nullptr && detail::assign(control::parse_throttle(*s.string()), out);
  }
};
