#include "analysis/flow/layout.h"

#include <algorithm>
#include <cmath>

namespace weir::analysis {
namespace {

using Indices = std::vector<std::size_t>;

constexpr double kBetweenNodes = 20.0;
constexpr double kBetweenArcs = 12.0;
constexpr double kBetweenPorts = 9.0;
constexpr double kNarrowGap = 34.0;  // between two columns
constexpr double kWideGap = 130.0;
constexpr double kLabelAboveArc = 3.0;
constexpr int kRounds = 40;

/// The heights y with y[i + 1] - y[i] >= apart[i] that are nearest to `wish`, by weighted squares:
/// neighbours that would come too near each other are moved as one (pool adjacent violators).
std::vector<double> keep_apart(const std::vector<double>& wish, const std::vector<double>& weight,
                               const std::vector<double>& apart) {
  struct Pool {
    double sum, weight;
    std::size_t count;
    double mean() const { return sum / weight; }
  };
  std::vector<Pool> pools;
  std::vector<double> offset(wish.size(), 0.0);
  for (std::size_t i = 0; i < wish.size(); ++i) {
    if (i > 0) offset[i] = offset[i - 1] + apart[i - 1];
    pools.push_back({weight[i] * (wish[i] - offset[i]), weight[i], 1});
    while (pools.size() > 1 && pools[pools.size() - 2].mean() >= pools.back().mean()) {
      const Pool last = pools.back();
      pools.pop_back();
      pools.back().sum += last.sum;
      pools.back().weight += last.weight;
      pools.back().count += last.count;
    }
  }
  std::vector<double> heights;
  for (const Pool& pool : pools)
    for (std::size_t i = 0; i < pool.count; ++i)
      heights.push_back(pool.mean() + offset[heights.size()]);
  return heights;
}

class Arranger {
 public:
  Arranger(const Network& network, const std::vector<Size>& nodes, const std::vector<Size>& labels)
      : network_(network),
        labels_(labels),
        layers_(make_layers(network)),
        position_(layers_.places.size()),
        shape_(layers_.places.size()),
        y_(layers_.places.size()) {
    for (const Indices& column : layers_.columns)
      for (std::size_t i = 0; i < column.size(); ++i) position_[column[i]] = i;
    find_ports();
    for (std::size_t i = 0; i < layers_.places.size(); ++i) shape_[i] = shape_of(i, nodes);
  }

  Layout arrange() {
    find_heights();
    find_columns();
    return finish();
  }

 private:
  /// What a place takes above and below the height at which arcs meet it.
  struct Shape {
    double width = 0.0;
    double above = 0.0;
    double below = 0.0;
    double box_height = 0.0;  // of a node without what stands above it
  };

  bool is_node(std::size_t place) const { return layers_.places[place].node != Network::kNone; }

  Shape shape_of(std::size_t place, const std::vector<Size>& nodes) const {
    const LayerPlace& p = layers_.places[place];
    if (!is_node(place)) {
      const Size label = p.label ? labels_[p.arc] : Size{};
      return {label.width, label.height + kLabelAboveArc, kLabelAboveArc, 0.0};
    }
    const auto ports = static_cast<double>(std::max(p.left.size(), p.right.size()));
    const double height = std::max(nodes[p.node].height, (ports + 0.5) * kBetweenPorts);
    double loop = 0.0;
    double width = nodes[p.node].width;
    for (std::size_t i = 0; i < network_.arcs.size(); ++i)
      if (network_.arcs[i].from == p.node && network_.arcs[i].to == p.node) {
        loop = std::max(loop, kLoopHeight + labels_[i].height);
        width = std::max(width, labels_[i].width);
      }
    return {width, height / 2.0 + loop, height / 2.0, height};
  }

  /// Joins on both sides of each place from top to bottom, so that arcs leave without crossing.
  void find_ports() {
    for (LayerPlace& place : layers_.places)
      for (Indices* side : {&place.left, &place.right})
        std::stable_sort(side->begin(), side->end(),
                         [&](std::size_t a, std::size_t b) { return position_[a] < position_[b]; });
  }

  /// How far from the middle of `place` the arc to `other` meets it; of several such arcs, the one
  /// after `earlier` others.
  double port(std::size_t place, std::size_t other, bool left, std::size_t earlier = 0) const {
    if (!is_node(place)) return 0.0;
    const Indices& side = left ? layers_.places[place].left : layers_.places[place].right;
    const auto first = std::find(side.begin(), side.end(), other) - side.begin();
    const double at = static_cast<double>(first) + static_cast<double>(earlier);
    return kBetweenPorts * (at - (static_cast<double>(side.size()) - 1.0) / 2.0);
  }

  double apart(std::size_t upper, std::size_t lower) const {
    const double gap = is_node(upper) || is_node(lower) ? kBetweenNodes : kBetweenArcs;
    return shape_[upper].below + shape_[lower].above + gap;
  }

  /// Where the arcs of one side would have `place`, and how many there are.
  std::pair<double, double> pull(std::size_t place, bool left) const {
    const Indices& side = left ? layers_.places[place].left : layers_.places[place].right;
    double sum = 0.0;
    for (const std::size_t other : side)
      sum += y_[other] + port(other, place, !left) - port(place, other, left);
    return {sum, static_cast<double>(side.size())};
  }

  /// Where a long arc would be one straight line between its swings: at the median of all its
  /// places and of the two ends.
  double pull_of_arc(std::size_t place) const {
    const Indices& way = layers_.arcs[layers_.places[place].arc];
    std::vector<double> heights{y_[way.front()] + port(way.front(), way[1], false),
                                y_[way.back()] + port(way.back(), way[way.size() - 2], true)};
    for (std::size_t i = 1; i + 1 < way.size(); ++i) heights.push_back(y_[way[i]]);
    std::sort(heights.begin(), heights.end());
    return (heights[(heights.size() - 1) / 2] + heights[heights.size() / 2]) / 2.0;
  }

  void settle(const Indices& column, bool from_left, bool from_right) {
    std::vector<double> wish;
    std::vector<double> weight;
    std::vector<double> distances;
    for (std::size_t i = 0; i < column.size(); ++i) {
      const auto [left_sum, left_count] = from_left ? pull(column[i], true) : std::pair{0.0, 0.0};
      const auto [right_sum, right_count] =
          from_right ? pull(column[i], false) : std::pair{0.0, 0.0};
      const double count = left_count + right_count;
      if (from_left && from_right && !is_node(column[i]))
        wish.push_back(pull_of_arc(column[i]));
      else
        wish.push_back(count > 0.0 ? (left_sum + right_sum) / count : y_[column[i]]);
      // A long arc is straight before a node is in the middle.
      weight.push_back(is_node(column[i]) ? std::max(count, 0.1) : 4.0);
      if (i > 0) distances.push_back(apart(column[i - 1], column[i]));
    }
    const std::vector<double> heights = keep_apart(wish, weight, distances);
    for (std::size_t i = 0; i < column.size(); ++i) y_[column[i]] = heights[i];
  }

  void find_heights() {
    for (const Indices& column : layers_.columns) settle(column, false, false);
    for (int round = 0; round < kRounds; ++round) {
      for (std::size_t i = 1; i < layers_.columns.size(); ++i)
        settle(layers_.columns[i], true, false);
      for (std::size_t i = layers_.columns.size(); i-- > 1;)
        settle(layers_.columns[i - 1], false, true);
    }
    for (int round = 0; round < kRounds; ++round)
      for (const Indices& column : layers_.columns) settle(column, true, true);
    double top = 0.0;
    for (std::size_t i = 0; i < y_.size(); ++i)
      top = std::min(i == 0 ? y_[0] - shape_[0].above : top, y_[i] - shape_[i].above);
    for (double& y : y_) y -= top;
  }

  void find_columns() {
    double x = 0.0;
    for (std::size_t i = 0; i < layers_.columns.size(); ++i) {
      double width = 0.0;
      double steepest = 0.0;
      for (const std::size_t place : layers_.columns[i]) {
        width = std::max(width, shape_[place].width);
        for (const std::size_t next : layers_.places[place].right)
          steepest = std::max(steepest, std::abs(y_[next] - y_[place]));
      }
      column_x_.push_back(x);
      column_width_.push_back(width);
      x += width + std::clamp(0.3 * steepest, kNarrowGap, kWideGap);
    }
  }

  Box box_of(std::size_t place) const {
    const std::size_t column = layers_.places[place].column;
    const Shape& s = shape_[place];
    const double x = column_x_[column] + (column_width_[column] - s.width) / 2.0;
    return {x, y_[place] - s.box_height / 2.0, s.width, s.box_height};
  }

  std::vector<Flat> flats_of(std::size_t arc) const {
    const Indices& way = layers_.arcs[arc];
    const auto arcs = layers_.arcs.begin();
    const auto earlier =
        static_cast<std::size_t>(std::count(arcs, arcs + static_cast<std::ptrdiff_t>(arc), way));
    std::vector<Flat> flats;
    for (std::size_t i = 0; i < way.size(); ++i) {
      const std::size_t column = layers_.places[way[i]].column;
      const double left = column_x_[column];
      const double right = left + column_width_[column];
      if (i == 0) {
        flats.push_back(
            {box_of(way[0]).right(), right, y_[way[0]] + port(way[0], way[1], false, earlier)});
      } else if (i + 1 == way.size()) {
        const double y = y_[way[i]] + port(way[i], way[i - 1], true, earlier);
        flats.push_back({left, box_of(way[i]).x, y});
      } else {
        flats.push_back({left, right, y_[way[i]]});
      }
    }
    if (layers_.reversed[arc] == 0) return flats;
    std::reverse(flats.begin(), flats.end());
    for (Flat& flat : flats) std::swap(flat.from_x, flat.to_x);
    return flats;
  }

  Box label_of(std::size_t arc) const {
    const Size& size = labels_[arc];
    if (size.height == 0.0) return {};
    const Arc& a = network_.arcs[arc];
    if (a.from == a.to) {
      const Box node = box_of(a.from);
      return {node.x + (node.width - size.width) / 2.0, node.y - kLoopHeight - size.height,
              size.width, size.height};
    }
    const Indices& way = layers_.arcs[arc];
    const auto here = std::find_if(way.begin(), way.end(),
                                   [&](std::size_t place) { return layers_.places[place].label; });
    const Box line = box_of(*here);
    return {line.x, y_[*here] - kLabelAboveArc - size.height, size.width, size.height};
  }

  Layout finish() const {
    Layout layout;
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) layout.nodes.push_back(box_of(i));
    for (std::size_t i = 0; i < network_.arcs.size(); ++i) {
      const bool loop = network_.arcs[i].from == network_.arcs[i].to;
      layout.arcs.push_back(loop ? std::vector<Flat>{} : flats_of(i));
      layout.labels.push_back(label_of(i));
    }
    if (!column_x_.empty()) layout.size.width = column_x_.back() + column_width_.back();
    for (std::size_t i = 0; i < y_.size(); ++i)
      layout.size.height = std::max(layout.size.height, y_[i] + shape_[i].below);
    return layout;
  }

  const Network& network_;
  const std::vector<Size>& labels_;
  Layering layers_;
  Indices position_;
  std::vector<Shape> shape_;
  std::vector<double> y_;  // where arcs meet a place that is no node; the middle of a node
  std::vector<double> column_x_;
  std::vector<double> column_width_;
};

}  // namespace

Layout lay_out(const Network& network, const std::vector<Size>& nodes,
               const std::vector<Size>& labels) {
  return Arranger(network, nodes, labels).arrange();
}

}  // namespace weir::analysis
