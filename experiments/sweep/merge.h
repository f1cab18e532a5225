#pragma once
/// All runs of a sweep put together, wherever and in whatever order they were made.

#include <filesystem>
#include <string>
#include <vector>

#include "experiments/sweep/journal.h"
#include "experiments/sweep/sweep.h"

namespace weir::experiments {

enum class RunState : std::uint8_t {
  done,
  failed,
  to_do,
  left_out,    // of the experiment, by `where`
  not_needed,  // its point had enough before
};

/// The runs by their numbers. What was measured of the machine plays no part: the same runs give
/// the same table.
class RunTable {
 public:
  /// Reads the journals of the sweep's folder. Throws std::runtime_error when two of them know
  /// different results of the same run. Costs 0.5 kB a run.
  RunTable(Sweep& sweep, const std::filesystem::path& folder);

  std::size_t size() const { return ids_.size(); }
  const std::string& id(std::size_t run) const { return ids_[run]; }
  RunState state(std::size_t run) const { return states_[run]; }

  /// Figure number `figure` of run_figures(). REQUIRES: the run is done.
  FigureValue figure(std::size_t run, std::size_t figure) const;

  /// Recipients of the reported source delivered by the end of day `day`, from 1.
  /// REQUIRES: the run is done.
  std::uint64_t delivered_by(std::size_t run, std::size_t day) const;

  /// Of the longest run, and of the scenario's horizon.
  std::size_t days() const { return days_; }

  /// The runs in the order of their ids; runs that are the same by content in that of their
  /// numbers.
  std::vector<std::size_t> in_order_of_id() const;

  /// How many are needed and not done.
  std::size_t missing() const;

  /// At how many points the cap came before the precision.
  std::size_t not_reached() const { return not_reached_; }

  const std::vector<std::string>& notes() const { return notes_; }

 private:
  void take(std::size_t run, RunRecord&& record);
  void leave_out_what_is_not_needed(Sweep& sweep);

  std::vector<std::string> ids_;
  std::vector<RunState> states_;
  std::vector<std::size_t> same_;      // the first run of the same id: results stand there
  std::vector<std::int64_t> figures_;  // run by run; doubles by their bits
  std::vector<std::vector<std::uint64_t>> delivered_;  // by day
  std::size_t days_ = 1;
  std::size_t not_reached_ = 0;
  std::vector<std::string> notes_;
};

}  // namespace weir::experiments
