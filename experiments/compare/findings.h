#pragma once
/// What paired runs say about the difference between variants: numbers in, findings out.
///
/// The first variant is what the others are compared with. Each interval is meant by itself: of
/// twenty figures about one shows a difference at 95 % where there is none.

#include <span>
#include <vector>

#include "analysis/estimate/comparison.h"
#include "experiments/compare/figure.h"

namespace weir::experiments {

/// What may be said of a difference with the confidence asked for.
enum class Finding : std::uint8_t {
  less,  // than the first variant
  more,
  none_found,   // the interval holds 0
  same_always,  // no run differs
  unknown,      // fewer than two receivers have a value
};

/// One variant less the first one.
struct Difference {
  analysis::PairedDifference paired;
  Finding finding = Finding::unknown;
};

/// All there is to say about one figure. Vectors are by variant.
struct FigureFindings {
  ComparedFigure figure;
  std::uint64_t receivers = 0;  // in which every variant has a value: all that follows
  std::uint64_t left_out = 0;   // of the others
  std::vector<double> means;
  std::vector<std::uint64_t> at_horizon;  // receivers where the run ended before: counted as it
  std::vector<Difference> differences;    // from the first variant; its own is 0
  std::vector<analysis::AgainstBest> against_best;  // with three or more, where one end is best
};

/// Of one figure whose values are `values[variant][receiver]`; infinite ones count as `horizon`, in
/// the figure's unit. At least two variants, with equally many receivers.
FigureFindings find_differences(const ComparedFigure& figure,
                                std::span<const std::vector<double>> values, double horizon,
                                Probability confidence = analysis::kUsualConfidence);

/// Of all `figures` over the same receivers of all variants, each with its mean over its traffics;
/// `horizon` is the longest. With several traffics, `at_horizon` counts runs.
std::vector<FigureFindings> find_all_differences(std::span<const ComparedFigure> figures,
                                                 std::span<const VariantFigures> variants,
                                                 Duration horizon, Probability confidence);

/// A horizon in the unit of a figure of time.
double in_units_of(const ComparedFigure& figure, Duration duration);

/// A figure of one receiver as it is compared: `horizon` in the place of infinity.
double compared_value(const ComparedFigure& figure, const ReceiverFigures& receiver,
                      Duration horizon);

}  // namespace weir::experiments
