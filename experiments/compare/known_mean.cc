#include "experiments/compare/known_mean.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "experiments/compare/findings.h"
#include "experiments/compare/verdict.h"

namespace weir::experiments {

KnownMean::KnownMean(MeanGoal goal) : goal_(std::move(goal)), mean_(goal_.precision) {}

void KnownMean::add(double value) {
  ++receivers_;
  if (std::isnan(value)) return;
  mean_.add(std::isinf(value) ? in_units_of(goal_.figure, goal_.horizon) : value);
}

KnownMean::State KnownMean::state() const {
  if (mean_.state() == State::running && receivers_ >= goal_.precision.most)
    return State::not_reached;
  return mean_.state();
}

std::optional<analysis::Estimate> KnownMean::estimate() const {
  if (mean_.count() < 2) return std::nullopt;
  return mean_.estimate();
}

std::optional<ComparedFigure> figure_to_know(const std::vector<ComparedFigure>& figures,
                                             const std::string& name, std::string& fault) {
  std::vector<std::string> names;
  for (const ComparedFigure& figure : figures) {
    if (figure.kind == FigureKind::share) continue;
    if (figure.name == name) return figure;
    names.push_back(figure.name);
  }
  fault = fmt::format("{}: no figure that can be known to a share of its mean{}", name,
                      suggestion(name, names));
  return std::nullopt;
}

std::string words_on(const KnownMean& mean) {
  const MeanGoal& goal = mean.goal();
  const std::string& label = goal.figure.words.label;
  const double percent = 100 * goal.precision.relative_error;
  const std::string after = fmt::format("after {} receivers", mean.receivers());
  const auto estimate = mean.estimate();
  if (!estimate) return fmt::format("{}: NOT REACHED: no two receivers have one {}", label, after);
  const AmountText text(goal.figure, estimate->value, estimate->interval.half_width());
  const std::string value =
      fmt::format("{}: {}{}, {} between {} and {}", label, text.number(estimate->value),
                  text.unit(), confidence_text(estimate->confidence),
                  text.number(estimate->interval.low), text.number(estimate->interval.high));
  if (mean.state() == KnownMean::State::reached)
    return fmt::format("{}; known to within {:g} % {}", value, percent, after);
  return fmt::format("{}; NOT REACHED: not known to within {:g} % {}", value, percent, after);
}

}  // namespace weir::experiments
