#pragma once
/// The capacity of a scenario given as text.

#include "experiments/capacity/capacity.h"
#include "experiments/scenario/document.h"
#include "tests/support/scenario_run.h"

namespace weir::testing {

inline experiments::Capacity capacity_of(const std::string& toml,
                                         const Assignments& assignments = {},
                                         const StreamKey& key = {}) {
  const auto document = experiments::parse_document(toml, "test.toml", assignments);
  return experiments::find_capacity([&] { return scenario_of(toml, assignments, key); },
                                    document.root);
}

/// The one that this setting makes at a place whose name contains `name`; fails when there is none.
inline experiments::Bottleneck bottleneck(const experiments::Capacity& capacity,
                                          const std::string& setting,
                                          const std::string& name = "") {
  for (const experiments::Bottleneck& b : capacity.bottlenecks)
    if (b.setting == setting && b.name.find(name) != std::string::npos) return b;
  ADD_FAILURE() << "no ceiling of '" << name << "' by " << setting;
  return {};
}

}  // namespace weir::testing
