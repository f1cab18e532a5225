#pragma once
/// KumoMTA's automation rules: what a refusal that matches a pattern does to the lane, for how
/// long.

#include <array>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "models/control/kumo_text.h"
#include "models/control/reply_set.h"

namespace weir::control {

/// The settings of an egress path that a rule may override.
enum class KumoOption : std::uint8_t {
  connection_limit,
  max_deliveries_per_connection,
  max_message_rate,
  max_connection_rate,
  consecutive_connection_failures_before_delay,
};

constexpr std::array<EnumWord<KumoOption>, 5> words_of(KumoOption) {
  return {{{KumoOption::connection_limit, "connection_limit"},
           {KumoOption::max_deliveries_per_connection, "max_deliveries_per_connection"},
           {KumoOption::max_message_rate, "max_message_rate"},
           {KumoOption::max_connection_rate, "max_connection_rate"},
           {KumoOption::consecutive_connection_failures_before_delay,
            "consecutive_connection_failures_before_delay"}}};
}

struct Suspend {};
struct Bounce {};
struct SetOption {
  KumoOption option;
  std::variant<std::int64_t, Throttle> value;
};
using KumoAction = std::variant<Suspend, Bounce, SetOption>;

struct KumoRule {
  ReplySet replies;
  std::vector<KumoAction> actions;
  std::optional<Throttle> threshold;  // matches in a period that set the rule off; none: the first
  Duration duration{};
};

/// A rule as written: a table with `regex`, `action`, `trigger` and `duration`.
struct KumoRuleTable {
  Setting written = make_table();
};

/// The rule that `written` says; what is wrong is added to `problems`.
KumoRule read_kumo_rule(const Setting& written, const std::string& path, Problems& problems);

}  // namespace weir::control

template <>
struct weir::ValueType<weir::control::KumoRuleTable> {
  static constexpr ValueShape shape = ValueShape::text;
  static std::vector<std::string> choices() { return {}; }
  static std::string expected() {
    return "a table such as { regex = \"Server busy\", action = \"Suspend\", duration = \"30m\" }";
  }
  static std::string text(const control::KumoRuleTable& v) { return v.written.text(); }
  static Setting setting(const control::KumoRuleTable& v) { return v.written; }
  static bool parse(const Setting& s, control::KumoRuleTable& out) {
    out.written = s;
    return s.table() != nullptr;
  }
};
