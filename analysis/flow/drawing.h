#pragma once
/// Drawings of a network, as text: SVG to look at, DOT for Graphviz.
///
/// The same network gives the same bytes. Names and notes may hold any text in UTF-8.

#include <string>

#include "analysis/flow/network.h"

namespace weir::analysis {

/// What the tones and strokes in use mean, for the legend; what has no meaning is left out of it.
struct DrawingWords {
  std::string alert;
  std::string faint;
  std::string dashed;
  std::string dotted;
};

/// A picture that stands for itself: columns from left to right, a legend of the kinds of nodes,
/// title and description for those who cannot see it, the limit of each part as a tooltip.
std::string to_svg(const Network& network, const DrawingWords& words = {});

/// The same network in Graphviz' language.
std::string to_dot(const Network& network);

}  // namespace weir::analysis
