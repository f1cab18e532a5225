#include "experiments/command/steady.h"

#include <algorithm>

#include <fmt/format.h>

#include "analysis/estimate/words.h"
#include "experiments/command/text.h"
#include "sim/units.h"

namespace weir::experiments {
namespace {

constexpr Duration kDay = 24h;
constexpr Duration kWeek = 7 * kDay;

/// The scenario's sources by name.
const SettingTable& sources_of(const Setting& effective) {
  static const SettingTable none;
  const Setting* sources = effective.find("source");
  return sources != nullptr && sources->table() != nullptr ? *sources->table() : none;
}

std::string text_at(const Setting& source, std::string_view path) {
  const Setting* found = source.at_path(path);
  return found != nullptr && found->string() != nullptr ? *found->string() : std::string();
}

bool days_differ(const Setting& source) {
  const Setting* days = source.at_path("arrivals.days");
  if (days == nullptr || days->list() == nullptr) return false;
  const SettingList& list = *days->list();
  return std::ranges::any_of(list,
                             [&](const Setting& d) { return d.text() != list.front().text(); });
}

/// How long until the loads of all sources, and of other tenants, repeat; zero: they do not vary.
Duration natural_cycle(const Setting& effective) {
  Duration cycle{};
  if (const Setting* tenants = effective.find("tenants");
      tenants != nullptr && tenants->table() != nullptr && !tenants->table()->empty())
    cycle = kDay;
  for (const auto& [name, source] : sources_of(effective)) {
    const std::string model = text_at(source, "arrivals.model");
    if (model == "trace") cycle = std::max(cycle, kDay);
    if (model == "profile") cycle = std::max(cycle, days_differ(source) ? kWeek : kDay);
  }
  return cycle;
}

/// Points of the grid until the load repeats, 1 when it does not vary; nothing after a `fault`.
std::optional<std::size_t> cycle_of(const SteadyOptions& options, const Setting& effective,
                                    Duration grid, std::string& fault) {
  Duration cycle = natural_cycle(effective);
  if (options.cycle) {
    const auto given = parse_duration(*options.cycle);
    if (!given || *given < Duration::zero()) {
      fault = fmt::format("--cycle '{}' is no time such as '24 h'", *options.cycle);
      return std::nullopt;
    }
    cycle = *given;
  }
  if (cycle == Duration::zero()) return 1;
  if (cycle % grid != Duration::zero()) {
    fault = fmt::format(
        "the load repeats every {:g} h, which is no whole number of points of the grid: set `grid` "
        "to a part of it",
        to_seconds(cycle) / 3600);
    return std::nullopt;
  }
  return static_cast<std::size_t>(cycle / grid);
}

/// Why a run of this scenario has no steady state; empty when it may have one.
std::string terminating_problem(const Setting& effective) {
  for (const auto& [name, source] : sources_of(effective)) {
    const auto set = [&, &of = source](std::string_view path) {
      const Setting* found = of.at_path(path);
      return found != nullptr && found->text() != "\"none\"" && found->text() != "\"\"";
    };
    std::string why;
    if (set("arrivals.until") || set("arrivals.messages")) why = "ends";
    if (text_at(source, "arrivals.model") == "campaign") why = "is a campaign";
    if (set("after")) why = "begins after another";
    if (set("plan")) why = "is held by a plan";
    if (!why.empty())
      return fmt::format("source {} {}, so {}", name, why,
                         words_for(analysis::Refusal::terminating_run));
  }
  return "";
}

std::string subject_text(const SteadyFigure& figure) {
  return figure.series + (figure.quantile ? fmt::format(", {:g} % quantile", 100 * *figure.quantile)
                                          : std::string(", mean"));
}

std::string answer_text(const SteadyFigure& figure, const analysis::SteadyEstimate& found) {
  const analysis::Estimate& e = found.estimate;
  std::string out =
      fmt::format("  {:<44}{:.6g}, {:g} % between {:.6g} and {:.6g}\n", subject_text(figure),
                  e.value, 100 * e.confidence.value, e.interval.low, e.interval.high);
  out += fmt::format("    {};\n    {} samples, {} at the front left out", words_for(e.method),
                     count_text(figure.samples), count_text(found.left_out));
  if (found.batch_length > 1) out += fmt::format(", batches of {}", count_text(found.batch_length));
  out += "\n";
  for (const analysis::Doubt doubt : e.doubts)
    out += fmt::format("    doubt: {}\n", words_for(doubt));
  return out;
}

}  // namespace

std::string steady_problem(const SteadyOptions& options) {
  if (options.series.empty() && (options.cycle || options.quantile))
    return "--cycle and --quantile go with --steady SERIES";
  if (options.quantile && !(*options.quantile > 0.0 && *options.quantile < 1.0))
    return "--quantile must lie between 0 and 1, such as 0.99";
  return "";
}

std::optional<LongSeriesAsked> series_asked(const SteadyOptions& options, const Setting& effective,
                                            Duration grid, const GridRow& row, std::string& fault) {
  LongSeriesAsked asked;
  if (options.series.empty()) return asked;
  fault = terminating_problem(effective);
  if (!fault.empty()) return std::nullopt;
  const auto cycle = cycle_of(options, effective, grid, fault);
  if (!cycle) return std::nullopt;
  asked.cycle = *cycle;
  for (const std::string& name : options.series) {
    fault = LongSeries::problem(name, row);
    if (!fault.empty()) return std::nullopt;
    asked.series.emplace_back(name, row);
    if (asked.series.back().is_delay() && asked.cycle > 1) {
      fault = name +
              ": the load repeats, so one delay after the other is no series of equal distances: "
              "ask for a queue, and divide by the arrivals (Little's law)";
      return std::nullopt;
    }
  }
  return asked;
}

std::string steady_text(const std::vector<SteadyFigure>& figures) {
  std::string out = "  in the steady state\n";
  for (const SteadyFigure& figure : figures) {
    if (const auto* found = std::get_if<analysis::SteadyEstimate>(&figure.answer))
      out += answer_text(figure, *found);
    else
      out += fmt::format("  {:<44}none:\n    {}\n", subject_text(figure),
                         words_for(std::get<analysis::Refusal>(figure.answer)));
  }
  return out;
}

bool needs_longer(const std::vector<SteadyFigure>& figures) {
  return std::ranges::any_of(figures, [](const SteadyFigure& figure) {
    return std::holds_alternative<analysis::Refusal>(figure.answer);
  });
}

}  // namespace weir::experiments
