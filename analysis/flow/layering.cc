#include "analysis/flow/layering.h"

#include <algorithm>
#include <numeric>

namespace weir::analysis {
namespace {

using Indices = std::vector<std::size_t>;

bool is_loop(const Arc& arc) { return arc.from == arc.to; }

/// Finds the arcs that close a loop, in the order of a depth-first search from the sources.
class LoopOpener {
 public:
  explicit LoopOpener(const Network& network)
      : network_(network), state_(network.nodes.size()), leaving_(network.nodes.size()) {
    for (std::size_t i = 0; i < network.arcs.size(); ++i)
      leaving_.at(network.arcs[i].from).push_back(i);
    reversed_.assign(network.arcs.size(), 0);
  }

  std::vector<char> open() {
    for (std::size_t i = 0; i < network_.nodes.size(); ++i)
      if (network_.nodes[i].role == Role::source) visit(i);
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) visit(i);
    return std::move(reversed_);
  }

 private:
  enum class State : char { unseen, open, done };
  struct Step {
    std::size_t node;
    std::size_t next = 0;
  };

  /// Not recursive: a chain of a million nodes must not overflow the stack.
  void visit(std::size_t start) {
    if (state_[start] != State::unseen) return;
    std::vector<Step> way{{start}};
    state_[start] = State::open;
    while (!way.empty()) {
      Step& step = way.back();
      if (step.next == leaving_[step.node].size()) {
        state_[step.node] = State::done;
        way.pop_back();
        continue;
      }
      const std::size_t arc = leaving_[step.node][step.next++];
      const std::size_t to = network_.arcs[arc].to;
      if (state_[to] == State::open) reversed_[arc] = 1;
      if (state_[to] != State::unseen) continue;
      state_[to] = State::open;
      way.push_back({to});
    }
  }

  const Network& network_;
  std::vector<State> state_;
  std::vector<Indices> leaving_;
  std::vector<char> reversed_;
};

/// The column of each node: one after the last of those that lead to it.
class Columns {
 public:
  Columns(const Network& network, const std::vector<char>& reversed)
      : network_(network), before_(network.nodes.size()), after_(network.nodes.size()) {
    for (std::size_t i = 0; i < network.arcs.size(); ++i) {
      const Arc& arc = network.arcs[i];
      if (is_loop(arc)) continue;
      const bool back = reversed[i] != 0;
      after_[back ? arc.to : arc.from].push_back(back ? arc.from : arc.to);
      before_[back ? arc.from : arc.to].push_back(back ? arc.to : arc.from);
    }
  }

  Indices find() {
    Indices column(network_.nodes.size(), 0);
    for (const std::size_t node : sorted())
      for (const std::size_t next : after_[node])
        column[next] = std::max(column[next], column[node] + 1);
    // What nothing leads to stands beside what it leads to; only sources keep to the left edge.
    for (std::size_t i = 0; i < column.size(); ++i) {
      if (!before_[i].empty() || after_[i].empty() || network_.nodes[i].role == Role::source)
        continue;
      std::size_t nearest = Network::kNone;
      for (const std::size_t next : after_[i]) nearest = std::min(nearest, column[next]);
      column[i] = nearest - 1;
    }
    return column;
  }

 private:
  /// Topological order, among equals by index.
  Indices sorted() const {
    Indices waiting_for(network_.nodes.size());
    Indices order;
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) {
      waiting_for[i] = before_[i].size();
      if (before_[i].empty()) order.push_back(i);
    }
    for (std::size_t at = 0; at < order.size(); ++at)
      for (const std::size_t next : after_[order[at]])
        if (--waiting_for[next] == 0) order.push_back(next);
    return order;
  }

  const Network& network_;
  std::vector<Indices> before_;
  std::vector<Indices> after_;
};

void add_places(const Network& network, const Indices& column_of, Layering& layers) {
  const bool labels = std::any_of(network.arcs.begin(), network.arcs.end(), [](const Arc& arc) {
    return !arc.label.empty() && !is_loop(arc);
  });
  const std::size_t step = labels ? 2 : 1;
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    layers.places.push_back({.node = i, .column = step * column_of[i], .left = {}, .right = {}});
  const auto join = [&](std::size_t a, std::size_t b) {
    layers.places[a].right.push_back(b);
    layers.places[b].left.push_back(a);
  };
  layers.arcs.resize(network.arcs.size());
  for (std::size_t i = 0; i < network.arcs.size(); ++i) {
    const Arc& arc = network.arcs[i];
    if (is_loop(arc)) continue;
    const bool back = layers.reversed[i] != 0;
    const std::size_t first = back ? arc.to : arc.from;
    const std::size_t last = back ? arc.from : arc.to;
    const std::size_t begin = layers.places[first].column + 1;
    const std::size_t end = layers.places[last].column;
    layers.arcs[i].push_back(first);
    for (std::size_t column = begin; column < end; ++column) {
      const bool label = !arc.label.empty() && column == (back ? end - 1 : begin);
      layers.places.push_back(
          {.arc = i, .label = label, .column = column, .left = {}, .right = {}});
      join(layers.arcs[i].back(), layers.places.size() - 1);
      layers.arcs[i].push_back(layers.places.size() - 1);
    }
    join(layers.arcs[i].back(), last);
    layers.arcs[i].push_back(last);
  }
}

/// Orders the places of all columns so that few arcs cross.
class Sorter {
 public:
  explicit Sorter(Layering& layers) : layers_(layers), position_(layers.places.size()) {}

  void sort() {
    number();
    std::vector<Indices> best = layers_.columns;
    std::size_t fewest = crossings();
    for (int sweep = 0; sweep < kSweeps && fewest > 0; ++sweep) {
      sweep_once(sweep % 2 == 0);
      while (layers_.places.size() <= kMostToExchange && exchange()) {
      }
      if (const std::size_t now = crossings(); now < fewest) {
        fewest = now;
        best = layers_.columns;
      }
    }
    layers_.columns = std::move(best);
    layers_.crossings = fewest;
  }

 private:
  static constexpr int kSweeps = 24;
  static constexpr std::size_t kMostToExchange = 3'000;  // beyond, a drawing is not read anyway

  const Indices& joined(std::size_t place, bool left) const {
    return left ? layers_.places[place].left : layers_.places[place].right;
  }

  void number() {
    for (const Indices& column : layers_.columns) number(column);
  }
  void number(const Indices& column) {
    for (std::size_t i = 0; i < column.size(); ++i) position_[column[i]] = i;
  }

  /// Every place goes to the mean position of what it is joined to on one side.
  void sweep_once(bool rightwards) {
    const std::size_t count = layers_.columns.size();
    std::vector<double> mean(layers_.places.size());
    for (std::size_t i = 1; i < count; ++i) {
      Indices& column = layers_.columns[rightwards ? i : count - 1 - i];
      for (const std::size_t place : column) {
        const Indices& others = joined(place, rightwards);
        double sum = 0.0;
        for (const std::size_t other : others) sum += static_cast<double>(position_[other]);
        mean[place] = others.empty() ? static_cast<double>(position_[place])
                                     : sum / static_cast<double>(others.size());
      }
      std::stable_sort(column.begin(), column.end(),
                       [&](std::size_t a, std::size_t b) { return mean[a] < mean[b]; });
      number(column);
    }
  }

  /// Crossings of the arcs of `a` and `b` on one side when `a` stands above `b`.
  std::size_t crossings(std::size_t a, std::size_t b, bool left) const {
    std::size_t sum = 0;
    for (const std::size_t of_a : joined(a, left))
      for (const std::size_t of_b : joined(b, left)) sum += position_[of_a] > position_[of_b];
    return sum;
  }
  std::size_t crossings(std::size_t a, std::size_t b) const {
    return crossings(a, b, true) + crossings(a, b, false);
  }

  /// Exchanges neighbours where that saves crossings; whether any did.
  bool exchange() {
    bool better = false;
    for (Indices& column : layers_.columns)
      for (std::size_t i = 0; i + 1 < column.size(); ++i) {
        if (crossings(column[i + 1], column[i]) >= crossings(column[i], column[i + 1])) continue;
        std::swap(column[i], column[i + 1]);
        position_[column[i]] = i;
        position_[column[i + 1]] = i + 1;
        better = true;
      }
    return better;
  }

  /// All crossings, by counting inversions.
  std::size_t crossings() const {
    std::size_t sum = 0;
    for (const Indices& column : layers_.columns) {
      Indices ends;
      for (const std::size_t place : column) {
        const std::size_t first = ends.size();
        for (const std::size_t other : joined(place, false)) ends.push_back(position_[other]);
        std::sort(ends.begin() + static_cast<std::ptrdiff_t>(first), ends.end());
      }
      sum += inversions(ends);
    }
    return sum;
  }

  static std::size_t inversions(const Indices& numbers) {
    Indices sorted;
    std::size_t sum = 0;
    for (const std::size_t number : numbers) {
      const auto above = std::upper_bound(sorted.begin(), sorted.end(), number);
      sum += static_cast<std::size_t>(sorted.end() - above);
      sorted.insert(above, number);
    }
    return sum;
  }

  Layering& layers_;
  Indices position_;
};

}  // namespace

Layering make_layers(const Network& network) {
  Layering layers;
  layers.reversed = LoopOpener(network).open();
  add_places(network, Columns(network, layers.reversed).find(), layers);
  for (std::size_t i = 0; i < layers.places.size(); ++i) {
    const std::size_t column = layers.places[i].column;
    if (column >= layers.columns.size()) layers.columns.resize(column + 1);
    layers.columns[column].push_back(i);
  }
  Sorter(layers).sort();
  return layers;
}

}  // namespace weir::analysis
