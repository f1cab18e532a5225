#pragma once
/// A child process that makes runs for us: what happens to it happens to nobody else.
///
/// It is this program again, started by exec with the hidden command `sweep-worker FOLDER DIGEST`.
/// It is sent numbers of runs, one a line, and answers each with a line of its own. It makes one
/// run after the other, since starting a process costs as much as a short run; after one that
/// failed, another takes its place. It dies with its parent.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "experiments/sweep/journal.h"

namespace weir::experiments {

/// What a run may take. Nothing: as much as it wants.
struct RunLimits {
  std::optional<std::uint64_t> memory;  // bytes of address space
  std::optional<Duration> time;         // on the wall clock
};

class Child {
 public:
  /// Starts it; it says that it is ready by a line of its own. Throws std::runtime_error.
  Child(const std::string& folder, const std::string& digest, const RunLimits& limits);
  ~Child();  // kills it, if it lives
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Where its answers come from, for poll().
  int answers() const { return answers_; }

  /// Sends a line.
  void ask(const std::string& line);

  /// Reads what there is. False when the child is gone.
  bool read();

  /// The next whole line that was read.
  std::optional<std::string> next_line();

  /// Ends it and says how it ended, with the last line it wrote to its standard error.
  std::string end();

 private:
  void drain_complaints();

  int pid_ = -1;  // of the process
  int questions_ = -1;
  int answers_ = -1;
  int complaints_ = -1;
  std::string read_;
  std::string complaint_;
};

/// What the child does: reads FOLDER/sweep.toml, if it has the digest, and makes the runs it is
/// asked for on standard input, until that ends. Answers with a line as of a journal, without id.
/// Returns the exit code.
int serve_runs(const std::string& folder, const std::string& digest);

}  // namespace weir::experiments
