#include "bench/harness/report.h"

#include <cmath>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace weir::bench {
namespace {

bool exceeds(const Result& result, const std::optional<double>& limit) {
  return limit && result.found.ratio && *result.found.ratio > *limit;
}

bool is_judged(const Result& result) {
  return result.is_timed && result.row.limits.required && result.found.ratio;
}

std::string_view verdict(const Result& result) {
  if (!result.found.problem.empty()) return "WRONG";
  if (!result.found.unavailable.empty()) return "absent";
  if (!is_judged(result)) return "";
  if (exceeds(result, result.row.limits.required)) return "NO";
  return exceeds(result, result.row.limits.aim) ? "yes" : "yes, aim";
}

std::string cell(const std::optional<double>& value, int digits) {
  return value ? fmt::format("{:.{}f}", *value, digits) : "-";
}

std::string json_number(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? fmt::format("{:.6g}", *value) : "null";
}

std::string json_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(quoted), "\\u{:04x}", c);
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  quoted += '"';
  return quoted;
}

/// What only some rows have.
std::string json_rest(const Measurement& found) {
  std::string text;
  const auto out = std::back_inserter(text);
  std::string_view separator = ", \"figures\": {";
  for (const Figure& figure : found.figures) {
    const std::string_view comma = figure.unit.empty() ? "" : ", ";
    fmt::format_to(out, "{}{}: {}", separator,
                   json_text(fmt::format("{}{}{}", figure.name, comma, figure.unit)),
                   json_number(figure.value));
    separator = ", ";
  }
  if (!found.figures.empty()) text += '}';
  if (!found.unavailable.empty())
    fmt::format_to(out, ", \"unavailable\": {}", json_text(found.unavailable));
  if (!found.problem.empty()) fmt::format_to(out, ", \"problem\": {}", json_text(found.problem));
  return text;
}

}  // namespace

std::string table_head() {
  return fmt::format("{:<50} {:>10} {:>10} {:>10} {:>7} {:>8} {:>6}  {}\n", "work", "n", "ns",
                     "reference", "ratio", "required", "aim", "holds");
}

std::string table_line(const Result& result) {
  const Measurement& found = result.found;
  std::string text = fmt::format(
      "{:<50} {:>10} {:>10} {:>10} {:>7} {:>8} {:>6}  {}\n", result.row.work, result.row.n,
      cell(found.ns, 1), cell(found.reference_ns, 1), cell(found.ratio, 3),
      cell(result.row.limits.required, 2), cell(result.row.limits.aim, 3), verdict(result));
  const auto out = std::back_inserter(text);
  for (const Figure& figure : found.figures)
    fmt::format_to(out, "    {}: {:.6g} {}\n", figure.name, figure.value, figure.unit);
  if (!found.problem.empty()) fmt::format_to(out, "    WRONG: {}\n", found.problem);
  if (!found.unavailable.empty()) fmt::format_to(out, "    not available: {}\n", found.unavailable);
  return text;
}

std::string summary(std::span<const Result> results) {
  int wrong = 0;
  int judged = 0;
  int above = 0;
  for (const Result& result : results) {
    wrong += result.found.problem.empty() ? 0 : 1;
    judged += is_judged(result) ? 1 : 0;
    above += is_judged(result) && exceeds(result, result.row.limits.required) ? 1 : 0;
  }
  return fmt::format("{} rows: {} wrong; {} of {} with a limit are above what is required\n",
                     results.size(), wrong, above, judged);
}

std::string to_json(std::span<const Result> results) {
  std::string text = "{\"rows\": [";
  std::string_view separator = "\n";
  for (const auto& [row, found, is_timed] : results) {
    fmt::format_to(std::back_inserter(text),
                   R"({}  {{"work": {}, "n": {}, "ns": {}, "reference_ns": {}, "ratio": {}, )"
                   R"("required": {}, "aim": {}{}}})",
                   separator, json_text(row.work), row.n, json_number(found.ns),
                   json_number(found.reference_ns), json_number(found.ratio),
                   json_number(row.limits.required), json_number(row.limits.aim), json_rest(found));
    separator = ",\n";
  }
  text += "\n]}\n";
  return text;
}

}  // namespace weir::bench
