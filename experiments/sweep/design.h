#pragma once
/// The points of an experiment: which combinations of levels are run, and how often.
///
/// Factors make the dimensions of a grid, in the order of the file: one each, or one for several
/// that go together (`zip`, and those sampled at `points`). A point is a cell of the grid for which
/// `where` holds. A run is a point and a replication, which is a receiver and one of its traffics;
/// runs are numbered with the replications running fastest, the traffics of a receiver in a row.
/// Nothing is drawn here but a Latin hypercube, from the seed.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate/replication.h"
#include "experiments/compare/figure.h"
#include "experiments/sweep/factor.h"
#include "sim/params.h"

namespace weir::experiments {

struct ExperimentParams {
  std::int64_t replications = 1;
  std::int64_t traffics = 1;
  std::int64_t seed = 1;
  bool common_random_numbers = true;
  std::vector<std::vector<std::string>> zip;
  std::string where;
  std::int64_t points = 0;

  static void describe(auto field) {
    field("replications", &ExperimentParams::replications,
          "Receivers of every point; or a table, see experiment.replications.",
          Bounds<std::int64_t>{1, 10'000'000});
    field(
        "traffics", &ExperimentParams::traffics,
        "Runs of each receiver, with traffic of its own each; two or more tell what is due to the "
        "receiver from what is due to chance.",
        Bounds<std::int64_t>{1, 10'000});
    field("seed", &ExperimentParams::seed, "Seed of all chance; --seed says another.",
          Bounds<std::int64_t>{0, std::numeric_limits<std::int64_t>::max()});
    field("common_random_numbers", &ExperimentParams::common_random_numbers,
          "Whether replication r of every point draws the same numbers, so that points can be "
          "compared pair by pair.");
    field("zip", &ExperimentParams::zip,
          "Groups of factors that go together, level by level, such as [[\"days\", \"volume\"]].");
    field("where", &ExperimentParams::where,
          "Which points take part, such as 'days * volume <= 90000 and window < \"24 h\"'; when "
          "empty, all.");
    field("points", &ExperimentParams::points,
          "How many points the sampled factors are given together.",
          Bounds<std::int64_t>{0, 1'000'000});
  }
};

/// [experiment.replications], in the place of a number: as many as each point takes.
struct PrecisionParams {
  std::int64_t min = 10;
  std::int64_t max = 1000;
  Probability precision{0.05};
  std::string metric;

  static void describe(auto field) {
    field("min", &PrecisionParams::min, "Replications of a point before it may stop.",
          Bounds<std::int64_t>{10, 10'000'000}, Source{"Law and Kelton: never below 10"});
    field("max", &PrecisionParams::max, "Replications of a point at most.",
          Bounds<std::int64_t>{10, 10'000'000});
    field("precision", &PrecisionParams::precision,
          "How well the mean of the metric must be known: the relative error of each point.",
          Bounds<Probability>{{1e-6}, {0.999}});
    field("metric", &PrecisionParams::metric,
          "The figure whose mean must be known, such as \"days_to_deliver\" or \"windows\".");
  }
};

/// When a point has enough replications.
struct StopRule {
  ComparedFigure metric;
  analysis::Precision precision;
};

/// A dimension of the grid.
struct Dimension {
  std::string name;                  // of its factor, or of several joined by _
  std::vector<std::size_t> factors;  // their indices
  std::size_t length = 0;
};

struct Design {
  std::vector<Factor> factors;
  std::vector<Dimension> dimensions;
  std::vector<std::uint64_t> points;  // cells of the grid, row by row, ascending
  std::uint64_t cells = 1;            // of the whole grid
  std::uint64_t replications = 1;     // of each point; with a rule to stop: at most
  std::uint64_t traffics = 1;         // of these, how many share a receiver
  std::optional<StopRule> stop;
  std::uint64_t seed = 1;
  bool common_random_numbers = true;

  std::uint64_t runs() const { return points.size() * replications; }

  /// Where the cell lies along each dimension.
  std::vector<std::size_t> coordinates(std::uint64_t cell) const;

  /// The level of each factor at a point, in the order of factors.
  std::vector<const Level*> levels_at(std::size_t point) const;

  /// "days = 15, limit = 3"
  std::string label_of(std::size_t point) const;
};

/// The experiment of the scenario `root`; without factors a single point. What is wrong goes to
/// `problems`, and then the design is of no use.
Design read_design(const Setting& root, Problems& problems);

/// `root` without its experiment and with the levels of a point on top.
Setting scenario_at(const Setting& root, const Design& design, std::size_t point);

/// Builds the scenario of every point, for the receiver in the middle, and reports what is wrong
/// with each, the same thing once. Costs a fraction of a millisecond a point.
void check_points(const Setting& root, const Design& design, Problems& problems);

}  // namespace weir::experiments
