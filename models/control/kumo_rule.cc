#include "models/control/kumo_rule.h"

namespace weir::control {
namespace {

/// Reads one rule, noting every problem on the way.
class RuleReader {
 public:
  RuleReader(const Setting& table, const std::string& path, Problems& problems)
      : at_{table, path, problems} {}

  KumoRule read() {
    report_unknown_keys(at_, {"regex", "action", "trigger", "duration", "match_internal"});
    KumoRule rule;
    if (const Setting* regex = required("regex"))
      rule.replies = refusals_matching(*regex, at_.path + ".regex", at_.problems);
    if (const Setting* action = required("action")) read_actions(*action, rule);
    if (const Setting* trigger = at_.table.find("trigger")) read_trigger(*trigger, rule);
    if (const Setting* duration = required("duration")) read_duration(*duration, rule);
    return rule;
  }

 private:
  const Setting* required(std::string_view key) {
    const Setting* found = at_.table.find(key);
    if (found == nullptr) at_.report(key, "is missing: a rule has regex, action and duration");
    return found;
  }

  void read_actions(const Setting& given, KumoRule& rule) {
    if (const SettingList* list = given.list()) {
      for (const Setting& item : *list) read_action(item, rule);
    } else {
      read_action(given, rule);
    }
    if (given.list() != nullptr && given.list()->empty()) at_.report("action", "names no action");
  }

  void read_action(const Setting& given, KumoRule& rule) {
    if (const std::string* word = given.string()) {
      read_word(*word, given, rule);
      return;
    }
    // A lane knows no tenants and no domains of its own: what is set for one is set for the lane.
    for (const std::string_view kind : {"SetConfig", "SetDomainConfig"})
      if (const Setting* set = given.find(kind); set != nullptr && given.table()->size() == 1) {
        read_option(*set, rule);
        return;
      }
    report(given,
           "expected an action, such as \"Suspend\" or "
           "{ SetConfig = { name = \"connection_limit\", value = 1 } }");
  }

  void read_word(const std::string& word, const Setting& given, KumoRule& rule) {
    const std::vector<std::string> known{"Suspend",   "SuspendTenant",  "SuspendCampaign",
                                         "Bounce",    "BounceTenant",   "BounceCampaign",
                                         "SetConfig", "SetDomainConfig"};
    const auto found = std::find(known.begin(), known.end(), word) - known.begin();
    if (found < 3) {
      rule.actions.emplace_back(Suspend{});
    } else if (found < 6) {
      rule.actions.emplace_back(Bounce{});
    } else {
      report(given, found < 8 ? "needs a table: { " + word + " = { name = ..., value = ... } }"
                              : "no such action" + suggestion(word, known));
    }
  }

  void read_option(const Setting& given, KumoRule& rule) {
    const Setting* name = given.find("name");
    const Setting* value = given.find("value");
    if (name == nullptr || value == nullptr) {
      report(given, "expected { name = ..., value = ... }");
      return;
    }
    SetOption set{};
    if (!ValueType<KumoOption>::parse(*name, set.option)) {
      report(*name, "no such setting" + suggestion(name->string() != nullptr ? *name->string() : "",
                                                   ValueType<KumoOption>::choices()));
    } else if (read_value(*value, set)) {
      rule.actions.emplace_back(set);
    }
  }

  bool read_value(const Setting& value, SetOption& set) {
    if (set.option == KumoOption::max_message_rate ||
        set.option == KumoOption::max_connection_rate) {
      Throttle throttle;
      const bool good = ValueType<Throttle>::parse(value, throttle);
      if (!good) report(value, "expected " + ValueType<Throttle>::expected());
      set.value = throttle;
      return good;
    }
    std::int64_t count = 0;
    const bool is_count = value.string() != nullptr
                              ? detail::assign(parse_limit(*value.string()), count)
                              : ValueType<std::int64_t>::parse(value, count);
    const std::int64_t least =
        set.option == KumoOption::consecutive_connection_failures_before_delay ? 0 : 1;
    const bool good = is_count && count >= least;
    if (!good) report(value, "expected a whole number, at least " + std::to_string(least));
    set.value = count;
    return good;
  }

  void read_trigger(const Setting& given, KumoRule& rule) {
    if (given.string() != nullptr && *given.string() == "Immediate") return;
    const Setting* threshold = given.find("Threshold");
    Throttle throttle;
    if (threshold == nullptr || !ValueType<Throttle>::parse(*threshold, throttle)) {
      report(given, "expected \"Immediate\" or { Threshold = \"5/hr\" }");
      return;
    }
    if (throttle.count > kMostMatches) {
      report(given, "at most " + std::to_string(kMostMatches) + " matches are counted");
      return;
    }
    rule.threshold = throttle;
  }

  void read_duration(const Setting& given, KumoRule& rule) {
    const auto span =
        given.string() != nullptr ? parse_span(*given.string()) : std::optional<Duration>();
    if (span) {
      rule.duration = *span;
    } else {
      report(given, "expected a duration, such as \"90m\" or \"2 hours\"");
    }
  }

  void report(const Setting& what, std::string message) {
    at_.problems.push_back({what.place, at_.path, what.text(), std::move(message)});
  }

  static constexpr std::int64_t kMostMatches = 100'000;

  ParamsPlace at_;
};

}  // namespace

KumoRule read_kumo_rule(const Setting& written, const std::string& path, Problems& problems) {
  return RuleReader(written, path, problems).read();
}

}  // namespace weir::control
