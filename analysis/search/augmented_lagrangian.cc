#include "analysis/search/augmented_lagrangian.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace weir::analysis {
namespace {

// Of the papers: how much the mean's value may change for a violation to count as large, how much
// of it must be won in a generation, and how slowly multipliers follow.
constexpr double kValueShare = 3.0;
constexpr double kWonShare = 5.0;
constexpr double kMultiplierDamping = 5.0;

constexpr double kSmallest = 1e-12;

double spread_of(std::vector<double> values) {
  std::erase_if(values, [](double v) { return !std::isfinite(v); });
  if (values.size() < 2) return 0.0;
  std::sort(values.begin(), values.end());
  return values[(values.size() * 3) / 4] - values[values.size() / 4];
}

// Of one constraint; g > -multiplier / penalty: it is felt.
double term(double g, double multiplier, double penalty) {
  if (multiplier + penalty * g >= 0.0) return g * (multiplier + penalty / 2.0 * g);
  return -multiplier * multiplier / (2.0 * penalty);
}

}  // namespace

double Trial::violation() const {
  double sum = std::isnan(objective) ? std::numeric_limits<double>::quiet_NaN() : 0.0;
  for (const double g : constraints) sum += std::isnan(g) ? g : std::max(0.0, g);
  return sum;
}

bool is_better(const Trial& a, const Trial& b) {
  const double va = a.violation();
  const double vb = b.violation();
  if (std::isnan(va) || std::isnan(vb)) return !std::isnan(va) && std::isnan(vb);
  if (va <= 0.0 && vb <= 0.0) return a.objective < b.objective;
  return va < vb;
}

AugmentedLagrangian::AugmentedLagrangian(std::size_t constraints, std::size_t dimension)
    : dimension_(static_cast<double>(dimension)),
      multipliers_(constraints, 0.0),
      penalties_(constraints, 1.0),
      before_(constraints, 0.0) {}

double AugmentedLagrangian::value(const Trial& trial) const {
  double value = trial.objective;
  for (std::size_t i = 0; i < multipliers_.size(); ++i)
    value += term(trial.constraints[i], multipliers_[i], penalties_[i]);
  return value;
}

/// A violation as large as constraints vary in the first generation weighs as much as objectives
/// do.
void AugmentedLagrangian::set_scale(std::span<const Trial> generation) {
  std::vector<double> values;
  for (const Trial& trial : generation) values.push_back(trial.objective);
  const double objectives = spread_of(values);
  for (std::size_t i = 0; i < penalties_.size(); ++i) {
    values.clear();
    for (const Trial& trial : generation) values.push_back(trial.constraints[i]);
    const double constraint = spread_of(values);
    if (!(objectives > 0.0) || !(constraint > 0.0)) continue;
    multipliers_[i] = objectives / constraint;
    penalties_[i] = std::max(kSmallest, multipliers_[i] / constraint);
  }
}

void AugmentedLagrangian::learn(std::span<const Trial> generation, const Trial& mean) {
  if (std::isnan(mean.violation())) return;
  if (!has_scale_) {
    set_scale(generation);
    before_ = mean.constraints;
    value_before_ = value(mean);
    has_scale_ = true;
    return;
  }
  const double moved = std::abs(value(mean) - value_before_);
  const double growth = std::pow(2.0, 1.0 / dimension_);
  for (std::size_t i = 0; i < multipliers_.size(); ++i) {
    const double g = mean.constraints[i];
    const bool felt = multipliers_[i] + penalties_[i] * g >= 0.0;
    if (felt) {
      const bool weak = penalties_[i] * g * g < kValueShare * moved / dimension_ ||
                        kWonShare * std::abs(g - before_[i]) < std::abs(before_[i]);
      penalties_[i] *= weak ? std::pow(growth, 0.25) : 1.0 / growth;
      penalties_[i] = std::max(penalties_[i], kSmallest);
    }
    multipliers_[i] = std::max(0.0, multipliers_[i] + penalties_[i] * g / kMultiplierDamping);
  }
  before_ = mean.constraints;
  value_before_ = value(mean);
}

}  // namespace weir::analysis
