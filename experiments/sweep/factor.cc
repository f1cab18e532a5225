#include "experiments/sweep/factor.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/core.h>

#include "experiments/scenario/document.h"
#include "experiments/scenario/scenario.h"

namespace weir::experiments {
namespace {

constexpr std::string_view kScenarioItself = "scenario";
constexpr std::int64_t kMostLevels = 1'000'000;

/// Without the last bits in which sums and powers differ from what a person would write.
double rounded(double value) {
  if (value == 0) return 0;
  const double scale = std::pow(10.0, 11 - std::floor(std::log10(std::abs(value))));
  return std::isfinite(scale) && scale > 0 ? std::round(value * scale) / scale : value;
}

/// Reads one factor; reports what is wrong where it stands.
class FactorReader {
 public:
  FactorReader(const Setting& root, const std::string& name, const Setting& given,
               Problems& problems)
      : root_(root), at_{given, joined("experiment.factors", name), problems} {
    factor_.name = name;
    factor_.path = name;
    factor_.place = given.place;
  }

  Factor read() {
    if (at_.table.list() != nullptr) {
      add_values(at_.table);
    } else if (at_.table.table() != nullptr) {
      read_table();
    } else {
      fault(
          "expected a list of values or a table such as { path = \"plan.warmup.days\", "
          "values = [15, 30] }");
    }
    check_levels();
    return std::move(factor_);
  }

 private:
  void fault(std::string message) const {
    at_.problems.push_back({at_.table.place, at_.path, "", std::move(message)});
  }

  void read_table() {
    const std::size_t before = at_.problems.size();
    params_ = read_params<FactorParams>(at_, {"values", "from", "to", "step"});
    if (at_.problems.size() > before) return;
    if (!params_.path.empty()) factor_.path = params_.path;
    factor_.sample = params_.sample;
    const bool ranges = at_.table.find("from") != nullptr || at_.table.find("to") != nullptr;
    const Setting* values = at_.table.find("values");
    const int ways =
        (ranges ? 1 : 0) + (values != nullptr ? 1 : 0) + (params_.variants.empty() ? 0 : 1);
    if (ways != 1) {
      fault("needs one of: `values`, a list; `from` and `to`; `variants`, a list of names");
    } else if (values != nullptr) {
      if (values->list() == nullptr) return at_.report("values", "expected a list of values");
      add_values(*values);
    } else if (ranges) {
      read_range();
    } else {
      add_variants();
    }
  }

  void add_values(const Setting& list) {
    for (const Setting& value : *list.list()) factor_.add_level(value);
    if (list.list()->empty()) fault("has no value: give at least one, or leave the factor out");
  }

  void add_variants() {
    if (!params_.path.empty()) return at_.report("path", "belongs to `values`, not to `variants`");
    factor_.path.clear();
    const std::vector<std::string> known = variant_names(root_);
    for (const std::string& name : params_.variants) {
      Level level;
      level.label = name;
      level.value.value = name;
      level.patch = make_table();
      if (std::ranges::find(known, name) != known.end()) {
        level.patch = *root_.find("variant")->find(name);
      } else if (name != kScenarioItself) {
        at_.report("variants", fmt::format("the scenario has no variant '{}'{}", name,
                                           suggestion(name, known)));
      }
      factor_.levels.push_back(std::move(level));
    }
  }

  std::optional<Measure> measure(const char* key) const {
    const Setting* given = at_.table.find(key);
    if (given == nullptr) {
      fault(fmt::format("needs `{}` too", key));
      return std::nullopt;
    }
    const auto measure = measure_of(*given);
    if (!measure) at_.report(key, "expected a number, with its unit where it has one");
    return measure;
  }

  void read_range() {
    auto from = measure("from");
    auto to = measure("to");
    if (!from || !to) return;
    using enum Measure::Kind;
    // 1 to 2.5 are numbers, whatever the first one looks like.
    if (from->kind == whole && to->kind == number) from->kind = number;
    if (from->kind == number && to->kind == whole) to->kind = number;
    if (from->kind != to->kind || from->period != to->period)
      return at_.report("to", "expected the unit of `from`");
    if (to->value < from->value) return at_.report("to", "must not be below `from`");
    const Setting* step = at_.table.find("step");
    const Range range{*from, *to, params_.scale, at_.table.place};
    if (params_.scale == Scale::log && from->value <= 0)
      return at_.report("from", "a log scale begins above zero");
    if (params_.sample != Sample::grid) {
      if (step != nullptr || params_.levels != 0)
        fault(
            "is sampled: its levels come from the experiment's `points`, not from `step` or "
            "`levels`");
      factor_.range = range;
    } else if (step != nullptr) {
      add_steps(range);
    } else {
      add_even(range);
    }
  }

  void add_even(const Range& range) {
    if (params_.levels < 1) return fault("needs `step`, or `levels`, or a `sample`");
    for (std::int64_t i = 0; i < params_.levels; ++i)
      factor_.add_level(range.at(
          params_.levels == 1 ? 0.0
                              : static_cast<double>(i) / static_cast<double>(params_.levels - 1)));
  }

  void add_steps(const Range& range) {
    auto step = measure("step");
    if (!step) return;
    using enum Measure::Kind;
    Measure from = range.from;
    if (from.kind == whole && step->kind == number) from.kind = number;
    if (from.kind == number && step->kind == whole) step->kind = number;
    if (step->kind != from.kind || step->period != from.period)
      return at_.report("step", "expected the unit of `from`");
    if (step->value <= 0) return at_.report("step", "must be above zero");
    if (params_.scale == Scale::log || params_.levels != 0)
      return fault("has a `step`: leave `levels` and the log scale out");
    const double count = std::floor((range.to.value - from.value) / step->value + 1e-9) + 1;
    if (count > kMostLevels) return at_.report("step", "makes more than a million levels");
    for (double i = 0; i < count; ++i) {
      Measure level = from;
      level.value = rounded(from.value + i * step->value);
      factor_.add_level(setting_of(level, range.place));
    }
  }

  /// Labels, and that no two levels are the same.
  void check_levels() {
    if (!params_.labels.empty() && params_.labels.size() != factor_.levels.size())
      return at_.report(
          "labels", fmt::format("expected {} labels, one for each level", factor_.levels.size()));
    std::set<std::string> seen;
    for (std::size_t i = 0; i < factor_.levels.size(); ++i) {
      Level& level = factor_.levels[i];
      if (!params_.labels.empty()) level.label = params_.labels[i];
      if (!seen.insert(level.label).second)
        return fault(
            fmt::format("two levels are called '{}': leave one out, or name them apart "
                        "with `labels`",
                        level.label));
    }
  }

  const Setting& root_;
  ParamsPlace at_;
  FactorParams params_;
  Factor factor_;
};

}  // namespace

Setting Range::at(double u) const {
  Measure value = from;
  value.value = scale == Scale::linear ? from.value + u * (to.value - from.value)
                                       : from.value * std::pow(to.value / from.value, u);
  value.value = rounded(value.value);
  return setting_of(value, place);
}

void Factor::add_level(Setting value, std::string label) {
  Level& level = levels.emplace_back();
  level.label = !label.empty()              ? std::move(label)
                : value.string() != nullptr ? *value.string()
                                            : value.text();
  level.patch = patch_of(path, value);
  level.value = std::move(value);
}

Factor read_factor(const Setting& root, const std::string& name, const Setting& given,
                   Problems& problems) {
  return FactorReader(root, name, given, problems).read();
}

}  // namespace weir::experiments
