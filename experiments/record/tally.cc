#include "experiments/record/tally.h"

#include <algorithm>

namespace weir::experiments {

void AttemptCounts::add(Severity severity) {
  ++total;
  switch (severity) {
    case Severity::accept:
      ++accepted;
      break;
    case Severity::defer:
      ++deferred;
      break;
    case Severity::reject:
      ++rejected;
      break;
  }
}

void Tally::released(const ReleaseRecord& record) {
  SourceTally& source = sources_[record.source];
  source.released += record.recipients;
  source.held_sum += static_cast<Wide>(record.held.count()) * record.recipients;
  source.held_max = std::max(source.held_max, record.held);
}

void Tally::attempted(const AttemptRecord& record) {
  const Severity severity = info(record.reply).severity;
  attempts_.add(severity);
  if (record.site >= attempts_by_site_.size()) attempts_by_site_.resize(record.site + 1);
  attempts_by_site_[record.site].add(severity);
  ++replies_[static_cast<std::size_t>(record.reply)];
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

void Tally::transported(const TransportRecord& record) {
  if (record.reply != Reply::accepted)
    decisions_[static_cast<std::size_t>(record.reply)] += record.recipients;
  if (record.organisation == TransportRecord::kNone) return;
  if (record.organisation >= organisations_.size()) organisations_.resize(record.organisation + 1);
  TransportCounts& counts = organisations_[record.organisation];
  counts.events[static_cast<std::size_t>(record.event)] += record.recipients;
  if (record.bypassed) counts.bypassed += record.recipients;
  if (record.misplaced) counts.misplaced += record.recipients;
}

}  // namespace weir::experiments
