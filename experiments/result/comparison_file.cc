#include "experiments/result/comparison_file.h"

namespace weir::experiments {
namespace {

using analysis::Axis;

/// A number of each figure and variant, in the figure's unit.
void write_table(analysis::ResultFile& file, const Comparison& comparison,
                 const std::vector<Axis>& axes, const char* name, const char* words,
                 double (*of)(const FigureFindings&, std::size_t variant)) {
  std::vector<double> values;
  for (const FigureFindings& finding : comparison.findings)
    for (std::size_t v = 0; v < comparison.contenders.size(); ++v) values.push_back(of(finding, v));
  file.array(name, axes, values, {"", words, ""});
}

double known_of(const FigureFindings& f, std::size_t v, double value) {
  return f.differences[v].finding == Finding::unknown ? std::numeric_limits<double>::quiet_NaN()
                                                      : value;
}

}  // namespace

void write_comparison_file(const VariantsFileHead& head,
                           const std::vector<VariantFigures>& variants,
                           const Comparison& comparison) {
  write_variants_file(head, variants, [&](analysis::ResultFile& file, Axis variant) {
    std::vector<std::string> names;
    std::string units;
    for (const FigureFindings& finding : comparison.findings) {
      names.push_back(finding.figure.name);
      units.append(units.empty() ? "" : " ").append(finding.figure.units);
    }
    const Axis figure = file.label_axis("figure", names, "figure that is compared");
    const std::vector<Axis> axes{figure, variant};
    write_table(file, comparison, axes, "figure_mean", "mean, in the figure's unit",
                [](const FigureFindings& f, std::size_t v) { return f.means[v]; });
    write_table(file, comparison, axes, "difference", "from the first variant, mean of pairs",
                [](const FigureFindings& f, std::size_t v) {
                  return known_of(f, v, f.differences[v].paired.estimate.value);
                });
    write_table(file, comparison, axes, "difference_low", "lower end of its interval",
                [](const FigureFindings& f, std::size_t v) {
                  return known_of(f, v, f.differences[v].paired.estimate.interval.low);
                });
    write_table(file, comparison, axes, "difference_high", "upper end of its interval",
                [](const FigureFindings& f, std::size_t v) {
                  return known_of(f, v, f.differences[v].paired.estimate.interval.high);
                });
    write_table(file, comparison, axes, "variance_reduction",
                "how many times the replications independent runs would need",
                [](const FigureFindings& f, std::size_t v) {
                  return known_of(f, v, f.differences[v].paired.variance_reduction);
                });
    write_table(file, comparison, axes, "at_horizon",
                "receivers in which the run ended before: counted as the horizon",
                [](const FigureFindings& f, std::size_t v) {
                  return static_cast<double>(f.at_horizon[v]);
                });
    file.attribute("figure", "figure_units", units);
    file.attribute("", "confidence", comparison.confidence.value);
  });
}

}  // namespace weir::experiments
