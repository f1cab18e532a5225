#include "analysis/file/column.h"

#include <functional>
#include <limits>
#include <numeric>

namespace weir::analysis {
namespace {

constexpr std::uint64_t kNumberBytes = 8;

std::uint64_t bytes_of_extent(const std::vector<std::uint64_t>& extent) {
  return std::accumulate(extent.begin(), extent.end(), kNumberBytes, std::multiplies<>());
}

// The most rows that fill a block without rest and a chunk without excess.
std::uint64_t rows_of_chunk(std::uint64_t row_bytes, std::uint64_t block_rows) {
  for (std::uint64_t parts = 1; parts < block_rows; ++parts) {
    const std::uint64_t rows = block_rows / parts;
    if (block_rows % parts == 0 && rows * row_bytes <= kChunkBytes) return rows;
  }
  return 1;
}

Layout growing_layout(Kind kind, const std::vector<std::uint64_t>& width,
                      std::uint64_t block_rows) {
  const std::vector<std::uint64_t> row_chunk = chunk_of(width);
  Layout layout{.kind = kind, .extent = {0}, .chunk = {}, .grows = true};
  layout.chunk.push_back(rows_of_chunk(bytes_of_extent(row_chunk), block_rows));
  layout.extent.insert(layout.extent.end(), width.begin(), width.end());
  layout.chunk.insert(layout.chunk.end(), row_chunk.begin(), row_chunk.end());
  return layout;
}

}  // namespace

std::vector<std::uint64_t> chunk_of(std::vector<std::uint64_t> extent) {
  for (std::uint64_t& length : extent) {
    while (length > 1 && bytes_of_extent(extent) > kChunkBytes) length = (length + 1) / 2;
  }
  return extent;
}

Column::Column(const Storage& storage, std::string_view path, Kind kind,
               const std::vector<std::uint64_t>& width, std::uint64_t block_rows, Missing missing)
    : storage_(&storage),
      layout_(growing_layout(kind, width, block_rows)),
      row_bytes_(bytes_of_extent(width)),
      dataset_(create_numbers(storage, path, layout_, missing)) {}

void Column::append(std::span<const std::byte> row) {
  waiting_.insert(waiting_.end(), row.begin(), row.end());
  ++rows_;
  if (rows_ % layout_.chunk.front() == 0) write();
}

void Column::append_missing() {
  const std::vector<double> row(row_bytes_ / kNumberBytes,
                                std::numeric_limits<double>::quiet_NaN());
  append(bytes_of(std::span(row)));
}

void Column::write() {
  if (rows_ == written_) return;
  write_rows(*storage_, dataset_, layout_, {.first = written_, .count = rows_ - written_},
             waiting_);
  written_ = rows_;
  waiting_.clear();
}

}  // namespace weir::analysis
