#pragma once
/// The routing graph of a scenario, and what is found in it before any mail moves.

#include <string>
#include <vector>

#include "analysis/flow/network.h"
#include "experiments/scenario/scenario.h"
#include "models/routing/findings.h"

namespace weir::experiments {

struct Topology {
  std::string title;
  routing::MailGraph graph;
  std::vector<routing::Finding> findings;
  std::vector<std::string> domains;  // names, by index
};

/// REQUIRES: the scenario was built without problems.
Topology examine(const Scenario& scenario);

/// The graph as a drawing shows it: each arc with its reason and the domains whose mail takes it.
analysis::Network drawing_of(const Topology& topology);

/// For the terminal: what there is in numbers, then the findings.
std::string topology_text(const Topology& topology);

}  // namespace weir::experiments
