#include "experiments/sweep/stopping.h"

#include <algorithm>
#include <cmath>

#include "experiments/compare/known_mean.h"
#include "experiments/run/run_figures.h"
#include "experiments/scenario/scenario.h"

namespace weir::experiments {
namespace {

double number_of(const RunResult& result, std::string_view figure) {
  const auto all = run_figures();
  const auto at = std::ranges::find(all, figure, &RunFigure::name) - all.begin();
  return std::visit([](auto value) { return static_cast<double>(value); },
                    result.figures[static_cast<std::size_t>(at)]);
}

Duration horizon_of(const Setting& scenario) {
  Problems none;
  return build_scenario(median_receiver(scenario), {}, TraceCheck::header, none).frame.horizon;
}

/// As many as the half-width so far lets expect, but no more than twice as many as there are.
std::uint64_t expected_replications(const KnownMean& mean) {
  const analysis::Precision& precision = mean.goal().precision;
  const std::uint64_t done = mean.receivers();
  if (done < precision.fewest) return precision.fewest;
  double expected = 2.0 * static_cast<double>(done);
  if (const auto estimate = mean.estimate(); estimate && estimate->value != 0) {
    const double allowed = precision.half_width_share() * std::abs(estimate->value);
    const double ratio = estimate->interval.half_width() / allowed;
    expected = std::min(expected, static_cast<double>(done) * ratio * ratio);
  }
  const auto whole = static_cast<std::uint64_t>(std::ceil(expected));
  return std::clamp(whole, done + 1, precision.most);
}

}  // namespace

double Stopping::metric_of(const RunResult& result) const {
  if (!sweep_.design().stop) return 0;
  const ComparedFigure& metric = sweep_.design().stop->metric;
  if (std::ranges::count(run_figures(), metric.name, &RunFigure::name) > 0)
    return number_of(result, metric.name);
  // The others are made of the deliveries alone.
  ReceiverFigures deliveries;
  deliveries.report_submitted = static_cast<std::uint64_t>(number_of(result, "submitted"));
  deliveries.delivered_by_day = result.delivered_by_day;
  return metric.of(deliveries);
}

PointStanding Stopping::judge(
    std::size_t point, const std::function<std::optional<double>(std::uint64_t)>& metric) const {
  const Design& design = sweep_.design();
  if (!design.stop) return {.needed = design.replications, .decided = true};
  KnownMean mean({.figure = design.stop->metric,
                  .precision = design.stop->precision,
                  .horizon = horizon_of(sweep_.scenario_of(point * design.replications))});
  while (mean.state() == KnownMean::State::running) {
    const std::optional<double> value = metric(mean.receivers());
    if (!value) return {.needed = expected_replications(mean)};
    mean.add(*value);
  }
  return {.needed = mean.receivers(),
          .decided = true,
          .reached = mean.state() == KnownMean::State::reached};
}

}  // namespace weir::experiments
