#pragma once
/// How runs stand, by their ids: what the journals of a folder say, put together.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "experiments/sweep/journal.h"
#include "experiments/sweep/stopping.h"
#include "experiments/sweep/sweep.h"

namespace weir::experiments {

class Ledger {
 public:
  struct Entry {
    bool done = false;
    std::uint64_t attempt = 1;
    RunCost cost;
    std::string reason;  // why it failed
    double metric = 0;   // by which its point stops
  };

  /// `metric_of` a result that is done is kept.
  using Metric = std::function<double(const RunResult&)>;
  Ledger(const std::filesystem::path& folder, Metric metric_of);

  /// Null when the run was never finished.
  const Entry* find(const std::string& id) const;

  /// What is done stays done; of failures the last attempt counts.
  void add(const RunRecord& record);

  /// What had to be dropped from the journals.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  Metric metric_of_;
  std::unordered_map<std::string, Entry> entries_;
  std::vector<std::string> notes_;
};

/// One of `of` parts of a sweep's runs: those whose number leaves the rest `part - 1`; where points
/// stop by their own precision, the runs of those points whose number does.
struct Shard {
  std::uint64_t part = 1;
  std::uint64_t of = 1;
};

/// A run of a sweep and how it stands.
struct KnownRun {
  std::uint64_t number = 0;
  std::string id;
  const Ledger::Entry* entry = nullptr;  // null: never finished
};

/// The runs of a shard that are needed as far as is known by now, in the order of their numbers.
struct ShardRuns {
  std::vector<KnownRun> runs;
  std::uint64_t undecided = 0;    // points that may need more
  std::uint64_t not_reached = 0;  // points whose cap came before their precision
};

/// Costs the building of a scenario a point.
ShardRuns runs_of(Sweep& sweep, const Ledger& ledger, const Shard& shard);

/// Several runs counted.
struct Standing {
  std::uint64_t runs = 0, done = 0, failed = 0;
  std::uint64_t undecided = 0;    // points that may need more runs than these
  std::uint64_t not_reached = 0;  // points whose cap came before their precision
  std::vector<std::pair<std::string, std::uint64_t>>
      failures;  // by reason, the most frequent first

  std::uint64_t to_do() const { return runs - done - failed; }
};
Standing standing_of(const std::vector<KnownRun>& runs);

}  // namespace weir::experiments
