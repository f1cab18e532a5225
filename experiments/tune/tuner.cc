#include "experiments/tune/tuner.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <stdexcept>

#include <fmt/core.h>

#include "experiments/run/interrupt.h"
#include "experiments/run/workers.h"
#include "models/purpose.h"
#include "sim/quasi_random.h"

namespace weir::experiments {
namespace {

using analysis::Candidate;
using analysis::Point;
using analysis::Trial;

constexpr std::uint64_t kScreening = 1'000'000'000;  // numbers of panels: generations lie below
constexpr std::size_t kScreenedPerDimension = 10;
constexpr std::size_t kSharper = 4;  // times as many receivers for the plan that is printed

Numbers flat(const std::vector<Trial>& trials) {
  Numbers numbers;
  for (const Trial& trial : trials) {
    numbers.push_back(trial.objective);
    numbers.insert(numbers.end(), trial.constraints.begin(), trial.constraints.end());
  }
  return numbers;
}

std::vector<Trial> trials_of(const Numbers& numbers, std::size_t count) {
  const std::size_t each = numbers.size() / count;
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < count; ++i) {
    const std::span one = std::span(numbers).subspan(i * each, each);
    trials.push_back({one.front(), {one.begin() + 1, one.end()}});
  }
  return trials;
}

std::vector<Point> screening(std::size_t dimension) {
  SobolPoints even(dimension);
  std::vector<Point> points;
  for (std::size_t i = 0; i < kScreenedPerDimension * dimension; ++i) {
    const auto point = even.next();
    points.emplace_back(point.begin(), point.end());
  }
  return points;
}

}  // namespace

std::vector<TunedPlan> Tuner::tune(const std::string& label, const PlanFamily& family, double risk,
                                   const Effort& effort) {
  std::vector<Point> points = effort.known;
  if (effort.screen)
    for (Point& point : screening(family.dimension())) points.push_back(std::move(point));
  const auto screened = try_out(label + "/screen", family, points, risk, kScreening);
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < points.size(); ++i) candidates.push_back({points[i], screened[i]});
  analysis::Search search({.dimension = family.dimension(),
                           .constraints = screened.front().constraints.size(),
                           .step = effort.screen ? 0.2 : 0.1,
                           .generations = effort.generations},
                          candidates);
  const std::vector<Point> means = descend(label, family, risk, search);
  std::vector<TunedPlan> plans;
  for (const Point& point : finalists(search, means))
    plans.push_back(
        calibrated(fmt::format("{}/scale{}", label, plans.size()), family, point, risk));
  std::erase_if(plans, [](const TunedPlan& plan) { return std::isinf(plan.objective); });
  std::stable_sort(plans.begin(), plans.end(), [](const TunedPlan& a, const TunedPlan& b) {
    return a.objective < b.objective;
  });
  return plans;
}

/// Where the search stood, generation by generation.
std::vector<Point> Tuner::descend(const std::string& label, const PlanFamily& family, double risk,
                                  analysis::Search& search) {
  const Chance chance(StreamKey{study_.seed(), 0, 0});
  std::vector<Point> means;
  while (!search.done()) {
    const std::uint64_t generation = search.generation();
    Draw draw = chance.draw(purpose::search, generation, static_cast<std::uint32_t>(family.name()));
    const std::vector<Point> points = search.ask([&] { return draw.normal(); });
    means.push_back(points.back());
    search.tell(try_out(fmt::format("{}/{}", label, generation), family, points, risk, generation));
  }
  return means;
}

/// Where the search stood of late, in the mean and at last, and its best by what it was told.
std::vector<Point> Tuner::finalists(const analysis::Search& search,
                                    const std::vector<Point>& means) const {
  std::vector<Point> points;
  if (!means.empty()) {
    const std::size_t late = std::max<std::size_t>(1, means.size() / 3);
    Point mean(means.back().size(), 0.0);
    for (std::size_t i = means.size() - late; i < means.size(); ++i)
      for (std::size_t d = 0; d < mean.size(); ++d)
        mean[d] += means[i][d] / static_cast<double>(late);
    points = {mean, means.back()};
  }
  for (const Candidate& best : search.best()) points.push_back(best.point);
  points.resize(std::min(points.size(), budget_.finalists));
  return points;
}

void Tuner::begin_step(const std::string& name) const {
  if (stop_requested()) throw std::runtime_error("interrupted");
  step_(name);
}

std::vector<Trial> Tuner::try_out(const std::string& name, const PlanFamily& family,
                                  const std::vector<Point>& points, double risk,
                                  std::uint64_t number) {
  begin_step(name);
  const Numbers numbers = memo_.once(name, [&] {
    const Panel panel(study_.root(), budget_.receivers, study_.seed(), number, study_.robust());
    std::vector<Trial> trials(points.size());
    for_each(points.size(), budget_.jobs, [&](std::size_t i) {
      trials[i] = study_.trial(family.at(points[i]), number, panel, risk);
    });
    return flat(trials);
  });
  return trials_of(numbers, points.size());
}

TunedPlan Tuner::calibrated(const std::string& name, const PlanFamily& family, const Point& point,
                            double risk) {
  begin_step(name);
  const PlanShape shape = family.at(point);
  const Numbers found =
      memo_.once(name, [&] { return calibrate(shape, risk, large_panel(), Limits::all); });
  return {family.name(), point, shape.scaled(found[0]), found[1], found[2]};
}

const Panel& Tuner::large_panel() const {
  if (!large_)
    large_ = std::make_unique<Panel>(study_.root(), budget_.calibration, study_.seed(), kLarge,
                                     study_.robust());
  return *large_;
}

/// {scale, objective, risk} of the largest scale found that keeps the risk: the margin grows with
/// the scale, so a secant over the logarithms gets there in a few steps.
Numbers Tuner::calibrate(const PlanShape& shape, double risk, const Panel& panel,
                         Limits limits) const {
  constexpr int kMostSteps = 9;
  constexpr double kNear = 0.003;  // of the margin, below the limit
  Numbers best{0.0, std::numeric_limits<double>::infinity(), 1.0};
  double scale = 1.0;
  double scale_before = 0.0;
  double over_before = 0.0;
  for (int step = 0; step < kMostSteps; ++step) {
    const Outlook seen = study_.outlook(shape.scaled(scale), kLarge);
    const std::vector<double> margins = all_margins(panel, seen, limits);
    const double over = std::log(upper_quantile(margins, risk));
    if (over <= 0.0 && scale > best[0])
      best = {scale, study_.objective(shape.scaled(scale), seen),
              static_cast<double>(exceeding(margins)) / static_cast<double>(panel.size())};
    if (over <= 0.0 && over > -kNear) break;
    const double slope = step == 0 || over == over_before
                             ? 1.0
                             : (over - over_before) / std::log(scale / scale_before);
    scale_before = scale;
    over_before = over;
    scale *= std::exp(-std::clamp((over + kNear / 2) / std::max(slope, 0.2), -0.7, 0.7));
  }
  return best;
}

std::vector<double> Tuner::all_margins(const Panel& panel, const Outlook& outlook,
                                       Limits limits) const {
  std::vector<double> margins(panel.size());
  for_each(panel.size(), budget_.jobs, [&](std::size_t i) {
    const auto margin = panel.margin(i, outlook);
    margins[i] = limits == Limits::own && margin ? margin->own : largest(margin);
  });
  return margins;
}

TunedPlan Tuner::sharpened(const std::string& label, const TunedPlan& plan, double risk) {
  begin_step(label);
  const Numbers found = memo_.once(label, [&] {
    const Panel panel(study_.root(), kSharper * budget_.calibration, study_.seed(), kLarge + 1,
                      study_.robust());
    return calibrate(plan.shape, risk, panel, Limits::all);
  });
  TunedPlan sharp = plan;
  sharp.shape = plan.shape.scaled(found[0]);
  sharp.objective = found[1];
  sharp.risk = found[2];
  return sharp;
}

}  // namespace weir::experiments
