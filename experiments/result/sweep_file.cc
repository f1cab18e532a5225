#include "experiments/result/sweep_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <numeric>
#include <stdexcept>

#include <fmt/core.h>

#include "analysis/file/result_file.h"
#include "experiments/result/provenance.h"
#include "sim/fingerprint.h"

namespace weir::experiments {
namespace {

using analysis::Axis;
using analysis::Meaning;
using analysis::ResultFile;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// A factor's levels as numbers of one unit.
struct LevelNumbers {
  std::string units;
  std::vector<double> values;
};

/// How a kind of measure is written in files, and how many of our units make one of theirs.
std::pair<const char*, double> unit_of(const Measure& measure) {
  switch (measure.kind) {
    case Measure::Kind::duration:
      return {"h", 3600e9};
    case Measure::Kind::rate:
      return {"d-1", static_cast<double>(measure.period.count()) / 86'400e9};
    case Measure::Kind::bytes:
      return {"byte", 1};
    case Measure::Kind::number:
    case Measure::Kind::whole:
    case Measure::Kind::share:
      break;
  }
  return {"1", 1};
}

/// Nothing when a level is no number, or the units differ.
std::optional<LevelNumbers> numbers_of(const Factor& factor) {
  LevelNumbers numbers;
  for (const Level& level : factor.levels) {
    const auto measure = measure_of(level.value);
    if (!measure) return std::nullopt;
    const auto [units, scale] = unit_of(*measure);
    if (!numbers.units.empty() && numbers.units != units) return std::nullopt;
    numbers.units = units;
    numbers.values.push_back(measure->value / scale);
  }
  return numbers;
}

std::string words_of_factor(const Factor& factor) {
  return factor.path.empty() ? "variant of the scenario" : "levels of " + factor.path;
}

/// The dimensions of a sweep in a file.
class SweepAxes {
 public:
  SweepAxes(ResultFile& file, const Design& design) : design_(design) {
    for (const Dimension& dimension : design.dimensions) add(file, dimension);
    std::vector<std::int64_t> numbers(design.replications);
    std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
    axes_.push_back(file.number_axis("replication", numbers,
                                     Meaning{"1", "number of the run at its point", ""}));
    write_keys(file, numbers);
    point_of_cell_.assign(design.cells, kNone);
    for (std::size_t point = 0; point < design.points.size(); ++point)
      point_of_cell_[design.points[point]] = point;
  }

  const std::vector<Axis>& all() const { return axes_; }

  /// Calls `visit` with the number of the run in each cell, kNone for one left out.
  template <class Visit>
  void for_each_cell(const Visit& visit) const {
    for (const std::size_t point : point_of_cell_)
      for (std::uint64_t r = 0; r < design_.replications; ++r)
        visit(point == kNone ? kNone : point * design_.replications + r);
  }

  static constexpr std::size_t kNone = ~std::size_t{0};

 private:
  /// Which receiver and which of its traffics each replication is.
  void write_keys(ResultFile& file, const std::vector<std::int64_t>& replications) {
    std::vector<std::int64_t> receivers, traffics;
    for (const std::int64_t r : replications) {
      receivers.push_back(r / static_cast<std::int64_t>(design_.traffics));
      traffics.push_back(r % static_cast<std::int64_t>(design_.traffics));
    }
    file.array("receiver", {axes_.back()}, receivers, Meaning{"1", "number of the receiver", ""});
    file.array("traffic", {axes_.back()}, traffics,
               Meaning{"1", "number of the traffic of this receiver", ""});
  }

  void add(ResultFile& file, const Dimension& dimension) {
    const Factor& first = design_.factors[dimension.factors.front()];
    const auto numbers = numbers_of(first);
    if (dimension.factors.size() == 1 && numbers) {
      axes_.push_back(file.number_axis(dimension.name, numbers->values,
                                       Meaning{numbers->units, words_of_factor(first), ""}));
      return;
    }
    std::vector<std::string> labels(dimension.length);
    for (const std::size_t f : dimension.factors)
      for (std::size_t i = 0; i < dimension.length; ++i)
        labels[i] += (labels[i].empty() ? "" : ", ") + design_.factors[f].levels[i].label;
    const bool single = dimension.factors.size() == 1;
    axes_.push_back(file.label_axis(dimension.name, labels,
                                    single ? words_of_factor(first) : "levels that go together"));
    if (single) return;
    for (const std::size_t f : dimension.factors)
      if (const auto values = numbers_of(design_.factors[f]))
        file.array(design_.factors[f].name, {axes_.back()}, values->values,
                   Meaning{values->units, words_of_factor(design_.factors[f]), ""});
  }

  const Design& design_;
  std::vector<Axis> axes_;
  std::vector<std::size_t> point_of_cell_;
};

bool is_done(const RunTable& runs, std::size_t run) {
  return run != SweepAxes::kNone && runs.state(run) == RunState::done;
}

double number_of(const FigureValue& value) {
  return std::visit([](auto v) { return static_cast<double>(v); }, value);
}

/// Counts are written as real numbers, since a run may be missing; a fingerprint has all 64 bits.
void write_figure(ResultFile& file, const SweepAxes& axes, const RunTable& runs,
                  std::size_t figure) {
  const RunFigure& info = run_figures()[figure];
  const std::string name(info.name);
  const Meaning meaning{std::string(info.units), std::string(info.words), ""};
  if (info.name == "fingerprint") {
    std::vector<std::int64_t> prints;
    axes.for_each_cell([&](std::size_t run) {
      prints.push_back(is_done(runs, run) ? std::get<std::int64_t>(runs.figure(run, figure)) : 0);
    });
    return file.array(name, axes.all(), prints, meaning);
  }
  std::vector<double> values;
  axes.for_each_cell([&](std::size_t run) {
    values.push_back(is_done(runs, run) ? number_of(runs.figure(run, figure)) : kMissing);
  });
  file.array(name, axes.all(), values, meaning);
}

void write_states(ResultFile& file, const SweepAxes& axes, const RunTable& runs) {
  std::vector<std::int64_t> states;
  axes.for_each_cell([&](std::size_t run) {
    states.push_back(
        static_cast<std::int64_t>(run == SweepAxes::kNone ? RunState::left_out : runs.state(run)));
  });
  file.array(
      "state", axes.all(), states,
      Meaning{"1", "0 done, 1 failed, 2 not run, 3 left out of the experiment, 4 not needed", ""});
}

void write_deliveries(ResultFile& file, const SweepAxes& axes, const RunTable& runs) {
  std::vector<std::int64_t> days(runs.days());
  std::iota(days.begin(), days.end(), std::int64_t{1});
  std::vector<Axis> all = axes.all();
  all.push_back(file.number_axis("day", days, Meaning{"d", "day of the run, from 1", ""}));
  std::vector<double> delivered;
  axes.for_each_cell([&](std::size_t run) {
    for (std::size_t day = 1; day <= days.size(); ++day)
      delivered.push_back(is_done(runs, run) ? static_cast<double>(runs.delivered_by(run, day))
                                             : kMissing);
  });
  file.array("delivered", all, delivered,
             Meaning{"1", "recipients of the reported source delivered by the end of the day", ""});
}

std::uint64_t fingerprint_of(const RunTable& runs) {
  const auto all = run_figures();
  const auto at = static_cast<std::size_t>(std::ranges::find(all, "fingerprint", &RunFigure::name) -
                                           all.begin());
  Fingerprint combined;
  for (const std::size_t run : runs.in_order_of_id())
    if (is_done(runs, run))
      combined.fold(SimTime{}, 0,
                    static_cast<std::uint64_t>(std::get<std::int64_t>(runs.figure(run, at))));
  return combined.value();
}

/// A cell of a CSV table.
std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string cell_text(const FigureValue& value) {
  if (const auto* real = std::get_if<double>(&value); real != nullptr && std::isnan(*real))
    return "";
  return std::visit([](auto v) { return fmt::format("{}", v); }, value);
}

std::string row_text(const Sweep& sweep, const RunTable& runs, std::size_t run) {
  constexpr std::array<const char*, 3> kStates{"done", "failed", "not run"};
  std::string row = runs.id(run);
  for (const Level* level : sweep.design().levels_at(sweep.point_of(run)))
    row += "," + quoted(level->label);
  row += fmt::format(",{},{},{},{}", sweep.replication_of(run), sweep.receiver_of(run),
                     sweep.traffic_of(run), kStates[static_cast<std::size_t>(runs.state(run))]);
  const bool done = is_done(runs, run);
  for (std::size_t f = 0; f < run_figures().size(); ++f)
    row += "," + (done ? cell_text(runs.figure(run, f)) : "");
  for (std::size_t day = 1; day <= runs.days(); ++day)
    row += "," + (done ? fmt::format("{}", runs.delivered_by(run, day)) : "");
  return row + "\n";
}

}  // namespace

void write_sweep_file(const std::string& path, const std::string& title, const Sweep& sweep,
                      const RunTable& runs) {
  ResultFile file(path, {.title = title, .history = "weir sweep merge"});
  const SweepAxes axes(file, sweep.design());
  write_states(file, axes, runs);
  for (std::size_t f = 0; f < run_figures().size(); ++f) write_figure(file, axes, runs, f);
  write_deliveries(file, axes, runs);
  const std::string scenario = to_toml(sweep.root());
  write_provenance(file, {sweep.design().seed, 0, 0}, fingerprint_of(runs), scenario, scenario);
  file.attribute("", "replications", static_cast<std::int64_t>(sweep.design().replications));
  file.attribute("", "source_digest", std::string(source_digest()));
  file.finish();
}

void write_sweep_table(const std::string& path, const Sweep& sweep, const RunTable& runs) {
  const std::string part = path + ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  out << "id";
  for (const Factor& factor : sweep.design().factors) out << "," << quoted(factor.name);
  out << ",replication,receiver,traffic,state";
  for (const RunFigure& figure : run_figures()) out << "," << figure.name;
  for (std::size_t day = 1; day <= runs.days(); ++day) out << ",delivered_" << day;
  out << "\n";
  for (const std::size_t run : runs.in_order_of_id())
    if (runs.state(run) != RunState::not_needed) out << row_text(sweep, runs, run);
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(part, path, error);
  if (!out || error)
    throw std::runtime_error(fmt::format("{}: cannot be written: {}", path,
                                         out ? error.message() : std::strerror(errno)));
}

}  // namespace weir::experiments
