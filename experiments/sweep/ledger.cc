#include "experiments/sweep/ledger.h"

#include <algorithm>
#include <map>

namespace weir::experiments {

Ledger::Ledger(const std::filesystem::path& folder) {
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
    entry = {record.result.has_value(), record.attempt, record.cost, record.reason};
}

std::vector<KnownRun> runs_of(Sweep& sweep, const Ledger& ledger, const Shard& shard) {
  std::vector<KnownRun> runs;
  for (std::uint64_t n = shard.part - 1; n < sweep.design().runs(); n += shard.of) {
    KnownRun& run = runs.emplace_back();
    run.number = n;
    run.id = sweep.id_of(n);
    run.entry = ledger.find(run.id);
  }
  return runs;
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
