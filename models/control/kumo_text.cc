#include "models/control/kumo_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace weir::control {
namespace {

struct Unit {
  std::string_view name;
  Duration size;
};

constexpr std::array kUnits = std::to_array<Unit>({
    {"ms", 1ms},       {"s", 1s},          {"sec", 1s},   {"secs", 1s},   {"second", 1s},
    {"seconds", 1s},   {"m", 1min},        {"min", 1min}, {"mins", 1min}, {"minute", 1min},
    {"minutes", 1min}, {"h", 1h},          {"hr", 1h},    {"hrs", 1h},    {"hour", 1h},
    {"hours", 1h},     {"d", 24h},         {"day", 24h},  {"days", 24h},  {"w", 7 * 24h},
    {"week", 7 * 24h}, {"weeks", 7 * 24h},
});

std::optional<Duration> unit(std::string_view name) {
  const auto* found = std::find_if(kUnits.begin(), kUnits.end(),
                                   [&](const Unit& candidate) { return candidate.name == name; });
  return found == kUnits.end() ? std::nullopt : std::optional(found->size);
}

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the leading characters for which `belongs` holds.
std::string_view take(std::string_view& text, bool (*belongs)(char)) {
  const auto end = std::find_if_not(text.begin(), text.end(), belongs);
  const auto length = static_cast<std::size_t>(end - text.begin());
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length);
  return taken;
}

}  // namespace

std::int64_t Throttle::burst() const {
  // The store lets max_burst + 1 through, and never more than the count.
  return max_burst ? std::min(*max_burst, count - 1) + 1 : count;
}

std::optional<std::int64_t> parse_limit(std::string_view text) {
  if (text.starts_with("local:")) text.remove_prefix(6);
  std::string digits(text);
  std::erase(digits, '_');
  std::erase(digits, ',');
  const auto value = whole(digits);
  return value && *value > 0 ? value : std::nullopt;
}

std::optional<Throttle> parse_throttle(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto count = parse_limit(text.substr(0, slash));
  std::string_view period = text.substr(slash + 1);
  Throttle throttle;
  if (const std::size_t comma = period.find(','); comma != std::string_view::npos) {
    constexpr std::string_view kBurst = ",max_burst=";
    if (!period.substr(comma).starts_with(kBurst)) return std::nullopt;
    throttle.max_burst = whole(period.substr(comma + kBurst.size()));
    if (!throttle.max_burst) return std::nullopt;
    period = period.substr(0, comma);
  }
  const auto size = unit(period);
  if (!count || !size || period == "ms") return std::nullopt;
  throttle.count = *count;
  throttle.period = *size;
  return throttle;
}

std::string to_text(const Throttle& throttle) {
  const std::string rate = weir::to_text(throttle.rate());
  // weir says "24 h" for a day, KumoMTA "d".
  const std::string text =
      throttle.period == Duration{24h} ? std::to_string(throttle.count) + "/d" : rate;
  return throttle.max_burst ? text + ",max_burst=" + std::to_string(*throttle.max_burst) : text;
}

std::optional<Duration> parse_span(std::string_view text) {
  Wide sum = 0;
  bool any = false;
  while (!text.empty()) {
    const auto count = whole(take(text, is_digit));
    take(text, [](char c) { return c == ' '; });
    const auto size = unit(take(text, [](char c) { return c >= 'a' && c <= 'z'; }));
    take(text, [](char c) { return c == ' '; });
    if (!count || !size) return std::nullopt;
    sum += Wide{*count} * size->count();
    if (sum > Duration::max().count()) return std::nullopt;
    any = true;
  }
  return any ? std::optional(Duration{static_cast<std::int64_t>(sum)}) : std::nullopt;
}

}  // namespace weir::control
