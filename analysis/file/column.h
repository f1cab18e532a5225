#pragma once
/// A dataset that grows by rows, written chunk by chunk.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/file/dataset.h"
#include "analysis/file/storage.h"

namespace weir::analysis {

/// Bytes that a chunk may take: analysis.md 3.2 found 64 to 256 kB good for readers and writers.
inline constexpr std::uint64_t kChunkBytes = 256 * 1024;

/// Extents of a chunk of at most kChunkBytes for a fixed array: the first dimensions are cut first.
std::vector<std::uint64_t> chunk_of(std::vector<std::uint64_t> extent);

/// Rows given one by one and handed to HDF5 in whole chunks, so that each chunk is compressed once
/// and a chunk already in the file is never moved.
class Column {
 public:
  /// `width` are the extents beside the rows. A chunk is a whole part of `block_rows` rows.
  Column(const Storage& storage, std::string_view path, Kind kind,
         const std::vector<std::uint64_t>& width, std::uint64_t block_rows, Missing missing);

  void append(std::span<const std::byte> row);

  /// A row of NaN.
  void append_missing();

  /// Hands over what is left, also of a chunk just begun.
  void write();

  Kind kind() const { return layout_.kind; }
  std::uint64_t rows() const { return rows_; }
  std::uint64_t row_bytes() const { return row_bytes_; }
  const Handle& dataset() const { return dataset_; }
  Handle& dataset() { return dataset_; }

 private:
  const Storage* storage_;
  Layout layout_;
  std::uint64_t row_bytes_;
  Handle dataset_;
  std::uint64_t rows_ = 0;     // given
  std::uint64_t written_ = 0;  // of them, handed to HDF5
  std::vector<std::byte> waiting_;
};

}  // namespace weir::analysis
