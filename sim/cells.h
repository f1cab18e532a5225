#pragma once
/// Things of one kind by index, in chunks: growing copies nothing, and a reference stays good.
///
/// A vector that grows holds at its peak all things twice and room for as many again. Here memory
/// goes with the number of cells, and a chunk's pages are touched as its cells are added.

#include <cstddef>
#include <memory>
#include <type_traits>
#include <vector>

#include "sim/prefetch.h"

namespace weir {

template <class Thing>
class Cells {
  static_assert(std::is_trivially_destructible_v<Thing>, "nobody destroys the cells");

 public:
  std::size_t size() const { return size_; }

  /// REQUIRES: index < size().
  Thing& operator[](std::size_t index) { return chunks_[index / kChunk][index % kChunk].thing; }
  const Thing& operator[](std::size_t index) const {
    return chunks_[index / kChunk][index % kChunk].thing;
  }

  /// One more cell, at the end.
  Thing& add(const Thing& thing) {
    if (size_ % kChunk == 0) chunks_.push_back(std::make_unique_for_overwrite<Cell[]>(kChunk));
    Cell& cell = chunks_.back()[size_++ % kChunk];
    return *std::construct_at(&cell.thing, thing);
  }

  /// Has a cell's memory on its way. Any index may be named.
  void fetch(std::size_t index) const {
    if (index < size_) prefetch(&(*this)[index]);
  }

 private:
  static constexpr std::size_t kChunk = 4'096;

  /// Memory of a thing that is not there yet.
  union Cell {
    Cell() {}  // NOLINT(modernize-use-equals-default): that would be deleted
    Thing thing;
  };

  std::vector<std::unique_ptr<Cell[]>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace weir
