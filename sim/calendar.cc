#include "sim/calendar.h"

#include <charconv>
#include <cstdio>

namespace weir {
namespace {

constexpr Duration kDay = 24h;
constexpr std::int64_t kDaySeconds = 86'400;

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.starts_with('-'))
    return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * kDaySeconds;
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hour = number(text.substr(0, 2));
  const auto minute = number(text.substr(3, 2));
  const auto second = number(text.substr(6, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
    return std::nullopt;
  return *hour * 3'600LL + *minute * 60 + *second;
}

}  // namespace

std::optional<Calendar> Calendar::parse(std::string_view local, Duration utc_offset) {
  const auto date = parse_date(local.substr(0, 10));
  if (!date) return std::nullopt;
  std::int64_t seconds = *date;
  if (local.size() > 10) {
    const auto time =
        local[10] == 'T' || local[10] == ' ' ? parse_time(local.substr(11)) : std::nullopt;
    if (!time) return std::nullopt;
    seconds += *time;
  }
  return Calendar(seconds - utc_offset / 1s, utc_offset);
}

// Days and the rest of a day are summed apart: nanoseconds since 1970 end in the year 2262.
Calendar::Local Calendar::local(SimTime t) const {
  const Duration since_start = t.time_since_epoch();
  const Duration rest =
      std::chrono::seconds(start_ % kDaySeconds) + utc_offset_ % kDay + since_start % kDay;
  const auto days = std::chrono::floor<std::chrono::days>(rest);
  return {start_ / kDaySeconds + utc_offset_ / kDay + since_start / kDay + days.count(),
          rest - days};
}

int Calendar::day_of_week(SimTime t) const {
  return static_cast<int>(((local(t).day + 3) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
}

std::string Calendar::utc_text(SimTime t) const {
  const std::int64_t seconds = start_ + t.time_since_epoch() / 1s;
  const auto days = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(seconds)));
  const std::chrono::year_month_day date(days);
  const auto rest = static_cast<int>(seconds - days.time_since_epoch().count() * kDaySeconds);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u %02d:%02d:%02d", int(date.year()),
                unsigned(date.month()), unsigned(date.day()), rest / 3600, rest / 60 % 60,
                rest % 60);
  return buffer;
}

}  // namespace weir
