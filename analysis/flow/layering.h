#pragma once
/// The first half of a drawing: which column each node stands in, and in which order.
///
/// After Sugiyama, Tagawa and Toda: loops are opened, columns are those of the longest path, arcs
/// over several columns get a place in each, and sweeps of barycentres and exchanges of neighbours
/// reduce the crossings. No chance, no hash order: the same network, the same drawing.

#include <cstddef>
#include <vector>

#include "analysis/flow/network.h"

namespace weir::analysis {

/// What takes a place in a column: a node, or an arc on its way through.
struct LayerPlace {
  std::size_t node = Network::kNone;
  std::size_t arc = Network::kNone;  // when it is no node
  bool label = false;                // of an arc: here stands its label
  std::size_t column = 0;
  std::vector<std::size_t> left;   // places in the column before that it is joined to
  std::vector<std::size_t> right;  // and in the next one
};

struct Layering {
  std::vector<LayerPlace> places;                 // the nodes first, by their index
  std::vector<std::vector<std::size_t>> columns;  // places from top to bottom
  std::vector<std::vector<std::size_t>> arcs;     // places of each arc from end to end, left first
  std::vector<char> reversed;                     // of each arc: it runs from right to left
  std::size_t crossings = 0;
};

/// Columns of nodes alternate with columns for labels when some arc has one. An arc from a node to
/// itself has no places.
Layering make_layers(const Network& network);

}  // namespace weir::analysis
