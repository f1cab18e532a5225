#pragma once
/// What an experiment varies: a value of the scenario by its path, or which variant it is.
///
///   [experiment.factors]
///   "lane.connection_limit" = [1, 2, 4]                      a list; the name is the path
///   days = { path = "plan.warmup.days", from = 15, to = 45, step = 5 }
///   limit = { path = "lane.connection_limit", from = 1, to = 64, levels = 7, scale = "log" }
///   growth = { path = "...", from = 2.0, to = 4.0, sample = "latin-hypercube" }     or "sobol"
///   schedule = { variants = ["scenario", "ramp"] }           the scenario itself, then a variant

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "experiments/scenario/measure.h"
#include "sim/params.h"

namespace weir::experiments {

/// How far apart levels are: by a difference, or by a ratio.
enum class Scale : std::uint8_t { linear, log };
constexpr std::array<EnumWord<Scale>, 2> words_of(Scale) {
  return {{{Scale::linear, "linear"}, {Scale::log, "log"}}};
}

/// How the levels of several factors are combined: every one with every one, or as few points that
/// fill the whole space.
enum class Sample : std::uint8_t { grid, latin_hypercube, sobol };
constexpr std::array<EnumWord<Sample>, 3> words_of(Sample) {
  return {{{Sample::grid, "grid"},
           {Sample::latin_hypercube, "latin-hypercube"},
           {Sample::sobol, "sobol"}}};
}

struct FactorParams {
  std::string path;
  std::vector<std::string> variants;
  std::vector<std::string> labels;
  std::int64_t levels = 0;
  Scale scale = Scale::linear;
  Sample sample = Sample::grid;

  static void describe(auto field) {
    field("path", &FactorParams::path,
          "Path of the value, such as \"plan.warmup.days\"; when empty, the factor's name.");
    field("variants", &FactorParams::variants,
          "Names of variants, in the place of a path and values; \"scenario\" for the scenario "
          "itself.");
    field("labels", &FactorParams::labels,
          "What the levels are called in results; when empty, as their values are written.");
    field("levels", &FactorParams::levels,
          "How many levels there are from `from` to `to`, where no `step` says so.",
          Bounds<std::int64_t>{0, 1'000'000});
    field("scale", &FactorParams::scale,
          "Whether neighbouring levels differ by the same difference or by the same ratio.");
    field("sample", &FactorParams::sample,
          "Whether levels from `from` to `to` meet all levels of the other factors, or are sampled "
          "together with those of other sampled factors at the experiment's `points`.");
  }
};

/// One setting of a factor.
struct Level {
  std::string label;
  Setting value;  // as it would stand in the scenario; the name of a variant
  Setting patch;  // goes on top of the scenario
};

/// Values between two bounds, written in the same unit.
struct Range {
  Measure from, to;
  Scale scale = Scale::linear;
  Place place;

  /// The value at the share `u` of the way, in [0, 1], to 12 significant digits.
  Setting at(double u) const;
};

struct Factor {
  std::string name;
  std::string path;  // empty: variants
  Sample sample = Sample::grid;
  Place place;
  std::vector<Level> levels;   // none yet where the factor is sampled
  std::optional<Range> range;  // of a sampled one

  void add_level(Setting value, std::string label = {});
};

/// The factor [experiment.factors] NAME of the scenario `root`. What is wrong goes to `problems`.
Factor read_factor(const Setting& root, const std::string& name, const Setting& given,
                   Problems& problems);

}  // namespace weir::experiments
