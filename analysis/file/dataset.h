#pragma once
/// Datasets, groups and attributes as netCDF-4 readers expect them. Calls HDF5, holds no state.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/file/handle.h"
#include "analysis/file/result_file.h"
#include "analysis/file/storage.h"

namespace weir::analysis {

/// What a number takes in the file: a series of integers begins with 32 bits.
enum class NumberType { kInt32, kInt64, kDouble };

constexpr std::size_t bytes_of(NumberType type) { return type == NumberType::kInt32 ? 4 : 8; }

constexpr NumberType wide(Kind kind) {
  return kind == Kind::kInteger ? NumberType::kInt64 : NumberType::kDouble;
}

/// How a dataset of numbers lies in the file.
struct Layout {
  NumberType type = NumberType::kDouble;
  std::vector<std::uint64_t> extent{};  // empty: a scalar
  std::vector<std::uint64_t> chunk{};   // empty: in one piece, without filters
  bool grows = false;                   // along the first dimension
};

/// A variable's values may be missing, a coordinate's may not.
enum class Missing { kAllowed, kForbidden };

/// Makes a dataset without a name: nobody who reads the file finds it until name() gives it one.
Handle create_numbers(const Storage& storage, const Layout& layout, Missing missing);

/// Names a dataset, and makes the groups on the way to it.
void give_name(const Storage& storage, const Handle& dataset, std::string_view path);

/// Takes a dataset's name away, which ends it when its handles are closed.
void remove_name(const Storage& storage, std::string_view path);

/// Makes and writes a dataset of UTF-8 strings: one, or a list.
Handle write_text(const Storage& storage, std::string_view path, std::string_view text);
Handle write_labels(const Storage& storage, std::string_view path,
                    std::span<const std::string> labels);

/// Writes the whole dataset, of numbers of 8 bytes.
void write_all(const Storage& storage, const Handle& dataset, const Layout& layout,
               std::span<const std::byte> values);

/// Gives a dataset that grows so many rows.
void set_rows(const Storage& storage, const Handle& dataset, const Layout& layout,
              std::uint64_t rows);

/// Writes, or replaces, the chunk that begins at `offset` in every dimension, as the filters leave
/// it.
void write_chunk(const Storage& storage, const Handle& dataset,
                 std::span<const std::uint64_t> offset, std::span<const std::byte> encoded);

/// Reads `count` rows of integers from row `first` on.
std::vector<std::int64_t> read_rows(const Storage& storage, const Handle& dataset,
                                    const Layout& layout, std::uint64_t first, std::uint64_t count);

/// Makes a dataset the coordinate named `name` of its dimension.
void make_scale(const Storage& storage, const Handle& dataset, const std::string& name);
void attach_scale(const Storage& storage, const Handle& dataset, const Handle& scale,
                  std::size_t dimension);
void detach_scale(const Storage& storage, const Handle& dataset, const Handle& scale,
                  std::size_t dimension);

/// Opens the dataset or group `path`; "" is the file itself.
Handle open_object(const Storage& storage, std::string_view path);

/// Writes or replaces an attribute; strings have a fixed length, as every reader wants.
void write_attribute(const Storage& storage, const Handle& object, std::string_view name,
                     const AttributeValue& value);

/// Gives `to` the attributes of `from`, but for its scales, in their order.
void copy_attributes(const Storage& storage, const Handle& from, const Handle& to);

}  // namespace weir::analysis
