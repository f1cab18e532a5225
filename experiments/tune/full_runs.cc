#include "experiments/tune/full_runs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "analysis/estimate/selection.h"
#include "experiments/run/interrupt.h"

namespace weir::experiments {
namespace {

constexpr std::uint64_t kRaceRounds = 40;
constexpr double kIndifferentDays = 0.1;

double late_share(const analysis::Sketch& delay, Duration late_after) {
  std::uint64_t late = delay.infinite_count();
  for (const auto& bucket : delay.buckets())
    if (bucket.lower >= to_seconds(late_after)) late += bucket.count;
  return delay.count() > 0 ? static_cast<double>(late) / static_cast<double>(delay.count()) : 0.0;
}

/// The numbers of a plan's runs, for the memo, and back.
Numbers numbers_of(const VariantFigures& figures, const Study& study) {
  const double horizon = study.horizon_days();
  Numbers numbers;
  double delivered = 0.0;
  double p99 = 0.0;
  for (const ReceiverFigures& r : figures.receivers) {
    numbers.push_back(std::min(horizon, r.days_until(study.volume())));
    numbers.push_back(r.windows > 0 ? 1.0 : 0.0);
    numbers.push_back(r.window_hours);
    delivered += static_cast<double>(r.delivered_by(static_cast<std::int64_t>(horizon) + 1)) /
                 std::max(1.0, static_cast<double>(r.report_submitted));
    p99 += r.delay_p99;
  }
  const auto count = static_cast<double>(figures.receivers.size());
  numbers.push_back(delivered / count);
  numbers.push_back(late_share(figures.report_delay, study.params().late_after));
  numbers.push_back(p99 / count);
  return numbers;
}

PlanRuns runs_of(const std::string& name, std::span<const double> numbers) {
  PlanRuns runs;
  runs.name = name;
  for (; numbers.size() > 3; numbers = numbers.subspan(3)) {
    runs.days.push_back(numbers[0]);
    runs.window.push_back(numbers[1] > 0 ? 1 : 0);
    runs.window_hours.push_back(numbers[2]);
  }
  runs.delivered = numbers[0];
  runs.late = numbers[1];
  runs.delay_p99_s = numbers[2];
  return runs;
}

}  // namespace

std::uint64_t PlanRuns::windows() const {
  return std::accumulate(window.begin(), window.end(), std::uint64_t{0});
}

std::vector<PlanRuns> FullRuns::run(const std::string& step,
                                    const std::vector<NamedScenario>& scenarios,
                                    std::uint64_t receivers, std::uint64_t seed) {
  const Numbers all = memo_.once(step, [&] {
    std::vector<Variant> variants;
    for (const NamedScenario& scenario : scenarios)
      variants.push_back({scenario.name, scenario.root});
    const auto figures = replicate(
        variants, {.seed = seed, .replications = receivers, .jobs = jobs_, .progress = progress_});
    if (stop_requested()) throw std::runtime_error("interrupted");
    Numbers numbers;
    for (const VariantFigures& one : figures) {
      const Numbers more = numbers_of(one, study_);
      numbers.insert(numbers.end(), more.begin(), more.end());
    }
    return numbers;
  });
  std::vector<PlanRuns> runs;
  const std::size_t each = all.size() / scenarios.size();
  for (std::size_t i = 0; i < scenarios.size(); ++i)
    runs.push_back(runs_of(scenarios[i].name, std::span(all).subspan(i * each, each)));
  return runs;
}

FullRuns::Race FullRuns::race(const std::vector<NamedScenario>& scenarios) {
  if (scenarios.size() < 2) return {};
  const auto runs = run("race", scenarios, kRaceRounds, mix64(study_.seed() + 1));
  analysis::KnSelection selection(
      scenarios.size(), {.best = analysis::Best::smallest, .indifference = kIndifferentDays});
  for (std::uint64_t round = 0; round < kRaceRounds && !selection.decided(); ++round) {
    std::vector<double> days;
    for (const std::size_t i : selection.remaining()) days.push_back(runs[i].days[round]);
    selection.add_round(days);
  }
  const auto better = [&](std::size_t a, std::size_t b) {
    return selection.mean(a) < selection.mean(b);
  };
  const auto& left = selection.remaining();
  return {*std::min_element(left.begin(), left.end(), better),
          selection.decided() ? selection.rounds() : 0};
}

}  // namespace weir::experiments
