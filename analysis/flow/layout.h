#pragma once
/// The second half of a drawing: where everything stands, in pixels.
///
/// Columns stand from left to right. Within the order that was found, heights are those that make
/// the arcs as straight as the distances kept allow. Nothing overlaps: not nodes, not labels, and
/// no arc passes through either.

#include <cstddef>
#include <vector>

#include "analysis/flow/layering.h"

namespace weir::analysis {

struct Size {
  double width = 0.0;
  double height = 0.0;
};

struct Box {
  double x = 0.0;  // of the left upper corner
  double y = 0.0;
  double width = 0.0;
  double height = 0.0;

  double right() const { return x + width; }
  double bottom() const { return y + height; }
  double middle() const { return y + height / 2.0; }
};

/// A part of an arc at one height. Between two of them it swings.
struct Flat {
  double from_x = 0.0;
  double to_x = 0.0;
  double y = 0.0;
};

struct Layout {
  Size size;
  std::vector<Box> nodes;
  std::vector<Box> labels;              // of each arc; empty where it has none
  std::vector<std::vector<Flat>> arcs;  // of each arc, in its own direction; empty: to itself
};

/// `nodes` and `labels` are the sizes that their texts need. Nodes may come out higher, for the
/// arcs that end there.
Layout lay_out(const Network& network, const std::vector<Size>& nodes,
               const std::vector<Size>& labels);

/// Room above a node for an arc that leads to itself; its label stands on top of it.
inline constexpr double kLoopHeight = 22.0;

}  // namespace weir::analysis
