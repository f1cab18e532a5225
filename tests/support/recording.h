#pragma once
/// A Recorder that keeps everything, and what tests ask of it.

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "models/recorder.h"

namespace weir::testing {

class Recording final : public Recorder {
 public:
  struct Arrived {
    SimTime now;
    std::uint32_t source;
    std::uint64_t recipients;
    friend bool operator==(const Arrived&, const Arrived&) = default;
  };

  void arrived(SimTime now, std::uint32_t source, std::uint64_t recipients) override {
    arrivals.push_back({now, source, recipients});
  }
  void released(const ReleaseRecord& record) override { releases.push_back(record); }
  void attempted(const AttemptRecord& record) override { attempts.push_back(record); }
  void transported(const TransportRecord& record) override { transports.push_back(record); }
  void finished(const FinishRecord& record) override { finishes.push_back(record); }

  std::vector<Arrived> arrivals;
  std::vector<ReleaseRecord> releases;
  std::vector<AttemptRecord> attempts;  // the sender's log
  std::vector<TransportRecord> transports;
  std::vector<FinishRecord> finishes;

  std::uint64_t count(Reply reply) const {
    return static_cast<std::uint64_t>(
        std::count_if(attempts.begin(), attempts.end(),
                      [&](const AttemptRecord& a) { return a.reply == reply; }));
  }

  /// Recipients that ended so.
  std::uint64_t count(Outcome outcome) const {
    std::uint64_t sum = 0;
    for (const FinishRecord& f : finishes) sum += f.outcome == outcome ? f.recipients : 0;
    return sum;
  }
};

/// How many attempts were under way at once, at most. One that begins as another ends follows it.
inline std::int64_t most_at_once(const std::vector<AttemptRecord>& attempts) {
  std::vector<std::pair<SimTime, int>> steps;
  for (const AttemptRecord& a : attempts) {
    if (a.started == a.replied) continue;
    steps.emplace_back(a.started, 1);
    steps.emplace_back(a.replied, -1);
  }
  std::sort(steps.begin(), steps.end());
  std::int64_t open = 0;
  std::int64_t most = 0;
  for (const auto& [when, step] : steps) most = std::max(most, open += step);
  return most;
}

/// When attempts began, in order.
inline std::vector<SimTime> starts_of(const std::vector<AttemptRecord>& attempts) {
  std::vector<SimTime> starts;
  for (const AttemptRecord& a : attempts) starts.push_back(a.started);
  std::sort(starts.begin(), starts.end());
  return starts;
}

}  // namespace weir::testing
