#include "experiments/import/log_stamp.h"

#include <algorithm>

namespace weir::experiments {
namespace {

using namespace std::chrono;

/// Years that nanoseconds since 1970 can hold, with room for a zone.
constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2200;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes pieces off the front of a text; `ok` falls when one is not as expected, and stays down.
struct Scan {
  std::string_view text;
  bool ok = true;

  bool peek(char c) const { return !text.empty() && text.front() == c; }

  void expect(char c) {
    ok = ok && peek(c);
    if (ok) text.remove_prefix(1);
  }

  unsigned digits(std::size_t count) {
    unsigned value = 0;
    ok = ok && text.size() >= count && std::all_of(text.begin(), text.begin() + count, is_digit);
    if (!ok) return 0;
    for (const char c : text.substr(0, count)) value = value * 10 + static_cast<unsigned>(c - '0');
    text.remove_prefix(count);
    return value;
  }
};

unsigned month_number(std::string_view name) {
  static constexpr std::string_view kNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto place = kNames.find(name);
  if (name.size() != 3 || place == std::string_view::npos || place % 3 != 0) return 0;
  return static_cast<unsigned>(place / 3) + 1;
}

/// hh:mm:ss; a leap second counts as the last second of its minute.
Duration scan_time(Scan& scan) {
  const auto hour = scan.digits(2);
  scan.expect(':');
  const auto minute = scan.digits(2);
  scan.expect(':');
  const auto second = scan.digits(2);
  scan.ok = scan.ok && hour < 24 && minute < 60 && second <= 60;
  return hours{hour} + minutes{minute} + seconds{second == 60 ? 59 : second};
}

/// ".123456": digits behind the ninth are dropped.
Duration scan_fraction(Scan& scan) {
  scan.text.remove_prefix(1);
  Duration::rep value = 0;
  Duration::rep unit = 1'000'000'000;
  scan.ok = scan.ok && !scan.text.empty() && is_digit(scan.text.front());
  while (!scan.text.empty() && is_digit(scan.text.front())) {
    unit /= 10;
    value += unit * (scan.text.front() - '0');
    scan.text.remove_prefix(1);
  }
  return Duration{value};
}

/// "Z", "+01:00", "-0500", or nothing.
std::optional<Duration> scan_zone(Scan& scan) {
  if (scan.peek('Z')) {
    scan.text.remove_prefix(1);
    return Duration{};
  }
  if (!scan.peek('+') && !scan.peek('-')) return std::nullopt;
  const bool west = scan.peek('-');
  scan.text.remove_prefix(1);
  const auto hour = scan.digits(2);
  if (scan.peek(':')) scan.text.remove_prefix(1);
  const auto minute = scan.digits(2);
  scan.ok = scan.ok && hour < 24 && minute < 60;
  const Duration offset = hours{hour} + minutes{minute};
  return west ? -offset : offset;
}

LogStamp scan_iso(Scan& scan) {
  LogStamp stamp;
  stamp.year = static_cast<int>(scan.digits(4));
  scan.expect('-');
  stamp.month = scan.digits(2);
  scan.expect('-');
  stamp.day = scan.digits(2);
  if (scan.peek(' '))
    scan.expect(' ');
  else
    scan.expect('T');
  stamp.of_day = scan_time(scan);
  stamp.fraction = scan.ok && (scan.peek('.') || scan.peek(','));
  if (stamp.fraction) stamp.of_day += scan_fraction(scan);
  if (scan.ok) stamp.zone = scan_zone(scan);
  scan.ok = scan.ok && *stamp.year >= kFirstYear && *stamp.year <= kLastYear;
  return stamp;
}

LogStamp scan_rfc3164(Scan& scan) {
  LogStamp stamp;
  stamp.month = month_number(scan.text.substr(0, 3));
  scan.ok = stamp.month != 0;
  if (!scan.ok) return stamp;
  scan.text.remove_prefix(3);
  scan.expect(' ');
  if (scan.peek(' ')) scan.text.remove_prefix(1);
  stamp.day = scan.digits(scan.text.size() > 1 && is_digit(scan.text[1]) ? 2 : 1);
  scan.expect(' ');
  stamp.of_day = scan_time(scan);
  return stamp;
}

constexpr Duration distance(LogTime a, LogTime b) { return a < b ? b - a : a - b; }

}  // namespace

std::optional<LogStamp> parse_stamp(std::string_view line) {
  if (line.empty()) return std::nullopt;
  Scan scan{.text = line};
  auto stamp = is_digit(line.front()) ? scan_iso(scan) : scan_rfc3164(scan);
  const bool date = stamp.month >= 1 && stamp.month <= 12 && stamp.day >= 1 && stamp.day <= 31;
  if (!scan.ok || !date || !scan.peek(' ')) return std::nullopt;
  stamp.length = line.size() - scan.text.size();
  return stamp;
}

std::optional<LogTime> resolve_in(const LogStamp& stamp, int year_number, Duration default_zone) {
  const auto number = stamp.year.value_or(year_number);
  const year_month_day date{year{number}, month{stamp.month}, day{stamp.day}};
  if (!date.ok() || number < kFirstYear - 1 || number > kLastYear + 1) return std::nullopt;
  return LogTime{sys_days{date}} + stamp.of_day - stamp.zone.value_or(default_zone);
}

std::optional<LogTime> resolve_near(const LogStamp& stamp, LogTime anchor, Duration default_zone) {
  const year_month_day around{floor<days>(anchor)};
  std::optional<LogTime> best;
  for (int step = -1; step <= 1; ++step) {
    const auto candidate = resolve_in(stamp, static_cast<int>(around.year()) + step, default_zone);
    if (!candidate) continue;
    if (!best || distance(*candidate, anchor) < distance(*best, anchor)) best = candidate;
  }
  return best;
}

std::optional<LogTime> LogClock::resolve(const LogStamp& stamp) const {
  if (!started_ && first_year_) return resolve_in(stamp, *first_year_, zone_);
  return resolve_near(stamp, last_, zone_);
}

/// Whether the lines behind lie nearer to `candidate` than to where the clock stands.
bool LogClock::confirmed(LogTime candidate, std::string_view ahead) const {
  constexpr int kLinesTried = 8;
  for (int tried = 0; tried < kLinesTried; ++tried) {
    const auto end = ahead.find('\n');
    if (end == std::string_view::npos) return true;
    if (const auto stamp = parse_stamp(ahead.substr(0, end))) {
      const auto next = resolve_near(*stamp, candidate, zone_);
      if (next) return distance(*next, candidate) <= distance(*next, now_);
    }
    ahead.remove_prefix(end + 1);
  }
  return true;
}

/// Whether the stamp may move the clock: the first must not lie far behind the lines after it, a
/// later one not far ahead of the lines on both sides.
bool LogClock::believes(LogTime instant, std::string_view ahead) const {
  if (started_) return instant - now_ <= kJump || confirmed(instant, ahead);
  const auto stamp = parse_stamp(ahead.substr(0, ahead.find('\n')));
  const auto next = stamp ? resolve_near(*stamp, instant, zone_) : std::nullopt;
  return !next || instant - *next <= kJump;
}

void LogClock::advance(LogTime instant) {
  if (started_ && instant < last_) {
    ++faults_.steps_back;
    faults_.largest_step_back = std::max<Duration>(faults_.largest_step_back, last_ - instant);
  }
  now_ = started_ ? std::max(now_, instant) : instant;
  last_ = instant;
  started_ = true;
}

std::optional<std::size_t> LogClock::read(std::string_view line, std::string_view ahead) {
  const auto length = text_.size();
  if (length != 0 && line.size() > length && line[length] == ' ' && line.starts_with(text_))
    return length;
  const auto stamp = parse_stamp(line);
  if (!stamp) return std::nullopt;
  const auto instant = resolve(*stamp);
  if (!instant) return std::nullopt;
  if (!believes(*instant, ahead)) {
    ++faults_.distrusted;
    return started_ ? std::optional{stamp->length} : std::nullopt;
  }
  fractions_ = fractions_ || stamp->fraction;
  years_ = years_ || stamp->year.has_value();
  advance(*instant);
  text_.assign(line.substr(0, stamp->length));
  return stamp->length;
}

}  // namespace weir::experiments
