#pragma once
/// Many values and their fold, such as the least or the sum, of which one changes at a time.
///
/// Eight values make a node, eight nodes' folds the node above: a change costs one cache line for
/// each power of eight, fewer where a fold stays what it was; so does finding one value from above.

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <vector>

namespace weir {

/// Beyond all values: of an instant, the end of time.
template <class Value>
constexpr Value greatest() {
  if constexpr (requires { Value::max(); }) {
    return Value::max();
  } else {
    return std::numeric_limits<Value>::max();
  }
}

/// The least of all.
template <class Value>
struct Least {
  static constexpr Value kNothing = greatest<Value>();
  static constexpr Value join(Value a, Value b) { return b < a ? b : a; }
};

/// All together.
template <class Value>
struct Sum {
  static constexpr Value kNothing = 0;
  static constexpr Value join(Value a, Value b) { return a + b; }
};

template <class Value, class Fold>
class TreeOfEights {
 public:
  static constexpr std::size_t kWidth = 8;
  using Node = std::array<Value, kWidth>;

  /// Of `n` values that are all `value`.
  TreeOfEights(std::size_t n, Value value) {
    std::vector<Value> values(n, value);
    do {
      values = add_level(values);
    } while (values.size() > 1);
    all_ = values.front();
  }

  Value all() const { return all_; }

  /// REQUIRES: index is that of a value, as for set().
  Value operator[](std::size_t index) const {
    return levels_.front()[index / kWidth][index % kWidth];
  }

  void set(std::size_t index, Value value) {
    for (std::vector<Node>& level : levels_) {
      Node& node = level[index / kWidth];
      if (node[index % kWidth] == value) return;
      node[index % kWidth] = value;
      value = fold(node);
      index /= kWidth;
    }
    all_ = value;
  }

  /// The index of a value, found from above: `choose` gives in each node the place where to go on.
  template <class Choose>
  std::size_t descend(Choose&& choose) const {
    std::size_t at = 0;
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
      at = kWidth * at + choose((*level)[at]);
    return at;
  }

 private:
  static Value fold(const Node& node) {
    Value all = Fold::kNothing;
    for (const Value value : node) all = Fold::join(all, value);
    return all;
  }

  /// The folds of the new level's nodes.
  std::vector<Value> add_level(const std::vector<Value>& values) {
    std::vector<Node>& level =
        levels_.emplace_back(std::max<std::size_t>(1, (values.size() + kWidth - 1) / kWidth));
    for (Node& node : level) node.fill(Fold::kNothing);
    for (std::size_t i = 0; i < values.size(); ++i) level[i / kWidth][i % kWidth] = values[i];
    std::vector<Value> folds;
    for (const Node& node : level) folds.push_back(fold(node));
    return folds;
  }

  std::vector<std::vector<Node>> levels_;  // from the values upwards; the last is one node
  Value all_;
};

/// The first of the least values.
template <class Value>
std::size_t first_least(const TreeOfEights<Value, Least<Value>>& tree) {
  return tree.descend([least = tree.all()](const auto& node) {
    return static_cast<std::size_t>(std::ranges::find(node, least) - node.begin());
  });
}

/// Where the values up to and including which one add up to more than `sum`. REQUIRES: all do.
template <class Value>
std::size_t first_beyond(const TreeOfEights<Value, Sum<Value>>& tree, Value sum) {
  return tree.descend([&sum](const auto& node) {
    std::size_t place = 0;
    while (sum >= node[place]) sum -= node[place++];
    return place;
  });
}

}  // namespace weir
