#pragma once
/// Shapes of sending plans, as points of a unit cube: what a search can turn.
///
/// Every family grows or stays, never falls: monotone by construction. Volumes are recipients a day
/// and address.

#include <cstdint>
#include <span>
#include <vector>

#include "experiments/tune/tune_params.h"

namespace weir::experiments {

/// A plan as days: volume on day 1, 2, ...; the last one goes on.
struct PlanShape {
  std::vector<double> days;
  double spread_hours = 24.0;  // part of each day over which it is released

  /// Slower or faster all over: the first day's volume times `factor`, and of what each day grows
  /// by so many times as much. Scaled by f and then by 1 / f it is itself again.
  PlanShape scaled(double factor) const;

  /// When `volume` a day is reached: between days on a straight line over the logarithm, so that a
  /// plan a little faster is a little better; behind the last day by what is missing.
  double day_of(double volume) const;

  /// Whole recipients, rounded down, at least 1 a day.
  std::vector<std::int64_t> whole_days() const;
};

/// What limits the shapes of a family.
struct FamilyBounds {
  double least_first = 10.0;  // recipients on the first day
  double most_first = 1e5;
  double most_growth = 4.0;  // from one day to the next
  std::int64_t length = 30;  // days that are told apart
  std::int64_t knots = 6;
  bool spread = false;  // one more coordinate: from 1 h (0) to 24 h (1)
};

class PlanFamily {
 public:
  PlanFamily(FamilyName name, const FamilyBounds& bounds);

  FamilyName name() const { return name_; }

  /// At least 2: the first day's volume, then growth.
  std::size_t dimension() const;

  /// The point of this family that stands for the same plan as one of the geometric family.
  std::vector<double> embedded(std::span<const double> geometric) const;

  /// The plan at a point of the unit cube. REQUIRES: as many coordinates as dimension().
  PlanShape at(std::span<const double> point) const;

 private:
  double growth_on(std::span<const double> growth, std::int64_t day) const;

  FamilyName name_;
  FamilyBounds bounds_;
  std::vector<double> knots_;  // growth family: steps from day to day at which growth may bend
};

}  // namespace weir::experiments
