// The routing graph as a drawing: shapes, labels, tones.

#include <algorithm>
#include <set>

#include "experiments/topology/topology.h"

namespace weir::experiments {
namespace {

using routing::Passage;
using routing::PassageArc;
using routing::PlaceNode;

struct Look {
  const char* kind;
  analysis::Shape shape;
};

Look look_of(routing::Place place) {
  switch (place) {
    case routing::Place::source:
      return {"source", analysis::Shape::ellipse};
    case routing::Place::site:
      return {"site", analysis::Shape::box};
    case routing::Place::system:
      return {"system", analysis::Shape::hexagon};
    case routing::Place::organisation:
      return {"organisation", analysis::Shape::rounded};
    case routing::Place::mailboxes:
      return {"mailboxes", analysis::Shape::cylinder};
    case routing::Place::returned:
      break;
  }
  return {"returned to the sender", analysis::Shape::diamond};
}

/// "a.example, b.example and 3 more"; empty where the mail names no domain.
std::string domains_text(const PassageArc& arc, const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 2;
  std::string text;
  std::size_t shown = 0;
  for (const std::uint32_t domain : arc.domains) {
    if (domain == routing::kNone) continue;
    if (shown++ < kShown) text += (text.empty() ? "" : ", ") + names[domain];
  }
  if (shown > kShown) text += " and " + std::to_string(shown - kShown) + " more";
  return text;
}

std::string reason_of(const PassageArc& arc) {
  switch (arc.passage) {
    case Passage::mx:
      return "MX";
    case Passage::attracts:
      return "drawn by connector";
    case Passage::misplaces:
      return "to the old place";
    case Passage::inside:
    case Passage::connector:
    case Passage::returns:
      return arc.why;
    case Passage::submits:
    case Passage::door:
    case Passage::delivers:
      break;
  }
  return {};
}

std::string label_of(const PassageArc& arc, const std::vector<std::string>& names) {
  std::string label = reason_of(arc);
  if (arc.passage == Passage::door || arc.passage == Passage::delivers) return label;
  const std::string domains = domains_text(arc, names);
  if (!domains.empty()) label += (label.empty() ? "" : ": ") + domains;
  if (arc.strays) label += " (no mailbox here)";
  return label;
}

analysis::Tone tone_of(const PassageArc& arc) {
  if (arc.passage == Passage::misplaces || arc.passage == Passage::returns || arc.bypasses)
    return analysis::Tone::alert;
  return arc.backup ? analysis::Tone::faint : analysis::Tone::plain;
}

analysis::Node node_of(const PlaceNode& place, const std::set<std::string>& taken) {
  const Look look = look_of(place.place);
  analysis::Node node;
  node.name = taken.contains(place.name) ? place.name + " (" + look.kind + ")" : place.name;
  node.kind = look.kind;
  node.shape = look.shape;
  if (place.begins) node.role = analysis::Role::source;
  if (place.ends) node.role = analysis::Role::sink;
  return node;
}

}  // namespace

analysis::Network drawing_of(const Topology& topology) {
  analysis::Network network;
  network.title = topology.title;
  network.description =
      "The ways that the mail of the scenario may take, from its sources to "
      "mailboxes or back to the sender.";
  std::set<std::string> taken;
  for (const PlaceNode& place : topology.graph.nodes) {
    analysis::Node node = node_of(place, taken);
    taken.insert(node.name);
    network.add(std::move(node));
  }
  for (const PassageArc& arc : topology.graph.arcs) {
    analysis::Arc drawn;
    drawn.from = arc.from;
    drawn.to = arc.to;
    drawn.label = label_of(arc, topology.domains);
    drawn.stroke = arc.backup ? analysis::Stroke::dashed : analysis::Stroke::solid;
    drawn.tone = tone_of(arc);
    network.add(std::move(drawn));
  }
  return network;
}

}  // namespace weir::experiments
