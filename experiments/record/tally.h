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
};

/// A Recorder that only counts. Sources are those of the scenario, then the notices.
class Tally : public Recorder {
 public:
  explicit Tally(std::size_t sources) : sources_(sources) {}

  void arrived(SimTime, std::uint32_t, std::uint64_t) override {}
  void released(const ReleaseRecord& record) override;
  void attempted(const AttemptRecord& record) override;
  void finished(const FinishRecord& record) override;

  const std::vector<SourceTally>& sources() const { return sources_; }
  const AttemptCounts& attempts() const { return attempts_; }

  /// Attempts by reply, in the order of the table of replies.
  const std::array<std::uint64_t, kReplies>& replies() const { return replies_; }

 private:
  std::vector<SourceTally> sources_;
  AttemptCounts attempts_;
  std::array<std::uint64_t, kReplies> replies_{};
};

}  // namespace weir::experiments
