#pragma once
/// Results as one JSON object each, for other programs. docs/json.md lists the keys.

#include <string>

#include "experiments/capacity/capacity.h"
#include "experiments/compare/known_mean.h"
#include "experiments/import/postfix_summary.h"
#include "experiments/run/replicate.h"
#include "experiments/run/summary.h"
#include "experiments/topology/topology.h"
#include "sim/setting.h"

namespace weir::experiments {

std::string summary_json(const Summary& summary);

/// What all variants of one call have in common.
struct VariantsHead {
  std::string scenario;
  std::uint64_t seed = 1;
  std::uint64_t replications = 1;
  double wall_s = 0;
  std::optional<KnownMean> mean;  // when as many receivers were run as it took
};
std::string variants_json(const VariantsHead& head, const std::vector<VariantFigures>& variants);

std::string import_json(const PostfixSummary& summary);

std::string topology_json(const Topology& topology);

std::string capacity_json(const Capacity& capacity);

/// A tree of values as it is; numbers that are not finite become null.
std::string setting_json(const Setting& setting);

std::string problems_json(const Problems& problems);

}  // namespace weir::experiments
