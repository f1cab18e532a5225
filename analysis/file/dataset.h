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

/// How a dataset of numbers lies in the file.
struct Layout {
  Kind kind = Kind::kReal;
  std::vector<std::uint64_t> extent{};  // empty: a scalar
  std::vector<std::uint64_t> chunk{};   // empty: in one piece, without filters
  bool grows = false;                   // along the first dimension
};

/// A variable's values may be missing, a coordinate's may not.
enum class Missing { kAllowed, kForbidden };

/// Numbers of either kind, as bytes of 8 each.
template <class Number>
std::span<const std::byte> bytes_of(std::span<Number> numbers) {
  static_assert(sizeof(Number) == 8);
  return std::as_bytes(numbers);
}

/// Makes a dataset, and the groups on the way to it.
Handle create_numbers(const Storage& storage, std::string_view path, const Layout& layout,
                      Missing missing);

/// Makes and writes a dataset of UTF-8 strings: one, or a list.
Handle write_text(const Storage& storage, std::string_view path, std::string_view text);
Handle write_labels(const Storage& storage, std::string_view path,
                    std::span<const std::string> labels);

/// Writes the whole dataset.
void write_all(const Storage& storage, const Handle& dataset, Kind kind,
               std::span<const std::byte> values);

/// Writes `count` rows at `first`, extending the dataset to first + count.
struct Rows {
  std::uint64_t first;
  std::uint64_t count;
};
void write_rows(const Storage& storage, const Handle& dataset, const Layout& layout, Rows rows,
                std::span<const std::byte> values);

/// Makes a dataset the coordinate named `name` of its dimension.
void make_scale(const Storage& storage, const Handle& dataset, const std::string& name);
void attach_scale(const Storage& storage, const Handle& dataset, const Handle& scale,
                  std::size_t dimension);

/// Opens the dataset or group `path`; "" is the file itself.
Handle open_object(const Storage& storage, std::string_view path);

/// Writes or replaces an attribute; strings have a fixed length, as every reader wants.
void write_attribute(const Storage& storage, const Handle& object, std::string_view name,
                     const AttributeValue& value);

}  // namespace weir::analysis
