#pragma once
/// The result file of variants over many receivers: every figure by variant and receiver, so that
/// a reader can pair the variants receiver by receiver. docs/results.md lists the names.

#include <functional>
#include <string>

#include "analysis/file/result_file.h"
#include "experiments/run/replicate.h"

namespace weir::experiments {

struct VariantsFileHead {
  std::string path;
  std::string command;
  std::string title;
  std::string scenario_as_given;
  std::string effective;  // with the unknowns as distributions
  std::uint64_t seed = 1;
  std::int64_t days = 1;  // of the horizon, rounded up
};

/// What else is written into the file, given its dimension of variants.
using MoreOfVariants = std::function<void(analysis::ResultFile& file, analysis::Axis variant)>;

/// Writes it. An interrupted batch is written with the receivers that every variant finished.
void write_variants_file(const VariantsFileHead& head, const std::vector<VariantFigures>& variants,
                         const MoreOfVariants& more = {});

}  // namespace weir::experiments
