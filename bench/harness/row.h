#pragma once
/// A row of the table that `./do bench` prints: some work, what a unit of it costs, and what it
/// may.
///
/// A workload is one .cc file that ends in a `const Workload` of its rows; its name in the list of
/// the folder's CMakeLists.txt is the one line that registers it. Most rows compare two sides,
/// segment by segment: see compare.h.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace weir::bench {

/// How much is done. A tiny load takes milliseconds and shows only that the results are right.
struct Load {
  std::uint64_t n;  // the row's; less where the load is tiny
  int segments;     // timed ones, of each side
  bool is_tiny = false;

  /// The units of a segment that has `whole` where the load is not tiny.
  std::uint64_t units(std::uint64_t whole) const {
    return is_tiny ? std::min<std::uint64_t>(whole, 512) : whole;
  }
};

/// A number that is printed under its row, such as a mean that theory knows.
struct Figure {
  std::string name;
  double value;
  std::string unit;
};

/// What came of a row. `ns` is of one unit of work, the median over the segments; rows that compare
/// something else than times have only a ratio.
struct Measurement {
  std::optional<double> ns{};
  std::optional<double> reference_ns{};
  std::optional<double> ratio{};
  std::vector<Figure> figures{};
  std::string problem{};      // why the result is wrong; empty if it is right
  std::string unavailable{};  // why there is none, such as a package that is not installed
};

/// What a row's ratio must not exceed. A row without limits informs.
struct Limits {
  std::optional<double> required{};
  std::optional<double> aim{};
};

/// When a row is run: always, only with --full, or only with --peers.
enum class Occasion : std::uint8_t { always, full, peers };

struct Row {
  std::string work;  // of one unit of it; --only looks for "work n"
  std::uint64_t n;
  Limits limits{};
  Occasion occasion = Occasion::always;
  std::uint64_t tiny_n = 64;  // the most that a tiny load has
  std::function<Measurement(const Load&)> measure{};
};

/// What a workload's file defines.
struct Workload {
  std::vector<Row> (*rows)();
};

}  // namespace weir::bench
