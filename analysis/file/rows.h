#pragma once
/// Rows on their way from who counts to who writes: numbers side by side, as their bits.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <semaphore>
#include <vector>

namespace weir::analysis {

/// The bits of an std::int64_t or of a double.
using Cell = std::uint64_t;

/// Rows, or the same part of each: `stride` cells lie between the beginnings of two.
struct Rows {
  const Cell* first;
  std::size_t count;
  std::size_t stride;

  /// The same rows from the cell `cells` on.
  Rows from(std::size_t cells) const { return {first + cells, count, stride}; }

  /// The rows from number `rows` on, `most` of them.
  Rows part(std::size_t rows, std::size_t most) const {
    return {first + rows * stride, most, stride};
  }
};

/// Rows for two threads, in a few pieces of equal size that go round: one thread fills a piece
/// while the other reads those handed over, and waits when all are. So memory is bounded, and a row
/// is written where the processor still has it at hand. Nothing is allocated after the beginning.
class RowRing {
 public:
  /// `most_rows` as far as a piece has room for them.
  RowRing(std::size_t row_cells, std::size_t most_rows);

  /// Room for the next row, not set to anything. REQUIRES: !full().
  Cell* next_row();

  std::size_t filled() const { return filled_; }  // rows not yet handed over
  bool full() const { return filled_ == piece_rows_; }

  /// Ends the piece. Its rows stay as they are until release() is called for them, by any thread
  /// and in the order in which they were handed over.
  Rows hand_over();
  void release() { free_.release(); }

 private:
  static constexpr std::size_t kPieces = 4;

  std::size_t row_cells_;
  std::size_t piece_rows_;
  std::vector<Cell> cells_;
  std::size_t piece_ = 0;   // the one being filled
  std::size_t filled_ = 0;  // of its rows
  std::counting_semaphore<> free_{kPieces};
};

}  // namespace weir::analysis
