#pragma once
/// Counts what a run does: all that a summary tells of attempts, replies, delays and days.

#include <array>
#include <cstdint>
#include <vector>

#include "analysis/sketch.h"
#include "models/recorder.h"

namespace weir::experiments {

/// Delays are promised to 1 % from a millisecond on, and cost little memory.
inline constexpr analysis::SketchAccuracy kDelayAccuracy{.relative_error = 0.01, .smallest = 1e-3};

/// What is counted of one source.
struct SourceTally {
  analysis::Sketch delay{kDelayAccuracy};  // of released mail; never delivered counts as infinite
  Wide held_sum{};                         // nanoseconds over recipients released
  Duration held_max{};
  std::uint64_t released = 0;                   // recipients
  std::vector<std::uint64_t> delivered_by_day;  // [d]: on day d + 1 of the run, recipients
};

struct AttemptCounts {
  std::uint64_t total = 0;
  std::uint64_t accepted = 0;
  std::uint64_t deferred = 0;
  std::uint64_t rejected = 0;

  void add(Severity severity);
};

/// Recipients by event of a message trace.
struct TransportCounts {
  std::array<std::uint64_t, kTransportEvents> events{};
  std::uint64_t bypassed = 0;   // past a pre-stage filter (S0-12)
  std::uint64_t misplaced = 0;  // delivered where the domain no longer is (S0-03)

  std::uint64_t of(TransportEvent event) const { return events[static_cast<std::size_t>(event)]; }
};

/// A Recorder that only counts. Sources are those of the scenario, then the notices.
class Tally : public Recorder {
 public:
  explicit Tally(std::size_t sources) : sources_(sources) {}

  void arrived(SimTime, std::uint32_t, std::uint64_t) override {}
  void released(const ReleaseRecord& record) override;
  void attempted(const AttemptRecord& record) override;
  void transported(const TransportRecord& record) override;
  void finished(const FinishRecord& record) override;

  /// What an organisation's transport did; zeros for one that never did anything.
  TransportCounts organisation(std::size_t index) const {
    return index < organisations_.size() ? organisations_[index] : TransportCounts{};
  }

  const std::vector<SourceTally>& sources() const { return sources_; }
  const AttemptCounts& attempts() const { return attempts_; }

  /// Attempts by the site that answered; sites behind the last that did are left out.
  const std::vector<AttemptCounts>& attempts_by_site() const { return attempts_by_site_; }

  /// Recipients that systems failed or deleted, by the reply that says why.
  const std::array<std::uint64_t, kReplies>& decisions() const { return decisions_; }

  /// Attempts by reply, in the order of the table of replies.
  const std::array<std::uint64_t, kReplies>& replies() const { return replies_; }

 private:
  std::vector<SourceTally> sources_;
  std::vector<TransportCounts> organisations_;
  AttemptCounts attempts_;
  std::vector<AttemptCounts> attempts_by_site_;
  std::array<std::uint64_t, kReplies> decisions_{};
  std::array<std::uint64_t, kReplies> replies_{};
};

}  // namespace weir::experiments
