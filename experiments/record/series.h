#pragma once
/// Counts what happens between two points of the scenario's grid, by lane and by source.

#include <array>
#include <string_view>
#include <vector>

#include "experiments/record/tally.h"

namespace weir::experiments {

/// What happened on one lane, or to one source's mail, since the last point of the grid.
struct IntervalCounts {
  std::int64_t arrived = 0;  // recipients; on a lane: released to it
  std::int64_t attempted = 0;
  std::int64_t accepted = 0;
  std::int64_t deferred = 0;
  std::int64_t rejected = 0;
  std::int64_t delivered = 0;  // recipients
  std::int64_t released = 0;   // recipients

  void add(const IntervalCounts& other);
};

/// A count as a series: what users call it, and what it is.
struct CountSeries {
  std::string_view name;
  std::int64_t IntervalCounts::*member;
  std::string_view words;
};
inline constexpr std::array<CountSeries, 6> kCountSeries{{
    {"arrived", &IntervalCounts::arrived, "recipients that came"},
    {"attempted", &IntervalCounts::attempted, "attempts"},
    {"accepted", &IntervalCounts::accepted, "attempts accepted"},
    {"deferred", &IntervalCounts::deferred, "attempts deferred"},
    {"rejected", &IntervalCounts::rejected, "attempts rejected"},
    {"delivered", &IntervalCounts::delivered, "recipients delivered"},
}};

/// A Tally that also keeps the counts of the current interval.
class SeriesTally final : public Tally {
 public:
  SeriesTally(std::size_t sources, std::size_t lanes)
      : Tally(sources), source_counts_(sources), lane_counts_(lanes) {}

  void arrived(SimTime now, std::uint32_t source, std::uint64_t recipients) override;
  void released(const ReleaseRecord& record) override;
  void attempted(const AttemptRecord& record) override;
  void finished(const FinishRecord& record) override;

  const std::vector<IntervalCounts>& by_source() const { return source_counts_; }
  const std::vector<IntervalCounts>& by_lane() const { return lane_counts_; }

  /// Begins the next interval.
  void next_interval();

 private:
  std::vector<IntervalCounts> source_counts_;
  std::vector<IntervalCounts> lane_counts_;
};

}  // namespace weir::experiments
