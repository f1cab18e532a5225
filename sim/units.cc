#include "sim/units.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace weir {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t size;
};

constexpr std::array kTimes{Unit{"w", 604'800'000'000'000},
                            Unit{"d", 86'400'000'000'000},
                            Unit{"h", 3'600'000'000'000},
                            Unit{"min", 60'000'000'000},
                            Unit{"s", 1'000'000'000},
                            Unit{"ms", 1'000'000},
                            Unit{"us", 1'000},
                            Unit{"ns", 1}};

constexpr std::array kSizes{Unit{"GiB", 1'073'741'824},
                            Unit{"MiB", 1'048'576},
                            Unit{"KiB", 1'024},
                            Unit{"GB", 1'000'000'000},
                            Unit{"MB", 1'000'000},
                            Unit{"kB", 1'000},
                            Unit{"B", 1}};

/// A decimal number kept exact: mantissa / 10^digits.
struct Decimal {
  std::int64_t mantissa;
  int digits;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes a decimal off the front of `text`; '_' may group digits.
std::optional<Decimal> take_decimal(std::string_view& text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  Decimal number{0, 0};
  bool any = false;
  bool point = false;
  while (!text.empty() && (is_digit(text[0]) || text[0] == '_' || (text[0] == '.' && !point))) {
    const char c = text[0];
    text.remove_prefix(1);
    if (c == '.') point = true;
    if (!is_digit(c)) continue;
    const int digit = c - '0';
    if (number.mantissa > (std::numeric_limits<std::int64_t>::max() - digit) / 10)
      return std::nullopt;
    number.mantissa = number.mantissa * 10 + digit;
    number.digits += point ? 1 : 0;
    any = true;
  }
  if (!any || number.digits > 15) return std::nullopt;
  if (negative) number.mantissa = -number.mantissa;
  return number;
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

void skip_spaces(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
}

template <std::size_t n>
std::optional<std::int64_t> unit_size(std::string_view name, const std::array<Unit, n>& units) {
  for (const Unit& unit : units)
    if (unit.name == name) return unit.size;
  return std::nullopt;
}

/// number x unit as a whole count, or nothing when it is not whole or does not fit.
template <std::size_t n>
std::optional<std::int64_t> parse_quantity(std::string_view text,
                                           const std::array<Unit, n>& units) {
  const auto number = take_decimal(text);
  skip_spaces(text);
  const auto size = unit_size(text, units);
  if (!number || !size) return std::nullopt;
  const Wide scaled = static_cast<Wide>(number->mantissa) * *size;
  const std::int64_t divisor = power_of_ten(number->digits);
  if (scaled % divisor != 0) return std::nullopt;
  const Wide whole = scaled / divisor;
  if (whole > std::numeric_limits<std::int64_t>::max() ||
      whole < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return static_cast<std::int64_t>(whole);
}

template <std::size_t n>
std::string quantity_text(std::int64_t value, const std::array<Unit, n>& units,
                          std::string_view unit_of_zero) {
  if (value == 0) return "0 " + std::string(unit_of_zero);
  for (const Unit& unit : units) {
    if (unit.name == "w" || (unit.name == "d" && value / unit.size < 3))
      continue;  // "24 h", "48 h"
    if (value % unit.size == 0)
      return std::to_string(value / unit.size) + " " + std::string(unit.name);
  }
  return std::to_string(value);
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  const auto ns = parse_quantity(text, kTimes);
  return ns ? std::optional(Duration{*ns}) : std::nullopt;
}

std::optional<Rate<void>> parse_rate(std::string_view text) {
  const auto number = take_decimal(text);
  skip_spaces(text);
  if (!number || !text.starts_with('/')) return std::nullopt;
  text.remove_prefix(1);
  skip_spaces(text);
  const bool counted = !text.empty() && is_digit(text[0]);
  const auto period = parse_duration(counted ? std::string(text) : "1 " + std::string(text));
  if (!period || *period <= Duration::zero() || number->mantissa < 0) return std::nullopt;
  const Wide scaled = static_cast<Wide>(period->count()) * power_of_ten(number->digits);
  if (scaled > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return Rate<void>{number->mantissa, Duration{static_cast<std::int64_t>(scaled)}};
}

std::optional<double> parse_share(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  std::string number(text);
  std::erase(number, '_');
  number += "e-2";  // moves the decimal point: what is read is the double nearest to what is meant
  double share = 0.0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), share);
  if (error != std::errc{} || end != number.data() + number.size()) return std::nullopt;
  return share;
}

std::optional<Bytes> parse_bytes(std::string_view text) {
  const auto count = parse_quantity(text, kSizes);
  return count ? std::optional(Bytes{*count}) : std::nullopt;
}

std::string to_text(Duration d) { return quantity_text(d.count(), kTimes, "s"); }
std::string to_text(Bytes b) { return quantity_text(b.count, kSizes, "B"); }
std::string to_text(std::int64_t v) { return std::to_string(v); }

std::string to_text(double v) {
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, v).ptr};
}

std::string to_text(Probability p) {
  // 0.003 * 100 is not 0.3 in binary: the point of the shortest decimal is moved instead.
  char buffer[400];  // the smallest double has 326 digits
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(p.value), std::chars_format::fixed);
  std::string digits(buffer, end.ptr);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  if (point < digits.size()) digits.erase(point, 1);
  digits.append(digits.size() < point + 2 ? point + 2 - digits.size() : 0, '0');
  std::string whole = digits.substr(0, point + 2);
  std::string rest = digits.substr(point + 2);
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  while (rest.ends_with('0')) rest.pop_back();
  return (p.value < 0.0 ? "-" : "") + whole + (rest.empty() ? "" : "." + rest) + " %";
}

std::string rate_text(std::int64_t count, Duration period) {
  const std::string span = to_text(period);
  return std::to_string(count) + "/" + (span.starts_with("1 ") ? span.substr(2) : span);
}

}  // namespace weir
