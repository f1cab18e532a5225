#include <fmt/core.h>

#include "analysis/flow/drawing.h"
#include "analysis/flow/drawing_style.h"

namespace weir::analysis {
namespace {

/// As a quoted string of the DOT language.
std::string dot_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) >= 0x20U)
      out += c;
  }
  return out + '"';
}

std::string_view shape_word(Shape shape) {
  switch (shape) {
    case Shape::box:
    case Shape::rounded:
      return "box";
    case Shape::ellipse:
      return "ellipse";
    case Shape::diamond:
      return "diamond";
    case Shape::cylinder:
      return "cylinder";
    case Shape::hexagon:
      return "hexagon";
  }
  return "box";
}

std::string_view stroke_word(Stroke stroke) {
  switch (stroke) {
    case Stroke::solid:
      return "solid";
    case Stroke::dashed:
      return "dashed";
    case Stroke::dotted:
      return "dotted";
  }
  return "solid";
}

std::string node_text(std::size_t index, const Node& node, const Kind& kind) {
  const Colours colours = colours_of(node, kind);
  std::string tooltip = node.kind;
  if (node.limit.limits()) tooltip += ", " + limit_text(node.limit);
  return fmt::format(
      "  n{} [label={}, tooltip={}, shape={}, style={}, fillcolor=\"{}\", color=\"{}\"];\n", index,
      dot_string(node.note.empty() ? node.name : node.name + "\n" + node.note), dot_string(tooltip),
      shape_word(kind.shape), kind.shape == Shape::rounded ? "\"filled,rounded\"" : "filled",
      colours.fill, colours.line);
}

std::string arc_text(const Arc& arc) {
  std::string text = fmt::format("  n{} -> n{} [color=\"{}\", style={}", arc.from, arc.to,
                                 line_of(arc), stroke_word(arc.stroke));
  if (!arc.label.empty()) text += ", label=" + dot_string(arc.label);
  if (arc.limit.limits()) text += ", tooltip=" + dot_string(limit_text(arc.limit));
  if (arc.tone == Tone::alert) text += ", penwidth=2";
  return text + "];\n";
}

}  // namespace

std::string to_dot(const Network& network) {
  const std::vector<Kind> kinds = kinds_of(network);
  std::string out = fmt::format(
      "digraph {} {{\n"
      "  graph [rankdir=LR, label={}, labelloc=t, fontname=\"sans-serif\"];\n"
      "  node [fontname=\"sans-serif\", fontsize=11];\n"
      "  edge [fontname=\"sans-serif\", fontsize=9];\n",
      dot_string(network.title.empty() ? "network" : network.title), dot_string(network.title));
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    out += node_text(i, network.nodes[i], kind_of(kinds, network.nodes[i].kind));
  for (const Arc& arc : network.arcs) out += arc_text(arc);
  return out + "}\n";
}

}  // namespace weir::analysis
