#include "experiments/record/tally.h"

#include <algorithm>

namespace weir::experiments {

void Tally::released(const ReleaseRecord& record) {
  SourceTally& source = sources_[record.source];
  source.released += record.recipients;
  source.held_sum += static_cast<Wide>(record.held.count()) * record.recipients;
  source.held_max = std::max(source.held_max, record.held);
}

void Tally::attempted(const AttemptRecord& record) {
  ++attempts_.total;
  ++replies_[static_cast<std::size_t>(record.reply)];
  switch (info(record.reply).severity) {
    case Severity::accept:
      ++attempts_.accepted;
      break;
    case Severity::defer:
      ++attempts_.deferred;
      break;
    case Severity::reject:
      ++attempts_.rejected;
      break;
  }
}

void Tally::finished(const FinishRecord& record) {
  SourceTally& source = sources_[record.source];
  const bool arrives = record.outcome == Outcome::delivered || record.outcome == Outcome::junked;
  if (!arrives) {
    source.delay.add_infinite(record.recipients);
    return;
  }
  source.delay.add(record.delay, record.recipients);
  if (record.outcome != Outcome::delivered) return;
  const auto day = static_cast<std::size_t>(record.now.time_since_epoch() / 24h);
  if (day >= source.delivered_by_day.size()) source.delivered_by_day.resize(day + 1);
  source.delivered_by_day[day] += record.recipients;
}

}  // namespace weir::experiments
