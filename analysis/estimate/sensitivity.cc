#include "analysis/estimate/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "analysis/moments.h"

namespace weir::analysis {
namespace {

// One move of a walk.
struct Step {
  std::size_t factor;
  double length;
};

Step step_between(std::span<const double> from, std::span<const double> to) {
  std::optional<Step> step;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i] == to[i]) continue;
    if (step) throw std::domain_error("a step of a Morris walk moves one input only");
    step = Step{i, to[i] - from[i]};
  }
  if (!step) throw std::domain_error("a step of a Morris walk moves an input");
  return *step;
}

struct Effects {
  Moments signed_effects;
  Moments sizes;
};

// Adds what the steps of one walk did.
void follow(std::span<const double> points, std::span<const double> values,
            std::vector<Effects>& effects) {
  const std::size_t factors = effects.size();
  std::vector<bool> moved(factors);
  for (std::size_t i = 0; i < factors; ++i) {
    const Step step = step_between(points.subspan(i * factors, factors),
                                   points.subspan((i + 1) * factors, factors));
    if (moved[step.factor]) throw std::domain_error("a Morris walk moves each input once");
    moved[step.factor] = true;
    const double effect = (values[i + 1] - values[i]) / step.length;
    effects[step.factor].signed_effects.add(effect);
    effects[step.factor].sizes.add(std::abs(effect));
  }
}

double mean_squared_difference(const std::vector<double>& x, const std::vector<double>& y) {
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - y[i]) * (x[i] - y[i]);
  return sum / static_cast<double>(x.size());
}

void check_sizes(const SobolRuns& runs) {
  const std::size_t n = runs.a.size();
  const bool rows = std::ranges::all_of(runs.mixed, [n](const auto& r) { return r.size() == n; });
  const bool again = runs.again.empty() || runs.again.size() == n;
  if (n < 2 || runs.b.size() != n || !rows || !again) {
    throw std::domain_error("Sobol' shares need two points and rows of equal length");
  }
}

}  // namespace

std::vector<ElementaryEffect> elementary_effects(std::span<const double> points,
                                                 std::span<const double> values,
                                                 std::size_t factors) {
  const std::size_t walk = factors + 1;
  if (factors == 0 || values.empty() || values.size() % walk != 0 ||
      points.size() != values.size() * factors) {
    throw std::domain_error("Morris walks have one point more than inputs, and a value at each");
  }
  std::vector<Effects> effects(factors);
  for (std::size_t at = 0; at < values.size(); at += walk) {
    follow(points.subspan(at * factors, walk * factors), values.subspan(at, walk), effects);
  }
  std::vector<ElementaryEffect> results;
  for (const Effects& effect : effects) {
    results.push_back({.mean = effect.signed_effects.mean(),
                       .mean_size = effect.sizes.mean(),
                       .deviation = effect.signed_effects.deviation(),
                       .count = effect.sizes.count()});
  }
  return results;
}

SobolShares sobol_shares(const SobolRuns& runs) {
  check_sizes(runs);
  Moments all;
  for (const double value : runs.a) all.add(value);
  for (const double value : runs.b) all.add(value);
  const double variance = all.variance();
  if (!(variance > 0.0)) throw std::domain_error("nothing varies: there is nothing to share");
  SobolShares shares{.variance = variance, .inputs = {}, .noise = std::nullopt};
  for (const std::vector<double>& mixed : runs.mixed) {
    shares.inputs.push_back(
        {.first = 1.0 - mean_squared_difference(runs.b, mixed) / (2.0 * variance),
         .total = mean_squared_difference(runs.a, mixed) / (2.0 * variance)});
  }
  if (!runs.again.empty()) {
    shares.noise = mean_squared_difference(runs.a, runs.again) / (2.0 * variance);
  }
  return shares;
}

}  // namespace weir::analysis
