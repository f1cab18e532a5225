#pragma once
/// Findings in words: "B delivers 4.1 h earlier, 95 % between 3.2 and 5.0".

#include <string>
#include <vector>

#include "experiments/compare/findings.h"

namespace weir::experiments {

/// How numbers of a figure are printed: in one unit, to the digits that their doubt leaves.
class AmountText {
 public:
  /// For numbers of about `magnitude` that are sure to about `doubt`, both in the figure's unit;
  /// 0: nothing is known of it.
  AmountText(const ComparedFigure& figure, double magnitude, double doubt);

  /// "14.8", "-2,785"; without its unit, or "-" for NaN.
  std::string number(double value) const;
  /// " d", " %", or nothing for counts.
  const std::string& unit() const { return unit_; }

 private:
  double divisor_ = 1;
  int decimals_ = 0;
  std::string unit_;
};

/// What is said of one variant against the first.
struct Verdict {
  std::vector<std::string> found;       // a clause each, without a full stop
  std::vector<std::string> none_found;  // labels of figures
  std::vector<std::string> same_always;
  std::vector<std::string> unknown;
};

Verdict verdict_on(std::span<const FigureFindings> findings, std::size_t variant,
                   const std::string& name, Probability confidence);

/// Which variants may be the best by one figure. Without names: nothing can be said.
struct BestVariants {
  std::vector<std::string> best;      // surely, or all alike
  std::vector<std::string> possible;  // neither surely nor excluded
  std::vector<std::string> excluded;
};

BestVariants best_variants(const FigureFindings& findings, std::span<const std::string> names);

/// "95 %"
std::string confidence_text(Probability confidence);

}  // namespace weir::experiments
