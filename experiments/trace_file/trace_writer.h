#pragma once
/// Writes a trace file, so that nothing half done ever stands under its name.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "experiments/trace_file/trace_row.h"

namespace weir::experiments {

/// A trace that cannot be written. `what()` names the file, the reason and the remedy.
class TraceWriteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Writes NAME.part and gives it its name in finish(). Without finish() only NAME.part stays: the
/// lines that were flushed, readable. "-" is standard output, which is written directly, as are
/// pipes and devices.
///
/// A write to a closed pipe or beyond a file-size limit is an error here only if the program
/// ignores SIGPIPE and SIGXFSZ, which it does from the start.
class TraceWriter final : public TraceSink {
 public:
  explicit TraceWriter(std::string path);
  ~TraceWriter() override;

  void begin(const TraceHeader& header) override;
  void write(const TraceRow& row) override;

  /// Hands all lines to the operating system.
  void flush();

  /// Writes what is left, makes it last and gives the file its name. Throws TraceWriteError.
  void finish();

  std::uint64_t rows() const { return rows_; }

 private:
  void append_quoted(std::string_view value);
  [[noreturn]] void fail(std::string_view doing, int code) const;

  std::string path_;
  std::string part_;  // empty: written directly
  std::string buffer_;
  std::uint64_t rows_ = 0;
  int descriptor_ = -1;
};

/// `at` in seconds with as many decimals as it needs.
std::string format_trace_seconds(SimTime at);

/// "2026-11-22T20:34:20".
std::string format_trace_date(std::chrono::sys_seconds date);

}  // namespace weir::experiments
