#pragma once
/// Reads a trace file, plain or gzip, in constant memory, and refuses what is no trace.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "experiments/import/line_source.h"
#include "experiments/trace_file/trace_row.h"

namespace weir::experiments {

/// Why a trace was refused.
enum class TraceFault : std::uint8_t {
  unreadable,  ///< No such file, no permission, not a file.
  version,     ///< Not a trace, or of a version that this program does not read.
  header,      ///< The header lacks something or names an unknown column.
  empty,       ///< No arrivals.
  unsorted,    ///< An arrival is earlier than the one before it.
  bad_value,   ///< A field that is not what its column says, or too few or too many fields.
  overlong,    ///< A line of more than LineSource::kLongest bytes.
  truncated,   ///< The file ends before its data does.
};

/// A trace that cannot be read. `what()` is "file:line: what is wrong; the remedy".
class TraceError : public std::runtime_error {
 public:
  TraceError(TraceFault fault, std::uint64_t line, const std::string& text)
      : std::runtime_error(text), fault_(fault), line_(line) {}
  TraceFault fault() const { return fault_; }
  std::uint64_t line() const { return line_; }  ///< 0: the file as a whole.

 private:
  TraceFault fault_;
  std::uint64_t line_;
};

/// One arrival, with names as numbers.
struct TraceArrival {
  SimTime at;
  Bytes size;
  std::uint32_t recipients = 1;
  std::uint32_t domain = 0;  ///< Index into TraceReader::domains().
  std::uint64_t sender = 0;  ///< stable_hash of the address; 0 is the null sender.
  TraceKind kind = TraceKind::message;
};

/// Streams the arrivals of one trace.
///
/// Memory: one block of the file, and a table that grows with the number of distinct domains.
/// Senders are hashed instead, since a trace may name a new one in every line.
class TraceReader {
 public:
  /// Opens the file and reads as far as the first arrival, so that a wrong header and an empty
  /// trace are refused at once. Throws TraceError, as do next() and read().
  explicit TraceReader(std::string path);

  /// The same from any stream of bytes; `name` stands for it in messages.
  TraceReader(std::unique_ptr<ByteSource> bytes, std::string name);

  /// The next arrival, or nothing at the end.
  std::optional<TraceArrival> next();

  /// Fills the front of `block` and returns how many arrivals; fewer than its size only at the end.
  std::size_t read(std::span<TraceArrival> block);

  /// The instant that arrivals count from, UTC.
  std::chrono::sys_seconds start() const { return start_; }

  /// Domains seen so far, in order of appearance, in lower case. The empty one is "unknown".
  const std::vector<std::string>& domains() const { return domains_; }

 private:
  enum class Column : std::uint8_t { seconds, bytes, recipients, domain, sender, kind };

  void read_header();
  void read_start(std::string_view text);
  void read_columns(std::string_view text);
  std::optional<Line> next_line();
  std::optional<TraceArrival> parse_next();
  TraceArrival parse_row(std::string_view text);
  void parse_field(Column column, std::string_view value, TraceArrival& arrival);
  std::string_view take_field(std::string_view& rest, bool& more);
  std::uint32_t domain_index(std::string_view name);
  void check_order(const TraceArrival& arrival);
  [[noreturn]] void fail(TraceFault fault, const std::string& text) const;
  [[noreturn]] void fail_value(std::string_view column, std::string_view value,
                               std::string_view expected) const;

  std::string name_;
  std::unique_ptr<ByteSource> bytes_;
  std::optional<LineSource> lines_;
  std::uint64_t line_ = 0;
  std::chrono::sys_seconds start_{};
  std::vector<Column> columns_;
  std::vector<std::string> domains_;
  std::unordered_map<std::string, std::uint32_t> domain_indices_;  // looked up only, never walked
  std::string lowered_;
  std::string unquoted_;
  std::optional<TraceArrival> first_;
  SimTime last_ = SimTime::min();
  std::uint64_t last_line_ = 0;
};

/// Totals of a trace, for checking a file before it is used.
struct TraceTotals {
  std::uint64_t arrivals = 0;
  std::uint64_t recipients = 0;
  std::uint64_t notices = 0;
  std::uint64_t domains = 0;
  SimTime first;
  SimTime last;
};

/// Reads the whole trace once. Throws TraceError at the first fault.
TraceTotals check_trace(const std::string& path);

}  // namespace weir::experiments
