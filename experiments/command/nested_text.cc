#include "experiments/command/nested_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "analysis/estimate/replication.h"
#include "analysis/estimate/words.h"
#include "experiments/compare/verdict.h"

namespace weir::experiments {
namespace {

constexpr std::size_t kMostUnknowns = 6;  // shown of a ranking

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

bool varies(const FigureShares& figure) {
  return figure.shares && figure.shares->between + figure.shares->within > 0;
}

std::string row(const FigureShares& figure) {
  const analysis::Estimate& mean = figure.shares->mean;
  const analysis::Estimate& share = figure.shares->between_share;
  const AmountText text(figure.figure, mean.value, mean.interval.half_width());
  const std::string unit = text.unit().empty() ? "" : fmt::format(" [{}]", text.unit().substr(1));
  const std::string marks =
      fmt::format("{}{}", figure.at_horizon > 0 ? "*" : "", figure.left_out > 0 ? "+" : "");
  return fmt::format(
      "  {:<36}{:>11}{:>22}{:>10}{:>10}{:>9}\n", figure.figure.words.label + unit + marks,
      text.number(mean.value),
      fmt::format("{} to {}", text.number(mean.interval.low), text.number(mean.interval.high)),
      percent(share.value),
      fmt::format("{:.0f}-{:.0f}", 100 * share.interval.low, 100 * share.interval.high),
      percent(1 - share.value));
}

std::string ranking_text(const FigureShares& figure) {
  std::string text = fmt::format("\n  worth knowing for the {}, by share of all that varies\n",
                                 figure.figure.words.label);
  const std::size_t shown = std::min(figure.ranking.size(), kMostUnknowns);
  for (std::size_t i = 0; i < shown; ++i)
    text += fmt::format("  {:>6}  {}\n", percent(figure.ranking[i].share), figure.ranking[i].path);
  if (shown < figure.ranking.size())
    text += fmt::format("          ... and {} more (all of them with --json)\n",
                        figure.ranking.size() - shown);
  return text;
}

std::string notes(const NestedHead& head, const std::vector<FigureShares>& figures) {
  std::string text;
  std::vector<std::string> constant;
  for (const FigureShares& f : figures) {
    if (!varies(f)) constant.push_back(f.figure.words.label);
    if (f.at_horizon > 0)
      text += fmt::format("  * {}: {} of {} runs ended before, and count as the horizon\n",
                          f.figure.words.label, f.at_horizon, head.receivers * head.traffics);
    if (f.left_out > 0)
      text += fmt::format("  + {}: without {} receivers in which a run has none\n",
                          f.figure.words.label, f.left_out);
  }
  if (!constant.empty()) text += fmt::format("  the same always: {}\n", fmt::join(constant, ", "));
  if (head.receivers < analysis::kFewestReplications)
    text += fmt::format("  doubt: {}\n", analysis::words_for(analysis::Doubt::few_samples));
  if (head.receivers < kFewestToRank)
    text += fmt::format("  unknowns are ranked from {} receivers on\n", kFewestToRank);
  return text;
}

}  // namespace

std::string nested_text(const NestedHead& head, const std::vector<FigureShares>& figures) {
  std::string out =
      fmt::format("{}\n  {} receivers with {} traffics each; deliveries and delay of '{}'\n",
                  head.scenario, head.receivers, head.traffics, head.report);
  if (!head.complete) out += "  INTERRUPTED: only receivers with all their traffics are counted\n";
  out += fmt::format("\n  {:<36}{:>11}{:>22}{:>20}{:>9}\n  {:<36}{:>11}{:>22}{:>20}{:>9}\n", "", "",
                     "", "between receivers", "between", "", "mean", "95 % interval", "95 % in",
                     "traffics");
  for (const FigureShares& figure : figures)
    if (varies(figure)) out += row(figure);
  out += notes(head, figures);
  for (const FigureShares& figure : figures)
    if (!figure.ranking.empty()) out += ranking_text(figure);
  return out;
}

}  // namespace weir::experiments
