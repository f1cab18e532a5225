#include "experiments/compare/verdict.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

namespace weir::experiments {
namespace {

struct TimeUnit {
  std::string_view name;
  double seconds;
  double from;  // the smallest magnitude in seconds that is told in it
};

constexpr auto kTimeUnits = std::to_array<TimeUnit>(
    {{"d", 86'400, 48 * 3'600.0}, {"h", 3'600, 6'000}, {"min", 60, 100}, {"s", 1, 0}});

/// Seconds in the unit of a time, or 0 of what is none.
double seconds_of(std::string_view units) {
  for (const TimeUnit& unit : kTimeUnits)
    if (unit.name == units) return unit.seconds;
  return 0;
}

/// Digits behind the point: so that the doubt shows in the last one or two, but no more than four
/// digits that count.
int decimals_for(double magnitude, double doubt) {
  if (!(magnitude > 0)) return 0;
  const double by_doubt = doubt > 0 ? std::ceil(-std::log10(doubt / 3)) : 6.0;
  const double by_magnitude = 3 - std::floor(std::log10(magnitude));
  return static_cast<int>(std::clamp(std::min(by_doubt, by_magnitude), 0.0, 6.0));
}

std::string with_thousands(std::string digits) {
  const std::size_t first = digits.front() == '-' ? 1 : 0;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > first + 3;) digits.insert(at -= 3, ",");
  return digits;
}

/// "B delivers 4.1 h earlier, 95 % between 3.2 and 5.0"
std::string clause(const FigureFindings& finding, const Difference& difference,
                   const std::string& name, Probability confidence) {
  const analysis::Estimate& estimate = difference.paired.estimate;
  const bool more = difference.finding == Finding::more;
  const double low = std::abs(estimate.interval.low);
  const double high = std::abs(estimate.interval.high);
  const AmountText text(finding.figure, estimate.value, estimate.interval.half_width());
  const bool is_share = finding.figure.kind == FigureKind::share;
  const FigureWords& words = finding.figure.words;
  return fmt::format("{} {} {}{} {}, {} between {} and {}", name, words.verb,
                     text.number(std::abs(estimate.value)),
                     is_share ? " percentage points" : text.unit(), more ? words.more : words.less,
                     confidence_text(confidence), text.number(std::min(low, high)),
                     text.number(std::max(low, high)));
}

}  // namespace

AmountText::AmountText(const ComparedFigure& figure, double magnitude, double doubt) {
  // What is not known is told in the smallest unit.
  const double size = std::isnan(magnitude) ? 0.0 : std::abs(magnitude);
  if (figure.kind == FigureKind::share) {
    divisor_ = 0.01;
    unit_ = " %";
  } else if (const double seconds = seconds_of(figure.units); seconds > 0) {
    const auto unit = std::ranges::find_if(
        kTimeUnits, [&](const TimeUnit& candidate) { return size * seconds >= candidate.from; });
    divisor_ = unit->seconds / seconds;
    unit_ = fmt::format(" {}", unit->name);
  }
  decimals_ = decimals_for(size / divisor_, doubt / divisor_);
}

std::string AmountText::number(double value) const {
  if (std::isnan(value)) return "-";
  const std::string digits = fmt::format("{:.{}f}", value / divisor_, decimals_);
  const bool zero = digits.find_first_not_of("-0.") == std::string::npos;
  return with_thousands(zero && digits.front() == '-' ? digits.substr(1) : digits);
}

Verdict verdict_on(std::span<const FigureFindings> findings, std::size_t variant,
                   const std::string& name, Probability confidence) {
  Verdict verdict;
  for (const FigureFindings& finding : findings) {
    const Difference& difference = finding.differences[variant];
    const std::string& label = finding.figure.words.label;
    switch (difference.finding) {
      case Finding::less:
      case Finding::more:
        verdict.found.push_back(clause(finding, difference, name, confidence));
        break;
      case Finding::none_found:
        verdict.none_found.push_back(label);
        break;
      case Finding::same_always:
        verdict.same_always.push_back(label);
        break;
      case Finding::unknown:
        verdict.unknown.push_back(label);
        break;
    }
  }
  return verdict;
}

BestVariants best_variants(const FigureFindings& findings, std::span<const std::string> names) {
  BestVariants result;
  if (findings.against_best.empty()) return result;
  const bool largest = *findings.figure.best == analysis::Best::largest;
  for (std::size_t v = 0; v < names.size(); ++v) {
    const analysis::Interval& interval = findings.against_best[v].interval;
    const bool best = largest ? interval.low >= 0 : interval.high <= 0;
    const bool beaten = largest ? interval.high <= 0 : interval.low >= 0;
    (best ? result.best : beaten ? result.excluded : result.possible).push_back(names[v]);
  }
  return result;
}

std::string confidence_text(Probability confidence) {
  return fmt::format("{:g} %", 100 * confidence.value);
}

}  // namespace weir::experiments
