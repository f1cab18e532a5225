#include "experiments/sweep/design.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include <fmt/core.h>

#include "experiments/compare/known_mean.h"
#include "experiments/ensemble/distribution.h"
#include "experiments/run/run_figures.h"
#include "experiments/scenario/document.h"
#include "experiments/scenario/scenario.h"
#include "experiments/sweep/where.h"
#include "models/purpose.h"
#include "sim/calendar.h"
#include "sim/quasi_random.h"

namespace weir::experiments {
namespace {

constexpr std::uint64_t kMostCells = 10'000'000;
constexpr std::size_t kLongestWhere = 1'000;    // characters
constexpr std::size_t kMostSobolFactors = 100;  // far below what direction numbers are known for

// What stands in result files beside factors and figures.
constexpr std::array<std::string_view, 7> kOtherColumns{
    "id", "replication", "receiver", "traffic", "state", "day", "delivered"};

/// FNV-1a: the same on every machine.
std::uint64_t name_key(const std::string& name) {
  std::uint64_t hash = 0xcbf2'9ce4'8422'2325;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01b3;
  return hash;
}

/// Numbers for designs, apart from those of any run.
constexpr std::uint64_t kNoReceiver = ~std::uint64_t{0};

/// One value in each of n equal parts of [0, 1), in an order that is the factor's own.
std::vector<double> latin_hypercube(const Factor& factor, std::size_t n, std::uint64_t seed) {
  const Chance chance({seed, kNoReceiver, kNoReceiver});
  Draw draw = chance.draw(purpose::unknowns, name_key(factor.name));
  std::vector<std::size_t> part(n);
  std::iota(part.begin(), part.end(), std::size_t{0});
  for (std::size_t i = n; i > 1; --i) std::swap(part[i - 1], part[draw.below(i)]);
  std::vector<double> values;
  for (const std::size_t p : part)
    values.push_back((static_cast<double>(p) + draw.uniform()) / static_cast<double>(n));
  return values;
}

class DesignReader {
 public:
  DesignReader(const Setting& root, const Setting& table, Problems& problems)
      : root_(root), at_{table, "experiment", problems} {}

  Design read() {
    const Setting numbers = without_tables(at_.table);
    params_ = read_params<ExperimentParams>({numbers, at_.path, at_.problems}, {"factors"});
    design_.traffics = static_cast<std::uint64_t>(params_.traffics);
    design_.replications = static_cast<std::uint64_t>(params_.replications) * design_.traffics;
    read_stop_rule();
    design_.seed = static_cast<std::uint64_t>(params_.seed);
    design_.common_random_numbers = params_.common_random_numbers;
    read_factors();
    if (at_.problems.empty()) make_dimensions();
    if (at_.problems.empty()) choose_points();
    return std::move(design_);
  }

 private:
  /// The table without what stands in it as a table in the place of a number.
  static Setting without_tables(const Setting& table) {
    Setting numbers = table;
    std::erase_if(*numbers.table(), [](const auto& entry) {
      return entry.first == "replications" && entry.second.table() != nullptr;
    });
    return numbers;
  }

  void read_stop_rule() {
    const Setting* table = at_.table.find("replications");
    if (table == nullptr || table->table() == nullptr) return;
    if (design_.traffics != 1)
      return at_.report("traffics",
                        "a precision is that of one run of each receiver: leave it out, "
                        "or give a number of `replications`");
    const ParamsPlace at{*table, "experiment.replications", at_.problems};
    const auto params = read_params<PrecisionParams>(at);
    if (params.max < params.min) return at.report("max", "must not be below `min`");
    const std::int64_t days = days_begun(effective_horizon());
    std::string fault;
    const auto metric =
        figure_to_know(compared_figures(days, kDeliveredShare), params.metric, fault);
    if (!metric) return at.report("metric", fault);
    design_.replications = static_cast<std::uint64_t>(params.max);
    design_.stop = {.metric = *metric,
                    .precision = {.relative_error = params.precision.value,
                                  .fewest = static_cast<std::uint64_t>(params.min),
                                  .most = static_cast<std::uint64_t>(params.max)}};
  }

  Duration effective_horizon() const {
    Problems none;
    return build_scenario(median_receiver(root_), {}, TraceCheck::header, none).frame.horizon;
  }

  void read_factors() {
    const Setting* factors = at_.table.find("factors");
    if (factors == nullptr) return;
    if (factors->table() == nullptr)
      return at_.report("factors", "expected a table [experiment.factors]");
    for (const auto& [name, given] : *factors->table()) {
      design_.factors.push_back(read_factor(root_, name, given, at_.problems));
      check_name(design_.factors.back());
      check_path(design_.factors.back());
    }
  }

  /// A factor is a dimension of result files and a name in `where`.
  void check_name(const Factor& factor) {
    const auto fault = [&](const std::string& message) {
      at_.problems.push_back(
          {factor.place, joined("experiment.factors", factor.name), "", message});
    };
    constexpr std::string_view kLetters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    if (factor.name.empty() || factor.name.find_first_not_of(kLetters) != std::string::npos)
      fault("a factor's name has letters, digits, _ . and - only: name it, and give its `path`");
    const auto taken = [&](std::string_view name) { return name == factor.name; };
    if (std::ranges::any_of(kOtherColumns, taken) ||
        std::ranges::any_of(run_figures(), taken, &RunFigure::name))
      fault("is the name of a figure in result files: name it otherwise, and give its `path`");
  }

  /// A path that leads to no table of the scenario is a mistake: the reader would take it for the
  /// name of one more site or source.
  void check_path(const Factor& factor) {
    if (factor.path.empty()) return;
    if (!effective_) {
      Problems none;
      effective_ = build_scenario(median_receiver(root_), {}, TraceCheck::header, none).effective;
    }
    const Setting* given = &root_;
    const Setting* known = &*effective_;
    const std::vector<std::string> keys = keys_of(factor.path);
    std::string path;
    for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
      const Setting* up = known != nullptr ? known : given;
      if (given != nullptr) given = given->find(keys[i]);
      if (known != nullptr) known = known->find(keys[i]);
      if (given != nullptr || known != nullptr) {
        path = joined(path, keys[i]);
        continue;
      }
      std::vector<std::string> names;
      if (up != nullptr && up->table() != nullptr)
        for (const auto& [key, value] : *up->table())
          if (value.table() != nullptr) names.push_back(key);
      at_.problems.push_back({factor.place, joined("experiment.factors", factor.name), factor.path,
                              fmt::format("the scenario has no '{}'{}", joined(path, keys[i]),
                                          suggestion(keys[i], names))});
      return;
    }
  }

  void make_dimensions() {
    sample(Sample::latin_hypercube, "latin_hypercube");
    sample(Sample::sobol, "sobol");
    if (!at_.problems.empty()) return;
    const bool sampled = std::ranges::any_of(
        design_.factors, [](const Factor& f) { return f.sample != Sample::grid; });
    if (params_.points > 0 && !sampled)
      return at_.report("points", "no factor has a `sample` to take them");
    std::vector<std::size_t> dimension_of(design_.factors.size(), kNone);
    for (const std::vector<std::string>& group : params_.zip) zip(group, dimension_of);
    if (!at_.problems.empty()) return;
    order_dimensions(dimension_of);
  }

  /// Gives all factors sampled in this way their levels; they make one dimension.
  void sample(Sample how, const std::string& name) {
    std::vector<std::size_t> together;
    for (std::size_t f = 0; f < design_.factors.size(); ++f)
      if (design_.factors[f].sample == how) together.push_back(f);
    if (together.empty()) return;
    if (params_.points == 0)
      return at_.report("points", "sampled factors need `points`, how many are to be taken");
    const auto n = static_cast<std::size_t>(params_.points);
    if (how == Sample::sobol && together.size() > kMostSobolFactors)
      return at_.report("factors", "at most 100 factors may be sampled by Sobol' points");
    if (how == Sample::latin_hypercube) {
      for (const std::size_t f : together)
        for (const double u : latin_hypercube(design_.factors[f], n, design_.seed))
          design_.factors[f].add_level(design_.factors[f].range->at(u));
    } else {
      SobolPoints points(together.size());
      for (std::size_t i = 0; i < n; ++i) {
        const std::span<const double> point = points.next();
        for (std::size_t j = 0; j < together.size(); ++j) {
          Factor& factor = design_.factors[together[j]];
          factor.add_level(factor.range->at(point[j]));
        }
      }
    }
    groups_.push_back({name, together, n});
  }

  void zip(const std::vector<std::string>& group, std::vector<std::size_t>& dimension_of) {
    Dimension dimension;
    for (const std::string& name : group) {
      const auto found = std::ranges::find(design_.factors, name, &Factor::name);
      if (found == design_.factors.end())
        return at_.report("zip", fmt::format("there is no factor '{}'{}", name,
                                             suggestion(name, factor_names())));
      const auto f = static_cast<std::size_t>(found - design_.factors.begin());
      if (found->sample != Sample::grid)
        return at_.report("zip", fmt::format("'{}' is sampled: it goes with the other sampled "
                                             "factors already",
                                             name));
      if (dimension_of[f] != kNone)
        return at_.report("zip", fmt::format("'{}' stands in it twice", name));
      if (!dimension.factors.empty() && found->levels.size() != dimension.length)
        return at_.report(
            "zip", fmt::format("'{}' has {} levels and '{}' has {}: factors that go together need "
                               "the same number",
                               group.front(), dimension.length, name, found->levels.size()));
      dimension_of[f] = groups_.size();
      dimension.length = found->levels.size();
      dimension.name += (dimension.name.empty() ? "" : "_") + name;
      dimension.factors.push_back(f);
    }
    if (dimension.factors.size() < 2) return at_.report("zip", "a group has at least two factors");
    groups_.push_back(std::move(dimension));
  }

  /// Each dimension where the first of its factors stands.
  void order_dimensions(std::vector<std::size_t>& dimension_of) {
    for (std::size_t g = 0; g < groups_.size(); ++g)
      for (const std::size_t f : groups_[g].factors) dimension_of[f] = g;
    for (std::size_t f = 0; f < design_.factors.size(); ++f) {
      const Factor& factor = design_.factors[f];
      if (dimension_of[f] == kNone) {
        design_.dimensions.push_back({factor.name, {f}, factor.levels.size()});
      } else if (groups_[dimension_of[f]].factors.front() == f) {
        design_.dimensions.push_back(groups_[dimension_of[f]]);
      }
    }
    for (const Dimension& dimension : design_.dimensions) {
      if (design_.cells > kMostCells / dimension.length)
        return at_.report("factors", fmt::format("make more than {} points: take fewer levels, or "
                                                 "a `sample`",
                                                 kMostCells));
      design_.cells *= dimension.length;
    }
  }

  void choose_points() {
    if (params_.where.size() > kLongestWhere)
      return at_.report("where", "is longer than 1,000 characters");
    std::vector<const Level*> levels;
    const FactorValue value_of = [&](std::string_view name) -> const Setting* {
      for (std::size_t f = 0; f < levels.size(); ++f)
        if (design_.factors[f].name == name) return &levels[f]->value;
      return nullptr;
    };
    for (std::uint64_t cell = 0; cell < design_.cells; ++cell) {
      design_.points.push_back(cell);
      if (params_.where.empty()) continue;
      levels = design_.levels_at(design_.points.size() - 1);
      try {
        if (!holds(params_.where, value_of)) design_.points.pop_back();
      } catch (const WhereError& error) {
        return at_.report("where", error.what());
      }
    }
    if (design_.points.empty())
      at_.report("where", fmt::format("holds at none of the {} points: nothing would be run",
                                      design_.cells));
  }

  std::vector<std::string> factor_names() const {
    std::vector<std::string> names;
    for (const Factor& factor : design_.factors) names.push_back(factor.name);
    return names;
  }

  static constexpr std::size_t kNone = ~std::size_t{0};

  const Setting& root_;
  ParamsPlace at_;
  ExperimentParams params_;
  Design design_;
  std::vector<Dimension> groups_;  // of more than one factor, or sampled
  std::optional<Setting> effective_;
};

}  // namespace

std::vector<std::size_t> Design::coordinates(std::uint64_t cell) const {
  std::vector<std::size_t> at(dimensions.size());
  for (std::size_t d = dimensions.size(); d-- > 0;) {
    at[d] = static_cast<std::size_t>(cell % dimensions[d].length);
    cell /= dimensions[d].length;
  }
  return at;
}

std::vector<const Level*> Design::levels_at(std::size_t point) const {
  const std::vector<std::size_t> at = coordinates(points[point]);
  std::vector<const Level*> levels(factors.size());
  for (std::size_t d = 0; d < dimensions.size(); ++d)
    for (const std::size_t f : dimensions[d].factors) levels[f] = &factors[f].levels[at[d]];
  return levels;
}

std::string Design::label_of(std::size_t point) const {
  std::string text;
  const std::vector<const Level*> levels = levels_at(point);
  for (std::size_t f = 0; f < factors.size(); ++f)
    text += fmt::format("{}{} = {}", f > 0 ? ", " : "", factors[f].name, levels[f]->label);
  return text;
}

Design read_design(const Setting& root, Problems& problems) {
  const Setting none = make_table();
  const Setting* table = root.find("experiment");
  if (table != nullptr && table->table() == nullptr) {
    problems.push_back({table->place, "experiment", table->text(), "expected [experiment]"});
    return {};
  }
  Problems found;
  Design design = DesignReader(root, table != nullptr ? *table : none, found).read();
  problems.insert(problems.end(), found.begin(), found.end());
  return design;
}

Setting scenario_at(const Setting& root, const Design& design, std::size_t point) {
  Setting scenario = root;
  std::erase_if(*scenario.table(), [](const auto& entry) { return entry.first == "experiment"; });
  for (const Level* level : design.levels_at(point)) merge(scenario, level->patch);
  return scenario;
}

void check_points(const Setting& root, const Design& design, Problems& problems) {
  std::set<std::string> said;
  for (std::size_t point = 0; point < design.points.size(); ++point) {
    Problems of_point;
    const Setting scenario = scenario_at(root, design, point);
    find_unknowns(scenario, of_point);
    read_dependence(scenario, of_point);
    build_scenario(median_receiver(scenario), {}, TraceCheck::header, of_point);
    for (Problem& problem : of_point) {
      if (!said.insert(problem.text()).second) continue;
      if (!design.factors.empty()) problem.message += " (at " + design.label_of(point) + ")";
      problems.push_back(std::move(problem));
    }
  }
}

}  // namespace weir::experiments
