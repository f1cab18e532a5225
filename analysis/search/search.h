#pragma once
/// Searches the unit cube for the best point that keeps its constraints, by asking and telling.
///
/// CMA-ES under an augmented Lagrangian, begun at the best of what was known before, begun anew
/// with twice the population when it has settled (IPOP: Auger and Hansen, CEC 2005). Values may be
/// noisy: what it found is a list for a race, not an answer. It keeps no generator and no clock, so
/// that a search which is told the same again, generation by generation, goes on where it was.

#include <optional>

#include "analysis/search/augmented_lagrangian.h"
#include "analysis/search/cma_es.h"

namespace weir::analysis {

/// A point of the unit cube and what it came to.
struct Candidate {
  Point point;
  Trial trial;
};

struct SearchPlan {
  std::size_t dimension = 2;  // at least 1
  std::size_t constraints = 0;
  double step = 0.2;               // of the first generation, in widths of the cube
  double settled = 1e-3;           // a spread below it ends a descent
  std::size_t keep = 16;           // candidates for the race
  std::uint64_t generations = 60;  // in all descents together
};

class Search {
 public:
  /// `known` are candidates from a screening; the search begins at the best of them, or in the
  /// middle of the cube when there is none. Throws std::domain_error for a plan out of range.
  Search(const SearchPlan& plan, const std::vector<Candidate>& known);

  bool done() const { return generation_ >= plan_.generations; }
  std::uint64_t generation() const { return generation_; }
  std::uint64_t descents() const { return descents_; }

  /// The points to try, all in the unit cube; the last one is where the search stands. `normal`
  /// gives independent standard normal numbers.
  std::vector<Point> ask(const std::function<double()>& normal);

  /// What they came to, in their order; std::logic_error for another number of them.
  void tell(const std::vector<Trial>& trials);

  /// The best so far, best first, at most `keep`; by what was told, which may have been luck.
  const std::vector<Candidate>& best() const { return best_; }

 private:
  void begin(const Point& from, std::size_t population);
  void remember(const Point& point, const Trial& trial);

  SearchPlan plan_;
  std::optional<CmaEs> descent_;
  std::optional<AugmentedLagrangian> lagrangian_;
  std::vector<Point> asked_;
  std::vector<Candidate> best_;
  std::uint64_t generation_ = 0;
  std::uint64_t descents_ = 0;
};

/// Folds the real line onto [0, 1]: what leaves on one side comes back from it.
double folded(double x);

}  // namespace weir::analysis
