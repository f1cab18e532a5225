#include "analysis/search/search.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace weir::analysis {
namespace {

// Descents with more points than that would spend the generations of all others.
constexpr std::size_t kMostTimes = 8;

}  // namespace

double folded(double x) {
  const double y = std::abs(std::remainder(x, 2.0));
  return std::min(y, 1.0);
}

Search::Search(const SearchPlan& plan, const std::vector<Candidate>& known) : plan_(plan) {
  if (plan.keep == 0) throw std::domain_error("a search keeps at least one candidate");
  for (const Candidate& candidate : known) remember(candidate.point, candidate.trial);
  begin(best_.empty() ? Point(plan.dimension, 0.5) : best_.front().point, 0);
}

void Search::begin(const Point& from, std::size_t population) {
  ++descents_;
  descent_.emplace(SearchStart{.mean = from, .step = plan_.step, .population = population});
  lagrangian_.emplace(plan_.constraints, plan_.dimension);
}

std::vector<Point> Search::ask(const std::function<double()>& normal) {
  asked_ = descent_->ask(normal);
  asked_.push_back(descent_->mean());
  for (Point& point : asked_)
    for (double& x : point) x = folded(x);
  return asked_;
}

void Search::tell(const std::vector<Trial>& trials) {
  if (trials.size() != asked_.size() || asked_.empty())
    throw std::logic_error("a search is told one trial for each point that it asked about");
  for (std::size_t i = 0; i < trials.size(); ++i) remember(asked_[i], trials[i]);
  const std::span generation(trials.data(), trials.size() - 1);
  lagrangian_->learn(generation, trials.back());
  std::vector<double> values;
  for (const Trial& trial : generation) values.push_back(lagrangian_->value(trial));
  descent_->tell(values);
  asked_.clear();
  ++generation_;
  if (descent_->spread() < plan_.settled)
    begin(best_.front().point,
          std::min(2 * descent_->population(), kMostTimes * usual_population(plan_.dimension)));
}

void Search::remember(const Point& point, const Trial& trial) {
  const auto after = [&](const Candidate& other) { return is_better(trial, other.trial); };
  const auto at = std::find_if(best_.begin(), best_.end(), after);
  if (at == best_.end() && best_.size() == plan_.keep) return;
  best_.insert(at, {point, trial});
  if (best_.size() > plan_.keep) best_.pop_back();
}

}  // namespace weir::analysis
