#pragma once
/// One side of a comparison: something that does the same work again and again.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/harness/row.h"

namespace weir::bench {

/// What a segment was. `seconds`: if the side timed itself, as another process has to.
struct Segment {
  std::uint64_t units;
  std::optional<double> seconds{};
};

/// Lives through all segments of a row, so that what it has grown stays grown.
class Side {
 public:
  Side() = default;
  Side(const Side&) = delete;
  Side& operator=(const Side&) = delete;
  virtual ~Side() = default;

  /// Past the transient; not timed.
  virtual void warm() {}

  /// The next segment of the work: this is what is timed.
  virtual Segment segment() = 0;

  /// All that it did so far, in order: equal for sides that did the same.
  virtual std::uint64_t fingerprint() const = 0;

  /// What else is wrong with its results; empty if nothing is.
  virtual std::string problem() const { return {}; }

  /// What to print under the row.
  virtual std::vector<Figure> figures() const { return {}; }
};

/// A row makes its sides when it is run, and drops them when it has.
using MakeSide = std::function<std::unique_ptr<Side>()>;

template <class S, class... Args>
MakeSide side(Args... args) {
  return [args...] { return std::make_unique<S>(args...); };
}

}  // namespace weir::bench
