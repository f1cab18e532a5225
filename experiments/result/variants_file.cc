#include "experiments/result/variants_file.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "analysis/file/result_file.h"
#include "experiments/result/provenance.h"
#include "experiments/run/run_figures.h"
#include "sim/fingerprint.h"

namespace weir::experiments {
namespace {

using analysis::Axis;
using analysis::ResultFile;

struct Shape {
  const std::vector<VariantFigures>& variants;
  std::size_t receivers;  // runs: every receiver with all its traffics
};

void write_figure(ResultFile& file, const Shape& shape, const std::vector<Axis>& axes,
                  const RunFigure& figure) {
  const bool counts = std::holds_alternative<std::int64_t>(figure.of(ReceiverFigures{}));
  std::vector<std::int64_t> whole;
  std::vector<double> real;
  for (const VariantFigures& variant : shape.variants)
    for (std::size_t r = 0; r < shape.receivers; ++r) {
      const FigureValue value = figure.of(variant.receivers[r]);
      if (counts) {
        whole.push_back(std::get<std::int64_t>(value));
      } else {
        real.push_back(std::get<double>(value));
      }
    }
  const std::string name(figure.name);
  const analysis::Meaning meaning{std::string(figure.units), std::string(figure.words), ""};
  if (counts) {
    file.array(name, axes, std::span<const std::int64_t>(whole), meaning);
  } else {
    file.array(name, axes, std::span<const double>(real), meaning);
  }
}

void write_deliveries(ResultFile& file, const Shape& shape, const VariantsFileHead& head,
                      const std::vector<Axis>& axes) {
  std::vector<std::int64_t> days(static_cast<std::size_t>(head.days));
  std::iota(days.begin(), days.end(), std::int64_t{1});
  const Axis day = file.number_axis("day", days, {"d", "day of the run, from 1", ""});
  std::vector<std::int64_t> delivered;
  for (const VariantFigures& variant : shape.variants)
    for (std::size_t r = 0; r < shape.receivers; ++r)
      for (const std::int64_t d : days)
        delivered.push_back(static_cast<std::int64_t>(variant.receivers[r].delivered_by(d)));
  std::vector<Axis> all = axes;
  all.push_back(day);
  file.array("delivered", all, delivered,
             {"1", "recipients of the reported source delivered by the end of the day", ""});
}

void write_delays(ResultFile& file, const Shape& shape, Axis variant_axis) {
  const std::vector<double> levels{0.5, 0.9, 0.99};
  const Axis level = file.number_axis("quantile", levels, {"1", "level of the quantile", ""});
  std::vector<double> values;
  for (const VariantFigures& variant : shape.variants)
    for (const double p : levels)
      values.push_back(
          variant.report_delay.quantile(p).value_or(std::numeric_limits<double>::quiet_NaN()));
  file.array(
      "delay", {variant_axis, level}, values,
      {"s",
       "delay since release of the reported source, over all receivers; infinite: not delivered",
       ""});
}

}  // namespace

void write_variants_file(const VariantsFileHead& head, const std::vector<VariantFigures>& variants,
                         const MoreOfVariants& more) {
  std::size_t receivers = variants.front().receivers.size();
  std::vector<std::string> names;
  Fingerprint combined;
  for (const VariantFigures& variant : variants) {
    receivers = std::min(receivers, variant.receivers.size());
    names.push_back(variant.name);
    combined.fold(SimTime{}, 0, variant.fingerprint);
  }
  const Shape shape{variants, receivers};

  ResultFile file(head.path, {.title = head.title, .history = head.command});
  const Axis variant = file.label_axis("variant", names, "variant of the scenario");
  const std::uint64_t traffics = variants.front().traffics;
  std::vector<std::int64_t> numbers(receivers / traffics);
  std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
  const Axis receiver =
      file.number_axis("receiver", numbers, {"1", "number of the receiver drawn", ""});
  std::vector<Axis> all{variant, receiver};
  if (traffics > 1) {
    std::vector<std::int64_t> draws(traffics);
    std::iota(draws.begin(), draws.end(), std::int64_t{0});
    all.push_back(file.number_axis("traffic", draws, {"1", "number of the traffic drawn", ""}));
  }
  for (const RunFigure& figure : run_figures()) write_figure(file, shape, all, figure);
  write_deliveries(file, shape, head, all);
  write_delays(file, shape, variant);
  if (more) more(file, variant);
  write_provenance(file, {head.seed, 0, 0}, combined.value(), head.scenario_as_given,
                   head.effective);
  file.attribute("", "replications", static_cast<std::int64_t>(receivers / traffics));
  file.finish();
}

}  // namespace weir::experiments
