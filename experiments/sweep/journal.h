#pragma once
/// What is known of the runs that are over: a line each, in files that only grow.
///
///   id=3f…  state=done  attempt=1  wall_s=0.21  …  windows=2  …  delivered=3000 6000 9000  crc=9c…
///
/// Fields are key=value, apart by tabs; the last is a checksum of all before it. A line is durable
/// before the next run is begun. The figures of a run stand in its line and nowhere else, so that a
/// million runs are a few files. A line that was torn by a crash is dropped, and said so. Lines in
/// several files, or twice in one, mean the same as once: what is done wins over what failed.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/run/run_figures.h"

namespace weir::experiments {

/// What is kept of a run's result: figures in the order of run_figures().
struct RunResult {
  std::vector<FigureValue> figures;
  std::vector<std::uint64_t> delivered_by_day;  // of the reported source, [d]: on day d + 1
};
RunResult result_of(const ReceiverFigures& figures);

/// The result as fields of a line, and back; nothing when a field is missing or malformed.
std::string result_fields(const RunResult& result);
std::optional<RunResult> parse_result(std::string_view fields);

/// What a run took. Stays in the journal: it is no result.
struct RunCost {
  double wall_s = 0;
  double cpu_s = 0;
  std::uint64_t peak_bytes = 0;
};

/// A run that is over.
struct RunRecord {
  std::string id;
  std::uint64_t attempt = 1;
  RunCost cost;
  std::string host;
  std::string finished;             // UTC, as 2026-03-02T08:30:00Z
  std::string reason;               // why it failed; empty when it did not
  std::optional<RunResult> result;  // nothing when it failed
};

std::string journal_line(const RunRecord& record);

/// Nothing when the line is torn or not of a journal.
std::optional<RunRecord> parse_journal_line(std::string_view line);

/// The writing end: one process a file.
class Journal {
 public:
  /// Opens FOLDER/journal/NAME.journal, cuts off a line torn by a crash, and keeps others away from
  /// it as long as it lives. Throws std::runtime_error.
  Journal(const std::filesystem::path& folder, const std::string& name);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// Whether a torn line was cut off.
  bool was_torn() const { return was_torn_; }

  /// Returns when the lines are on the disk. Throws std::runtime_error.
  void append(std::span<const RunRecord> records);

 private:
  [[noreturn]] void fail(const char* operation) const;
  void cut_torn_line();

  std::filesystem::path path_;
  int file_ = -1;
  bool was_torn_ = false;
};

/// Shows every record in the journals of FOLDER to `visit`, file by file in the order of their
/// names. Returns what was dropped, a note each.
std::vector<std::string> read_journals(const std::filesystem::path& folder,
                                       const std::function<void(RunRecord&&)>& visit);

}  // namespace weir::experiments
