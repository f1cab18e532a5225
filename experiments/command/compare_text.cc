#include "experiments/command/compare_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "analysis/estimate/words.h"
#include "experiments/compare/verdict.h"

namespace weir::experiments {
namespace {

constexpr std::size_t kColumns = 100;

/// `text` after `indent` blanks, broken between words; what is broken off is indented by two more.
void paragraph(std::string& out, std::size_t indent, std::string_view text) {
  std::size_t broken_off = 0;
  while (text.size() > kColumns - indent - broken_off) {
    std::size_t at = text.rfind(' ', kColumns - indent - broken_off);
    if (at == std::string_view::npos || at == 0) at = text.find(' ', 1);
    if (at == std::string_view::npos) break;
    out.append(indent + broken_off, ' ').append(text.substr(0, at)) += '\n';
    text.remove_prefix(at + 1);
    broken_off = 2;
  }
  out.append(indent + broken_off, ' ').append(text) += '\n';
}

void list(std::string& out, const std::string& words, const std::vector<std::string>& names) {
  if (!names.empty()) paragraph(out, 2, fmt::format("{}: {}", words, fmt::join(names, ", ")));
}

/// How much pairing saved: independent runs would need so many times the replications.
std::string saved_text(const analysis::PairedDifference& difference, Finding finding) {
  if (finding == Finding::same_always || finding == Finding::unknown) return "-";
  if (std::isinf(difference.variance_reduction)) return "all";
  return fmt::format("{:.{}f} x", difference.variance_reduction,
                     difference.variance_reduction < 10 ? 1 : 0);
}

std::string interval_text(const AmountText& text, const Difference& difference) {
  if (difference.finding == Finding::unknown) return "-";
  const analysis::Interval& interval = difference.paired.estimate.interval;
  return fmt::format("{} to {}", text.number(interval.low), text.number(interval.high));
}

/// The marks of a figure, told below the table.
std::string marks_of(const FigureFindings& finding, std::size_t variant) {
  std::string marks;
  if (finding.at_horizon[0] + finding.at_horizon[variant] > 0) marks += "*";
  if (finding.left_out > 0) marks += "+";
  return marks;
}

void table_row(std::string& out, const FigureFindings& finding, std::size_t variant) {
  const Difference& difference = finding.differences[variant];
  const analysis::Estimate& estimate = difference.paired.estimate;
  const double first = finding.means[0];
  const double other = finding.means[variant];
  const AmountText text(finding.figure, std::max(std::abs(first), std::abs(other)),
                        estimate.interval.half_width());
  const std::string unit = text.unit().empty() ? "" : fmt::format(" [{}]", text.unit().substr(1));
  out += fmt::format("  {:<36}{:>12}{:>12}{:>11}{:>20}{:>7}\n",
                     finding.figure.words.label + unit + marks_of(finding, variant),
                     text.number(first), text.number(other), text.number(other - first),
                     interval_text(text, difference),
                     saved_text(difference.paired, difference.finding));
}

/// What stands at the horizon, and what is left out.
void notes(std::string& out, const Comparison& c, std::size_t variant) {
  std::vector<std::string> at_horizon;
  std::vector<std::string> left_out;
  for (const FigureFindings& f : c.findings) {
    if (f.at_horizon[0] + f.at_horizon[variant] > 0)
      at_horizon.push_back(
          fmt::format("{} ({}, {})", f.figure.words.label, f.at_horizon[0], f.at_horizon[variant]));
    if (f.left_out > 0)
      left_out.push_back(fmt::format("{} ({})", f.figure.words.label, f.left_out));
  }
  const auto& names = c.contenders;
  if (!at_horizon.empty())
    paragraph(out, 2,
              fmt::format("* counts as the horizon where the run ended before, in so many "
                          "receivers of {} and {}: {}",
                          names[0].name, names[variant].name, fmt::join(at_horizon, ", ")));
  if (!left_out.empty())
    paragraph(out, 2,
              fmt::format("+ over fewer receivers: left out are those in which a variant has no "
                          "value, {}",
                          fmt::join(left_out, ", ")));
}

/// One variant against the first: the table, and what it says.
void pair_text(std::string& out, const Comparison& c, std::size_t variant) {
  const std::string& name = c.contenders[variant].name;
  out += fmt::format("\n  {:<36}{:>12}{:>12}{:>11}{:>20}{:>7}\n", "",
                     c.contenders[0].name.substr(0, 11), name.substr(0, 11), "difference",
                     confidence_text(c.confidence) + " interval", "saved");
  for (const FigureFindings& finding : c.findings) table_row(out, finding, variant);
  notes(out, c, variant);
  out += '\n';
  const Verdict verdict = verdict_on(c.findings, variant, name, c.confidence);
  for (const std::string& clause : verdict.found) paragraph(out, 2, clause);
  list(out, "no difference found in", verdict.none_found);
  list(out, "the same in every run", verdict.same_always);
  list(out, "too few receivers with a value", verdict.unknown);
}

void best_text(std::string& out, const Comparison& c) {
  if (c.contenders.size() < 3 || c.receivers < 2) return;
  out += fmt::format("\n  all against the best, {} for all variants of a line together\n",
                     confidence_text(c.confidence));
  const std::vector<std::string> names = c.names();
  for (const FigureFindings& finding : c.findings) {
    if (finding.against_best.empty()) continue;
    const BestVariants best = best_variants(finding, names);
    std::vector<std::string> parts;
    if (best.best.size() == names.size()) {
      parts.emplace_back("all alike");
    } else {
      if (!best.best.empty()) parts.push_back(fmt::format("best {}", fmt::join(best.best, ", ")));
      if (!best.possible.empty())
        parts.push_back(fmt::format("possibly {}", fmt::join(best.possible, ", ")));
      if (!best.excluded.empty())
        parts.push_back(fmt::format("not {}", fmt::join(best.excluded, ", ")));
    }
    paragraph(out, 2, fmt::format("{:<36}{}", finding.figure.words.label, fmt::join(parts, "; ")));
  }
}

/// The title that all have, or that of each.
std::string title_text(const Comparison& c) {
  const std::string& first = c.contenders.front().title;
  if (std::ranges::all_of(c.contenders, [&](const auto& other) { return other.title == first; }))
    return first + "\n";
  std::string text;
  for (const Contender& contender : c.contenders)
    text += fmt::format("{}: {}\n", contender.name, contender.title);
  return text;
}

void goal_text(std::string& out, const Comparison& c) {
  if (!c.goal) return;
  const double percent = 100 * c.goal->precision.relative_error;
  if (c.goal->reached) {
    paragraph(out, 2,
              fmt::format("enough: differences of {} are known to within {:g} % of {}'s mean",
                          c.goal->figure, percent, c.contenders[0].name));
  } else {
    paragraph(out, 2,
              fmt::format("NOT REACHED: differences of {} are not known to within {:g} % of {}'s "
                          "mean after {} receivers; allow more with --replications",
                          c.goal->figure, percent, c.contenders[0].name, c.receivers));
  }
}

}  // namespace

std::string comparison_text(const Comparison& c) {
  std::string out = title_text(c);
  const std::string traffics =
      c.traffics > 1 ? fmt::format(", each with its mean over {} traffics", c.traffics) : "";
  paragraph(
      out, 2,
      fmt::format("{} receivers{}, the same ones and the same traffic for all; deliveries and "
                  "delay of '{}'",
                  c.receivers, traffics, c.contenders.front().report));
  if (c.interrupted)
    paragraph(out, 2, "INTERRUPTED: only the receivers that all variants finished are compared");
  goal_text(out, c);
  if (c.receivers < analysis::kFewestReplications)
    paragraph(out, 2, fmt::format("doubt: {}", analysis::words_for(analysis::Doubt::few_samples)));
  for (const std::string& remark : c.remarks) paragraph(out, 2, "remark: " + remark);
  for (std::size_t v = 1; v < c.contenders.size(); ++v) pair_text(out, c, v);
  best_text(out, c);
  out += '\n';
  paragraph(out, 2,
            fmt::format(
                "Each interval is meant by itself: of {} figures about {:.0f} would show a "
                "difference where there is none. Saved: so many times the replications "
                "would be needed without common random numbers.",
                c.findings.size(),
                std::max(1.0, static_cast<double>(c.findings.size()) * (1 - c.confidence.value))));
  return out;
}

}  // namespace weir::experiments
