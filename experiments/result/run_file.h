#pragma once
/// The result file of one run: time series by lane, address, site and source, the delay histogram,
/// the summary, and the scenario as given and as it ran. docs/results.md lists the names.

#include <chrono>

#include "analysis/file/result_file.h"
#include "experiments/record/grid_row.h"
#include "experiments/run/summary.h"
#include "sim/fingerprint.h"

namespace weir::experiments {

/// Whether the file can be read, as FILE.live, while the run goes on.
enum class Readable : std::uint8_t { at_the_end, all_the_time };

/// What the file is about, before the run.
struct RunFileHead {
  std::string path;
  Readable readable = Readable::at_the_end;
  std::string command;  // as typed, for the history attribute
  std::string title;
  Calendar calendar;
  Duration grid;  // between two rows
  WorldNames names;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> lanes;  // (address, hop) of each
};

class RunFile {
 public:
  explicit RunFile(const RunFileHead& head);

  /// A row at the world's instant: the counts since the last one, and how things stand.
  void write_row(const World& world, const SeriesTally& tally);

  /// Brings FILE.live up to date, if the file is readable all the time: at most once a second, and
  /// for at most a twentieth of the time. To be called now and then; write_row() does.
  void refresh();

  /// Writes what is known at the end and gives the file its name.
  void finish(const Summary& summary, const SeriesTally& tally, const IntervalDigests* digests,
              std::string_view scenario_as_given, std::string_view effective);

 private:
  /// The series of one kind of thing: lanes, addresses, sites or sources.
  struct Group {
    std::string name;
    analysis::Axis axis;
    std::vector<std::pair<analysis::Series, std::int64_t IntervalCounts::*>> counts;
    analysis::Series queue;
  };

  Group make_group(const std::string& name, const std::vector<std::string>& labels);
  void write_counts(const Group& group, const std::vector<IntervalCounts>& counts);
  void write_standings(const World& world);
  void write_summary(const Summary& summary);
  void write_delays(const Summary& summary, const SeriesTally& tally);

  using Clock = std::chrono::steady_clock;

  RunFileHead head_;
  Clock::time_point next_refresh_{};
  analysis::ResultFile file_;
  analysis::Axis time_;
  std::vector<Group> groups_;  // lane, address, site, source
  analysis::Series lane_reputation_, lane_state_, address_reputation_, address_state_;
  analysis::Series source_held_;

  // The row at hand, and the values of one series.
  GridRow row_;
  std::vector<std::int64_t> values_, address_values_;
  std::vector<double> reputations_, lowest_;
};

}  // namespace weir::experiments
