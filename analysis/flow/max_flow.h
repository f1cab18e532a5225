#pragma once
/// The most that can flow through a network from its sources to its sinks, and what limits it.
///
/// Limits of nodes and arcs count alike. All flow is of one kind: what a source sends may reach any
/// sink that its arcs lead to, so the answer is a bound for networks in which each flow has its own
/// way. Solved with Boost.Graph in whole numbers: limits are rounded to multiples of 2^-42 of the
/// power of two above their sum, so a cut may be taken that is larger than the smallest by as much
/// for each of its limits. The value is the exact sum of the limits in the cut.

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/flow/network.h"

namespace weir::analysis {

/// A node or an arc that is full and has no way round it.
struct Narrow {
  enum class Where : std::uint8_t { node, arc };

  Where where = Where::arc;
  std::size_t index = 0;  // in `nodes` or `arcs`
  Limit limit;
};

struct MaxFlow {
  double per_second = 0.0;      // infinity when nothing limits it
  std::vector<double> of_node;  // one of the flows that carry so much; empty when it is infinite
  std::vector<double> of_arc;
  std::vector<Narrow> cut;  // nodes first; the limits add up to per_second
};

/// Of several smallest cuts, the one nearest the sources. A negative limit or one that is not a
/// number throws std::domain_error.
MaxFlow max_flow(const Network& network);

}  // namespace weir::analysis
