#pragma once
/// Constraints for a search that only ranks: each generation sees objective and constraints as one
/// number, whose weights follow what the mean of the search violates.
///
/// Method: Dufosse and Hansen, "Augmented Lagrangian, penalty techniques and surrogate modeling for
/// constrained optimization with CMA-ES", GECCO 2021, after Atamna, Auger and Hansen 2016.

#include <cstddef>
#include <span>
#include <vector>

namespace weir::analysis {

/// What a point came to. A constraint holds where its value is at most 0.
struct Trial {
  double objective = 0.0;
  std::vector<double> constraints;

  /// Sum of what is above 0; NaN where it could not be found out.
  double violation() const;
  bool feasible() const { return violation() <= 0.0; }
};

/// The better one first: any feasible one before all others, those by objective; the others by how
/// much they violate (Deb 2000). A trial that failed is last.
bool is_better(const Trial& a, const Trial& b);

class AugmentedLagrangian {
 public:
  /// `dimension` of the space that is searched, at least 1.
  AugmentedLagrangian(std::size_t constraints, std::size_t dimension);

  /// The one number for a point; NaN when the trial failed.
  double value(const Trial& trial) const;

  /// Told once a generation, before its values are asked for: what the points of the generation and
  /// the mean of the search came to. The first sets the scale of the penalties. A mean that failed
  /// changes nothing.
  void learn(std::span<const Trial> generation, const Trial& mean);

  /// The multipliers: what a unit of each constraint is worth in units of the objective.
  const std::vector<double>& multipliers() const { return multipliers_; }
  const std::vector<double>& penalties() const { return penalties_; }

 private:
  void set_scale(std::span<const Trial> generation);

  double dimension_;
  std::vector<double> multipliers_;  // >= 0
  std::vector<double> penalties_;    // > 0
  std::vector<double> before_;       // constraints of the mean, a generation ago
  double value_before_ = 0.0;
  bool has_scale_ = false;
};

}  // namespace weir::analysis
