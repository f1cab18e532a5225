#include "experiments/command/sweep_text.h"

#include <algorithm>

#include <fmt/core.h>

#include "experiments/command/text.h"

namespace weir::experiments {
namespace {

constexpr std::size_t kFewLevels = 6;    // shown of a factor
constexpr std::size_t kFewReasons = 10;  // of failures

/// "15, 20, 25 to 45 (7 levels of plan.warmup.days)"
std::string levels_text(const Factor& factor) {
  std::string text;
  const std::size_t shown = std::min(factor.levels.size(), kFewLevels);
  for (std::size_t i = 0; i < shown; ++i) text += (i > 0 ? ", " : "") + factor.levels[i].label;
  if (shown < factor.levels.size()) text += " ... " + factor.levels.back().label;
  const std::string of = factor.path.empty() ? "" : " of " + factor.path;
  return fmt::format("{} ({} level{}{})", text, factor.levels.size(),
                     factor.levels.size() == 1 ? "" : "s", of);
}

/// ", until days_to_deliver is known to within 5 %"
std::string stop_text(const Design& design) {
  if (!design.stop) return "";
  return fmt::format(", until {} is known to within {:g} %", design.stop->metric.name,
                     100 * design.stop->precision.relative_error);
}

std::string line(std::string_view what, const std::string& text) {
  return fmt::format("  {:<14}{}\n", what, text);
}

}  // namespace

double Estimate::seconds(std::uint64_t runs) const {
  return cost.wall_s * static_cast<double>(runs) / jobs.count;
}

std::string bytes_text(std::uint64_t bytes) {
  const auto size = static_cast<double>(bytes);
  if (size >= 1e9) return fmt::format("{:.1f} GB", size / 1e9);
  return fmt::format("{:.0f} MB", size / 1e6);
}

std::string plan_text(const SweepHead& head, const Design& design, const Estimate& estimate) {
  std::string text = head.title + "\n";
  for (const Factor& factor : design.factors) text += line(factor.name, levels_text(factor));
  const std::uint64_t points = design.points.size();
  const std::string left_out =
      points == design.cells ? "" : " of " + count_text(design.cells) + ", where `where` holds";
  text += line("points", count_text(points) + left_out);
  const std::string few =
      design.stop ? fmt::format("{} to ", count_text(design.stop->precision.fewest)) : "";
  text += line("runs",
               fmt::format("{}{} ({}{} replication{} each{}{}{})", design.stop ? "at most " : "",
                           count_text(design.runs()), few, count_text(design.replications),
                           design.replications == 1 ? "" : "s", stop_text(design),
                           design.traffics == 1
                               ? ""
                               : fmt::format(", {} of each receiver", count_text(design.traffics)),
                           design.common_random_numbers ? ", with common random numbers"
                                                        : ", each with numbers of its own"));
  text +=
      line("pilot", fmt::format("{} run{}: {} each, {} of memory at most", estimate.pilots,
                                estimate.pilots == 1 ? "" : "s", seconds_text(estimate.cost.wall_s),
                                bytes_text(estimate.cost.peak_bytes)));
  text += line("time", fmt::format("{} {} with {} job{}", estimate.longer ? "more than" : "about",
                                   seconds_text(estimate.seconds(design.runs())),
                                   estimate.jobs.count, estimate.jobs.count == 1 ? "" : "s"));
  return text;
}

std::string standing_text(const SweepHead& head, const Standing& standing) {
  std::string text = fmt::format("{}\n", head.title);
  text += line("runs", fmt::format("{} done of {}, {} failed, {} to do", count_text(standing.done),
                                   count_text(standing.runs), count_text(standing.failed),
                                   count_text(standing.to_do())));
  for (std::size_t i = 0; i < std::min(standing.failures.size(), kFewReasons); ++i)
    text += line(i == 0 ? "failed" : "",
                 fmt::format("{} x {}", standing.failures[i].second, standing.failures[i].first));
  if (standing.undecided > 0)
    text += line("precision", fmt::format("{} point{} may need more runs", standing.undecided,
                                          standing.undecided == 1 ? "" : "s"));
  if (standing.not_reached > 0)
    text += line("NOT REACHED",
                 fmt::format("the precision of {} point{}: raise `max`, or ask for "
                             "less",
                             standing.not_reached, standing.not_reached == 1 ? "" : "s"));
  if (standing.to_do() > 0) text += line("to go on", "weir sweep resume " + head.folder);
  if (standing.failed > 0) text += line("to try again", "weir sweep retry " + head.folder);
  if (standing.runs == standing.done) text += line("to read", "weir sweep merge " + head.folder);
  return text;
}

}  // namespace weir::experiments
