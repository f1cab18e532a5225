#include "analysis/file/column.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>
#include <span>

namespace weir::analysis {
namespace {

std::uint64_t product(std::span<const std::uint64_t> extent) {
  return std::accumulate(extent.begin(), extent.end(), std::uint64_t{1}, std::multiplies<>());
}

// The most rows that fill a block without rest and a chunk without excess.
std::uint64_t rows_of_chunk(std::uint64_t row_bytes, std::uint64_t block_rows) {
  for (std::uint64_t parts = 1; parts < block_rows; ++parts) {
    const std::uint64_t rows = block_rows / parts;
    if (block_rows % parts == 0 && rows * row_bytes <= kChunkBytes) return rows;
  }
  return 1;
}

Layout growing_layout(NumberType type, const std::vector<std::uint64_t>& width,
                      std::uint64_t block_rows) {
  const std::vector<std::uint64_t> row_chunk = chunk_of(width, type);
  Layout layout{.type = type, .extent = {0}, .chunk = {}, .grows = true};
  layout.chunk.push_back(rows_of_chunk(product(row_chunk) * bytes_of(type), block_rows));
  layout.extent.insert(layout.extent.end(), width.begin(), width.end());
  layout.chunk.insert(layout.chunk.end(), row_chunk.begin(), row_chunk.end());
  return layout;
}

// What stands in a chunk where the dataset does not reach.
void fill(std::span<std::byte> bytes, NumberType type) {
  const double value = type == NumberType::kDouble ? std::numeric_limits<double>::quiet_NaN() : 0;
  for (std::size_t at = 0; at < bytes.size(); at += bytes_of(type))
    std::memcpy(&bytes[at], &value, bytes_of(type));
}

// The first cells of each row, to rows as long as `stride`.
template <class Stored>
void copy_cells(const Rows& rows, std::size_t cells, Stored* to, std::size_t stride) {
  if (cells == 1) {  // the loop below would cost more in beginning than in doing
    for (std::size_t row = 0; row < rows.count; ++row)
      to[row * stride] = static_cast<Stored>(rows.first[row * rows.stride]);
    return;
  }
  for (std::size_t row = 0; row < rows.count; ++row)
    for (std::size_t i = 0; i < cells; ++i)
      to[row * stride + i] = static_cast<Stored>(rows.first[row * rows.stride + i]);
}

}  // namespace

std::vector<std::uint64_t> chunk_of(std::vector<std::uint64_t> extent, NumberType type) {
  for (std::uint64_t& length : extent) {
    while (length > 1 && product(extent) * bytes_of(type) > kChunkBytes) length = (length + 1) / 2;
  }
  return extent;
}

Column::Column(const File& file, NumberType type, const std::vector<std::uint64_t>& width,
               std::uint64_t block_rows, Missing missing)
    : file_(file),
      layout_(growing_layout(type, width, block_rows)),
      block_rows_(block_rows),
      row_cells_(product(width)),
      tile_cells_(product(std::span(layout_.chunk).subspan(1))),
      tiles_(tiles()),
      dataset_(create_numbers(*file.storage, layout_, missing)),
      waiting_(tiles_.size() * product(layout_.chunk) * bytes_of(type)) {
  fill(waiting_, type);
}

// chunk_of() cuts leading dimensions to 1, then one to a part, and leaves the others whole; so what
// belongs to a chunk stands side by side in the row.
std::vector<Column::Tile> Column::tiles() const {
  std::vector<Tile> tiles;
  std::size_t begin = 0;
  while (begin < row_cells_) {
    Tile tile{.offset = std::vector<std::uint64_t>(layout_.extent.size()),
              .begin = begin,
              .cells = tile_cells_};
    std::size_t rest = begin;
    std::size_t inner = row_cells_;
    for (std::size_t i = 1; i < layout_.extent.size(); ++i) {
      inner /= layout_.extent[i];
      tile.offset[i] = rest / inner;
      rest %= inner;
      const std::uint64_t left = layout_.extent[i] - tile.offset[i];
      if (layout_.chunk[i] > left) tile.cells = left * inner;
    }
    begin += tile.cells;
    tiles.push_back(std::move(tile));
  }
  return tiles;
}

bool Column::fits(const Rows& rows) const {
  if (layout_.type != NumberType::kInt32) return true;
  constexpr Cell kHalf = Cell{1} << 31;  // added to what fits, it gives 0 to 2^32 - 1
  Cell high = 0;
  for (std::size_t row = 0; row < rows.count; ++row) {
    const Cell* const cells = rows.first + row * rows.stride;
    high |= cells[0] + kHalf;
    for (std::size_t i = 1; i < row_cells_; ++i) high |= cells[i] + kHalf;
  }
  return high >> 32 == 0;
}

void Column::append(Rows rows) {
  const std::size_t chunk_rows = layout_.chunk.front();
  while (rows.count > 0) {
    const std::size_t first = rows_ % chunk_rows;
    const std::size_t count = std::min(rows.count, chunk_rows - first);
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      const Rows own = rows.from(tiles_[i].begin).part(0, count);
      std::byte* const to =
          &waiting_[(i * chunk_rows + first) * tile_cells_ * bytes_of(layout_.type)];
      if (layout_.type == NumberType::kInt32)
        copy_cells(own, tiles_[i].cells, reinterpret_cast<std::uint32_t*>(to), tile_cells_);
      else
        copy_cells(own, tiles_[i].cells, reinterpret_cast<Cell*>(to), tile_cells_);
    }
    rows_ += count;
    rows = rows.part(count, rows.count - count);
    if (first + count == chunk_rows) write();
  }
}

void Column::write() {
  if (rows_ == written_) return;
  set_rows(*file_.storage, dataset_, layout_, rows_);
  // The chunk at hand may be in the file in part.
  const std::uint64_t chunk_rows = layout_.chunk.front();
  const std::uint64_t first = (rows_ - 1) / chunk_rows * chunk_rows;
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    tiles_[i].offset.front() = first;
    write_tile(i, rows_ - first);
  }
  written_ = rows_;
}

void Column::write_tile(std::size_t index, std::size_t rows) {
  const std::size_t bytes = product(layout_.chunk) * bytes_of(layout_.type);
  const std::size_t row_bytes = tile_cells_ * bytes_of(layout_.type);
  const std::span chunk = std::span(waiting_).subspan(index * bytes, bytes);
  fill(chunk.subspan(rows * row_bytes), layout_.type);
  write_chunk(
      *file_.storage, dataset_, tiles_[index].offset,
      file_.encoder->encode(
          {.values = chunk, .value_bytes = bytes_of(layout_.type), .row_values = tile_cells_}));
}

Column Column::widened() const {
  const std::vector<std::uint64_t> width(layout_.extent.begin() + 1, layout_.extent.end());
  Column wide(file_, NumberType::kInt64, width, block_rows_, Missing::kAllowed);
  const std::uint64_t most = layout_.chunk.front();
  for (std::uint64_t first = 0; first < written_; first += most) {
    const std::vector<std::int64_t> values =
        read_rows(*file_.storage, dataset_, layout_, first, std::min(most, written_ - first));
    std::vector<Cell> cells(values.begin(), values.end());
    wide.append({cells.data(), cells.size() / row_cells_, row_cells_});
  }
  return wide;
}

}  // namespace weir::analysis
