#pragma once
/// Result files: named series, arrays and texts in HDF5 that netCDF-4 tools read.
///
/// A file grows as NAME.part and gets its name only when finish() has put it on the disk. What a
/// killed run leaves is NAME.part, readable up to the last flush; HDF5 promises that only between
/// flushes, and within one it may fail when a series outgrows 64 chunks and its index is split.
/// Rows are taken at 2 ns a number or so and written by a thread of the file's own, for which the
/// caller waits only when it is far ahead. One caller at a time: not thread-safe. A path may name
/// groups ("summary/delivered"); they are made on demand. Wrong use throws std::invalid_argument or
/// std::logic_error, the disk throws FileError, with rows as soon as it is noticed; then the file
/// stays unfinished and every further call throws. A program that limits file sizes must ignore
/// SIGXFSZ to be told so.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analysis/file/error.h"
#include "sim/quantity.h"

namespace weir::analysis {

/// What the numbers of a variable are: integers, or doubles (NaN is "missing"). A series of
/// integers is stored with 32 bits until a value needs 64, and all of it with 64 from then on.
enum class Kind { kInteger, kReal };

/// What numbers mean, in the words of the CF conventions.
struct Meaning {
  std::string units = "1";     // UDUNITS: "1", "s", "s-1", "byte"; empty writes none
  std::string long_name{};     // empty writes none
  std::string cell_methods{};  // "time: sum", "time: mean", "time: point", "time: maximum"
};

struct FileInfo {
  std::string title{};
  std::string history{};  // how the file came about, by custom the command line
};

/// An axis along which rows are appended while the run goes on.
struct TimeAxis {
  std::chrono::sys_seconds start{};    // the instant 0 of the run, in UTC
  std::chrono::minutes utc_offset{0};  // of the scenario's local time; written as an attribute
  Kind kind = Kind::kInteger;          // whole seconds, or kReal for finer rows
  std::uint64_t block_rows = 4096;     // rows between two flushes
};

using AttributeValue = std::variant<std::string, std::int64_t, double>;

/// A dimension of a file, with its coordinate. Valid only for the file that made it.
struct Axis {
  std::uint32_t index;
};

/// A variable that grows by rows. Valid only for the file that made it.
struct Series {
  std::uint32_t index;
};

/// Writes one result file. Define all axes and series first, then append rows.
class ResultFile {
 public:
  ResultFile(const std::filesystem::path& path, const FileInfo& info);
  ~ResultFile();  // without finish() leaves NAME.part and never NAME
  ResultFile(ResultFile&&) noexcept;
  ResultFile& operator=(ResultFile&&) noexcept;

  /// Puts an attribute on the variable or group `object`; "" is the file itself.
  void attribute(std::string_view object, std::string_view name, const AttributeValue& value);

  Axis time_axis(std::string_view path, const TimeAxis& axis);
  Axis label_axis(std::string_view path, std::span<const std::string> labels,
                  std::string_view long_name = {});
  Axis number_axis(std::string_view path, std::span<const double> values, const Meaning& meaning);
  Axis number_axis(std::string_view path, std::span<const std::int64_t> values,
                   const Meaning& meaning);

  /// A variable over a time axis (first) and any fixed axes. Before its axis has its first row.
  Series series(std::string_view path, const std::vector<Axis>& axes, Kind kind,
                const Meaning& meaning);

  /// Begins the row at `since_start` after the instant 0; times ascend. A real series without a row
  /// here is missing (NaN); an integer series without one is a std::logic_error when the row ends.
  void append_time(Axis time, Duration since_start);

  /// Gives a series its values in the row begun last, the last axis running fastest.
  void append(Series series, std::span<const double> row);
  void append(Series series, std::span<const std::int64_t> row);
  void append(Series series, double value);
  void append(Series series, std::int64_t value);

  /// A variable known at once over fixed axes, the last axis running fastest.
  void array(std::string_view path, const std::vector<Axis>& axes, std::span<const double> values,
             const Meaning& meaning);
  void array(std::string_view path, const std::vector<Axis>& axes,
             std::span<const std::int64_t> values, const Meaning& meaning);

  void scalar(std::string_view path, double value, const Meaning& meaning);
  void scalar(std::string_view path, std::int64_t value, const Meaning& meaning);

  /// A text of any length in UTF-8, such as the scenario.
  void text(std::string_view path, std::string_view content);

  /// Brings all complete rows to the file. Happens by itself, a little later, after every
  /// `block_rows` rows.
  void flush();

  /// Brings all complete rows to NAME.live, for readers of a run that goes on: a copy that takes
  /// the place of the one before in one step, so that whoever opens it, at any time, sees a whole
  /// file. Costs the copying of the file. finish() removes it.
  void publish();

  /// Marks the file complete, brings it to the disk and gives it its name. The last call.
  void finish();

  /// Where the file stands before finish().
  const std::filesystem::path& part_path() const;

 private:
  class Caller;
  std::unique_ptr<Caller> caller_;
};

}  // namespace weir::analysis
