#pragma once
/// The network that a scenario's mail flows through, from its walk and its ceilings.
///
/// Limits are messages of the sources a second. Two networks have the same nodes: one whose arcs
/// carry no more than this mail sends over them, and one whose arcs carry anything. Mail that may
/// go another way when one is full (several hosts of a hop, several addresses with plans) is not
/// held to the arcs from there on.

#include "analysis/flow/network.h"
#include "experiments/capacity/ceilings.h"

namespace weir::experiments {

enum class Arcs : std::uint8_t { as_they_are, free };

/// `ceilings` that hold always limit; the others do not.
analysis::Network build_network(const WorldConfig& config, const Walk& walk, const Demands& demands,
                                const std::vector<Ceiling>& ceilings, Arcs arcs);

}  // namespace weir::experiments
