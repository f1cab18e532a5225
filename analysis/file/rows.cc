#include "analysis/file/rows.h"

#include <algorithm>

namespace weir::analysis {
namespace {

// What a second-level cache holds beside the simulation's own data.
constexpr std::size_t kPieceCells = 128 * 1024 / sizeof(Cell);

}  // namespace

RowRing::RowRing(std::size_t row_cells, std::size_t most_rows)
    : row_cells_(row_cells),
      piece_rows_(std::clamp<std::size_t>(kPieceCells / row_cells, 1, most_rows)),
      cells_(kPieces * piece_rows_ * row_cells) {}

Cell* RowRing::next_row() {
  if (filled_ == 0) free_.acquire();
  return &cells_[(piece_ * piece_rows_ + filled_++) * row_cells_];
}

Rows RowRing::hand_over() {
  const Rows rows{&cells_[piece_ * piece_rows_ * row_cells_], filled_, row_cells_};
  piece_ = (piece_ + 1) % kPieces;
  filled_ = 0;
  return rows;
}

}  // namespace weir::analysis
