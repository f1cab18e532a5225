#pragma once
/// All that HDF5 is asked for on the way to a result file. One thread makes every call.

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/file/chunk_encoder.h"
#include "analysis/file/column.h"
#include "analysis/file/dataset.h"
#include "analysis/file/result_file.h"
#include "analysis/file/rows.h"
#include "analysis/file/storage.h"

namespace weir::analysis {

/// Tells the caller of ResultFile that the call was wrong.
[[noreturn]] void refuse(std::string_view path, std::string_view why);

class FileWriter {
 public:
  FileWriter(const std::filesystem::path& path, const FileInfo& info);

  void attribute(std::string_view object, std::string_view name, const AttributeValue& value);
  Axis time_axis(std::string_view path, const TimeAxis& axis);
  Axis label_axis(std::string_view path, std::span<const std::string> labels,
                  std::string_view long_name);
  template <class Number>
  Axis number_axis(std::string_view path, std::span<const Number> values, const Meaning& meaning);

  /// A series belongs to its first axis, a time axis. Returns how many cells a row of it has.
  std::size_t series(std::string_view path, const std::vector<Axis>& axes, Kind kind,
                     const Meaning& meaning);
  template <class Number>
  void array(std::string_view path, const std::vector<Axis>& axes, std::span<const Number> values,
             const Meaning& meaning);
  void text(std::string_view path, std::string_view content);

  /// Rows of a time axis: the time, then the cells of each of its series, in the order in which
  /// they were made.
  void append(Axis time, const Rows& rows);

  /// Brings all rows to the file, those of chunks just begun too.
  void flush();
  void publish();
  void finish();

 private:
  struct AxisRecord {
    std::optional<Column> times{};  // else the axis is fixed
    std::uint64_t block_rows = 0;
    std::vector<std::size_t> series{};  // on this axis
    Handle scale{};                     // of a fixed one
    std::uint64_t length = 0;
  };
  struct SeriesRecord {
    std::string path;
    std::vector<Axis> axes;
    Column column;
  };

  void claim(std::string_view path);
  void describe(const Handle& dataset, const Meaning& meaning);
  Axis add_fixed_axis(std::string_view path, Handle scale, std::uint64_t length);
  const AxisRecord& axis_at(Axis axis) const;
  const Handle& scale_of(Axis axis) const;
  std::vector<std::uint64_t> fixed_extent(std::string_view path, std::span<const Axis> axes) const;
  void attach(const Handle& dataset, std::span<const Axis> axes);
  void widen(SeriesRecord& series);

  Storage storage_;
  ChunkEncoder encoder_;
  std::set<std::string, std::less<>> names_{""};  // variables and groups
  std::vector<AxisRecord> axes_;
  std::vector<SeriesRecord> series_;
};

}  // namespace weir::analysis
