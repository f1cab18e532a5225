#pragma once
/// Runs over several receivers with several traffics each, as text and as JSON.

#include <string>
#include <vector>

#include "experiments/ensemble/shares.h"

namespace weir::experiments {

struct NestedHead {
  std::string scenario;
  std::string report;  // the source whose mail is followed
  std::uint64_t seed = 1;
  std::uint64_t receivers = 0;
  std::uint64_t traffics = 0;
  bool complete = true;
  double wall_s = 0;
};

std::string nested_text(const NestedHead& head, const std::vector<FigureShares>& figures);

/// docs/json.md lists the keys.
std::string nested_json(const NestedHead& head, const std::vector<FigureShares>& figures);

}  // namespace weir::experiments
