#pragma once
/// Search without derivatives in a space of real numbers: the CMA evolution strategy.
///
/// Each generation draws points from a normal distribution, ranks them by value and moves mean,
/// step and covariance towards the better ones. Only ranks count, so it stands steps, noise and bad
/// scaling. Method and constants: Hansen, "The CMA evolution strategy: a tutorial", 2016
/// (arXiv:1604.00772), with negative weights.
///
/// What it does is a function of what it was told: the same normals and values, the same search.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace weir::analysis {

using Point = std::vector<double>;

/// Where a search begins. The scale of the problem should be about the same in all coordinates.
struct SearchStart {
  Point mean;                  // at least 1 coordinate
  double step = 0.3;           // > 0; the best point should lie within a few of it
  std::size_t population = 0;  // points a generation; 0: 4 + 3 ln(dimension), else at least 4
};

class CmaEs {
 public:
  /// Throws std::domain_error for a start outside the ranges above.
  explicit CmaEs(const SearchStart& start);
  CmaEs(CmaEs&&) noexcept;
  CmaEs& operator=(CmaEs&&) noexcept;
  ~CmaEs();

  /// The points of the next generation; `normal` gives independent standard normal numbers, as many
  /// as population x dimension. Valid until the next call.
  const std::vector<Point>& ask(const std::function<double()>& normal);

  /// What the points of the last ask() are worth, in their order: the smaller the better; NaN,
  /// which says that it could not be found out, ranks last. Throws std::logic_error without an
  /// ask(). Cost: cubic in the dimension, every few generations.
  void tell(std::span<const double> values);

  /// Where it looks now: the best guess of where the best point is.
  Point mean() const;

  /// Standard deviation along the longest axis of its distribution.
  double spread() const;

  std::size_t dimension() const;
  std::size_t population() const;
  std::uint64_t generations() const;  // told so far

  /// Longest over shortest axis of the distribution: how badly scaled the problem looks.
  double axis_ratio() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Points a generation unless somebody asks for another number: 4 + 3 ln(dimension).
std::size_t usual_population(std::size_t dimension);

}  // namespace weir::analysis
