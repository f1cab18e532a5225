#include "experiments/record/series.h"

#include <algorithm>

namespace weir::experiments {
namespace {

void count(IntervalCounts& counts, const AttemptRecord& record) {
  ++counts.attempted;
  switch (info(record.reply).severity) {
    case Severity::accept:
      ++counts.accepted;
      break;
    case Severity::defer:
      ++counts.deferred;
      break;
    case Severity::reject:
      ++counts.rejected;
      break;
  }
}

}  // namespace

void IntervalCounts::add(const IntervalCounts& other) {
  arrived += other.arrived;
  attempted += other.attempted;
  accepted += other.accepted;
  deferred += other.deferred;
  rejected += other.rejected;
  delivered += other.delivered;
  released += other.released;
}

void SeriesTally::arrived(SimTime now, std::uint32_t source, std::uint64_t recipients) {
  Tally::arrived(now, source, recipients);
  source_counts_[source].arrived += static_cast<std::int64_t>(recipients);
}

void SeriesTally::released(const ReleaseRecord& record) {
  Tally::released(record);
  source_counts_[record.source].released += record.recipients;
  if (record.lane < lane_counts_.size()) lane_counts_[record.lane].arrived += record.recipients;
}

void SeriesTally::attempted(const AttemptRecord& record) {
  Tally::attempted(record);
  count(source_counts_[record.source], record);
  count(lane_counts_[record.lane], record);
}

void SeriesTally::finished(const FinishRecord& record) {
  Tally::finished(record);
  if (record.outcome != Outcome::delivered) return;
  source_counts_[record.source].delivered += record.recipients;
  if (record.lane < lane_counts_.size()) lane_counts_[record.lane].delivered += record.recipients;
}

void SeriesTally::next_interval() {
  std::fill(source_counts_.begin(), source_counts_.end(), IntervalCounts{});
  std::fill(lane_counts_.begin(), lane_counts_.end(), IntervalCounts{});
}

}  // namespace weir::experiments
