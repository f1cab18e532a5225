#include "experiments/sweep/ledger.h"

#include <algorithm>
#include <map>

namespace weir::experiments {

namespace {

/// The runs of a point that stops by its own precision.
void add_point(ShardRuns& found, Sweep& sweep, const Ledger& ledger, std::size_t point) {
  const std::uint64_t first = point * sweep.design().replications;
  const auto metric = [&](std::uint64_t replication) -> std::optional<double> {
    const Ledger::Entry* entry = ledger.find(sweep.id_of(first + replication));
    if (entry == nullptr || !entry->done) return std::nullopt;
    return entry->metric;
  };
  const PointStanding standing = Stopping(sweep).judge(point, metric);
  for (std::uint64_t n = first; n < first + standing.needed; ++n)
    found.runs.push_back({.number = n, .id = sweep.id_of(n)});
  if (!standing.decided) ++found.undecided;
  if (!standing.reached) ++found.not_reached;
}

}  // namespace

Ledger::Ledger(const std::filesystem::path& folder, Metric metric_of)
    : metric_of_(std::move(metric_of)) {
  notes_ = read_journals(folder, [this](RunRecord&& record) { add(record); });
}

const Ledger::Entry* Ledger::find(const std::string& id) const {
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : &found->second;
}

void Ledger::add(const RunRecord& record) {
  const auto [found, is_new] = entries_.try_emplace(record.id);
  Entry& entry = found->second;
  const bool better = record.result.has_value() || record.attempt >= entry.attempt;
  if (is_new || (!entry.done && better))
    entry = {record.result.has_value(), record.attempt, record.cost, record.reason,
             record.result ? metric_of_(*record.result) : 0};
}

ShardRuns runs_of(Sweep& sweep, const Ledger& ledger, const Shard& shard) {
  ShardRuns found;
  const bool by_point = sweep.design().stop.has_value();
  const std::uint64_t parts = by_point ? sweep.design().points.size() : sweep.design().runs();
  for (std::uint64_t n = shard.part - 1; n < parts; n += shard.of) {
    if (by_point) {
      add_point(found, sweep, ledger, n);
    } else {
      found.runs.push_back({.number = n, .id = sweep.id_of(n)});
    }
  }
  for (KnownRun& run : found.runs) run.entry = ledger.find(run.id);
  return found;
}

Standing standing_of(const std::vector<KnownRun>& runs) {
  Standing standing;
  std::map<std::string, std::uint64_t> reasons;
  standing.runs = runs.size();
  for (const KnownRun& run : runs) {
    if (run.entry == nullptr) continue;
    ++(run.entry->done ? standing.done : standing.failed);
    if (!run.entry->done) ++reasons[run.entry->reason];
  }
  standing.failures.assign(reasons.begin(), reasons.end());
  std::ranges::stable_sort(standing.failures,
                           [](const auto& a, const auto& b) { return a.second > b.second; });
  return standing;
}

}  // namespace weir::experiments
