#pragma once
/// A dataset that grows by rows, written chunk by chunk.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "analysis/file/chunk_encoder.h"
#include "analysis/file/dataset.h"
#include "analysis/file/rows.h"
#include "analysis/file/storage.h"

namespace weir::analysis {

/// Bytes that a chunk may take: analysis.md 3.2 found 64 to 256 kB good for readers and writers.
inline constexpr std::uint64_t kChunkBytes = 256 * 1024;

/// Extents of a chunk of at most kChunkBytes for a fixed array: the first dimensions are cut first.
std::vector<std::uint64_t> chunk_of(std::vector<std::uint64_t> extent, NumberType type);

/// Rows gathered to whole chunks, so that each is compressed once and a chunk already in the file
/// is never moved. The chunks are encoded here and not by HDF5.
class Column {
 public:
  /// What it needs of its file, and stays.
  struct File {
    const Storage* storage;
    ChunkEncoder* encoder;
  };

  /// A dataset without a name. `width` are the extents beside the rows. A chunk is a whole part of
  /// `block_rows` rows.
  Column(const File& file, NumberType type, const std::vector<std::uint64_t>& width,
         std::uint64_t block_rows, Missing missing);

  /// Whether the numbers can be stored as they are: 32 bits may be too few.
  bool fits(const Rows& rows) const;

  /// Takes the first cells of each row. REQUIRES: fits(rows).
  void append(Rows rows);

  /// Hands over what is left, also of a chunk just begun.
  void write();

  /// The same rows in a dataset without a name, as integers of 64 bits. REQUIRES: integers.
  Column widened() const;

  std::size_t row_cells() const { return row_cells_; }
  const Handle& dataset() const { return dataset_; }
  Handle& dataset() { return dataset_; }

 private:
  /// Cells of every row that stand side by side in chunks of their own.
  struct Tile {
    std::vector<std::uint64_t> offset;  // in all dimensions; the first is that of the rows
    std::size_t begin;                  // in the row
    std::size_t cells;                  // what is left of a full one at the edge
  };

  std::vector<Tile> tiles() const;
  void write_tile(std::size_t index, std::size_t rows);

  File file_;
  Layout layout_;
  std::uint64_t block_rows_;
  std::size_t row_cells_;
  std::size_t tile_cells_;
  std::vector<Tile> tiles_;
  Handle dataset_;
  std::uint64_t rows_ = 0;          // given
  std::uint64_t written_ = 0;       // of them, handed to HDF5
  std::vector<std::byte> waiting_;  // a chunk of each tile, one behind the other
};

}  // namespace weir::analysis
