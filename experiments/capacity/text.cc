#include "experiments/capacity/text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include "experiments/capacity/rate_text.h"
#include "experiments/command/text.h"

namespace weir::experiments {
namespace {

constexpr std::size_t kMostRows = 20;
constexpr std::size_t kColumns = 7;
using Row = std::array<std::string, kColumns>;

std::string percent(double share) {
  return share < 100.0 ? fmt::format("{:.0f} %", 100.0 * share)
                       : fmt::format("{} x", number_text(share));
}

std::string amount(double per_second, const Bottleneck& b) {
  if (b.span == Duration::zero()) return number_text(per_second);
  return flow_text(per_second, b.span);
}

std::string wait_text(const Bottleneck& b) {
  if (!b.queue) return "-";
  return std::isinf(b.queue->wait) ? "grows" : seconds_text(b.queue->wait);
}

Row row_of(const Bottleneck& b) {
  // What is asked of a ceiling for new addresses is what comes in its busiest span.
  const double asked = b.while_new ? b.busiest * b.ceiling : b.asked;
  return {b.kind + " " + b.name,
          amount(asked, b),
          amount(b.ceiling, b) + " " + b.unit,
          percent(b.utilisation),
          percent(b.busiest),
          wait_text(b),
          b.setting + (b.while_new ? " (while new)" : "")};
}

std::string table_text(const std::vector<Row>& rows) {
  std::array<std::size_t, kColumns> widths{};
  for (const Row& row : rows)
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string out;
  for (const Row& row : rows) {
    std::string line = "  ";
    for (std::size_t i = 0; i + 1 < kColumns; ++i) {
      const bool words = i == 0 || i == 2;
      line += words ? fmt::format("{:<{}}  ", row[i], widths[i])
                    : fmt::format("{:>{}}  ", row[i], widths[i]);
    }
    out += line + row.back() + "\n";
  }
  return out;
}

std::string settings_text(const Bound& bound) {
  std::string text;
  for (std::size_t i = 0; i < bound.settings.size() && i < 3; ++i)
    text += (text.empty() ? " (" : ", ") + bound.settings[i];
  if (bound.settings.size() > 3) text += fmt::format(" and {} more", bound.settings.size() - 3);
  return text.empty() ? text : text + ")";
}

}  // namespace

std::string capacity_text(const Capacity& capacity) {
  std::string out = capacity.title + "\n\n  " + capacity.verdict + "\n\n";
  out += fmt::format("  submitted                    {}\n", flow_text(capacity.submitted));
  const bool all = capacity.carried.per_second >= capacity.submitted * (1.0 - 1e-9);
  out +=
      fmt::format("  of this mail at most         {}{}\n", flow_text(capacity.carried.per_second),
                  all ? ", all of it" : settings_text(capacity.carried));
  out += fmt::format("  of any mail on these ways    {}{}\n", flow_text(capacity.most.per_second),
                     settings_text(capacity.most));
  if (!capacity.loop.empty()) {
    out += "  mail can go round            ";
    for (const std::string& name : capacity.loop) out += name + ", ";
    out += "back\n";
  }
  if (capacity.bottlenecks.empty()) return out;

  std::vector<Row> rows{
      {"where", "asked for", "can carry", "used", "busiest", "mean wait", "by the setting"}};
  for (std::size_t i = 0; i < capacity.bottlenecks.size() && i < kMostRows; ++i)
    rows.push_back(row_of(capacity.bottlenecks[i]));
  out += "\n" + table_text(rows);
  if (capacity.bottlenecks.size() > kMostRows)
    out += fmt::format("  ... and {} more (all of them with --json)\n",
                       capacity.bottlenecks.size() - kMostRows);
  return out;
}

}  // namespace weir::experiments
