#pragma once
/// The result file of a comparison: that of variants over receivers, and what was found in it.
/// docs/compare.md lists the names.

#include "experiments/compare/comparison.h"
#include "experiments/result/variants_file.h"

namespace weir::experiments {

void write_comparison_file(const VariantsFileHead& head,
                           const std::vector<VariantFigures>& variants,
                           const Comparison& comparison);

}  // namespace weir::experiments
