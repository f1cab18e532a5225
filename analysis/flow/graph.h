#pragma once
/// The shape of a network: loops, what reaches what, and what cannot be avoided.
///
/// Found with Boost.Graph. All answers are indices of nodes, in the order stated: the same network
/// gives the same answer everywhere. An index outside the network throws std::out_of_range.

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/flow/network.h"

namespace weir::analysis {

using NodeList = std::vector<std::size_t>;

/// The strongly connected parts (from each node of a part there is a way to each other one), those
/// that flow passes first standing first; a node on no loop is a part of its own. Each ascending.
std::vector<NodeList> strong_parts(const Network& network);

/// A part of the network in which flow can go round.
struct Loop {
  NodeList nodes;  // all that can be on the way, ascending
  NodeList walk;   // one shortest way round, beginning at the lowest node that is on one
};

/// All loops, by their lowest node. A node with an arc to itself is one.
std::vector<Loop> find_loops(const Network& network);

struct Reach {
  NodeList unreached;  // no source reaches them
  NodeList stranded;   // some source reaches them, but they reach no sink
};

Reach find_reach(const Network& network);

/// The nodes that everything from any source to `node` has to pass, in the order of passing, ends
/// left out; empty when no source reaches it. Where one of them stops, nothing arrives.
NodeList unavoidable(const Network& network, std::size_t node);

/// Their names, in the same order.
std::vector<std::string> names_of(const Network& network, const NodeList& nodes);

}  // namespace weir::analysis
