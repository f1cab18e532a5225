#pragma once
/// A network as plain data: nodes, arcs, what each can carry, and what each is called.
///
/// Filled by whoever knows what flows; analysis/flow checks it, solves it and draws it. Indices are
/// positions in `nodes` and `arcs`. Their order is the order of all answers, and of the drawing.

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace weir::analysis {

/// The most that may pass a second, and the setting that makes it so.
struct Limit {
  double per_second = std::numeric_limits<double>::infinity();
  std::string setting;  // such as "lane.connection_limit"

  bool limits() const { return per_second < std::numeric_limits<double>::infinity(); }
};

/// Where flow begins and ends.
enum class Role : std::uint8_t { passage, source, sink };

enum class Shape : std::uint8_t { box, rounded, ellipse, diamond, cylinder, hexagon };

enum class Stroke : std::uint8_t { solid, dashed, dotted };

/// How a drawing shows a part: faint for what is not in use, alert for what is wrong or narrow.
enum class Tone : std::uint8_t { plain, faint, alert };

struct Node {
  std::string name;  // unique
  std::string kind;  // a word for the legend, such as "site"; one kind has one shape
  Shape shape = Shape::box;
  Role role = Role::passage;
  Limit limit{};       // of all that passes the node; of a source, what it supplies
  std::string note{};  // a second, smaller line in drawings
  Tone tone = Tone::plain;
};

struct Arc {
  std::size_t from = 0;
  std::size_t to = 0;
  Limit limit{};
  std::string label{};  // in drawings
  Stroke stroke = Stroke::solid;
  Tone tone = Tone::plain;
};

struct Network {
  std::string title{};
  std::string description{};  // what a reader who cannot see the drawing is told
  std::vector<Node> nodes{};
  std::vector<Arc> arcs{};

  /// The index of the new node. REQUIRES: the name is not in use.
  std::size_t add(Node node) {
    nodes.push_back(std::move(node));
    return nodes.size() - 1;
  }

  /// The index of the new arc. REQUIRES: both ends exist.
  std::size_t add(Arc arc) {
    arcs.push_back(std::move(arc));
    return arcs.size() - 1;
  }

  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

  /// The node called `name`, or kNone.
  std::size_t find(const std::string& name) const {
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (nodes[i].name == name) return i;
    return kNone;
  }
};

}  // namespace weir::analysis
