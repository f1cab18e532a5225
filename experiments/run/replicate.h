#pragma once
/// Runs variants over many receivers, side by side, under common random numbers.
///
/// Receiver r of every variant has the same unknowns and sees the same traffic draws: the seed, the
/// receiver and the traffic number key both. Workers take runs in any order; what they find is put
/// together by receiver, so the result is the same for any number of workers.

#include <array>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "experiments/run/summary.h"

namespace weir::experiments {

/// One variant, its document complete.
struct Variant {
  std::string name;
  Setting root;
};

/// The days whose deliveries are reported.
inline constexpr std::array<std::int64_t, 5> kReportDays{1, 4, 7, 15, 30};

/// What is kept of one run of an ensemble.
struct ReceiverFigures {
  std::uint64_t fingerprint = 0;
  std::uint64_t events = 0;
  SourceTotals recipients;                      // all sources
  std::uint64_t report_submitted = 0;           // of the reported source
  std::vector<std::uint64_t> delivered_by_day;  // of the reported source
  AttemptCounts attempts;
  std::uint64_t windows = 0;
  double window_hours = 0;
  std::uint64_t listings = 0;
  double reputation_end = 0;  // mean over addresses that have one; NaN when none has
  double margin = 0;          // largest of the addresses, see throttle::Standing; NaN: no limits
  // Of the reported source, in seconds: infinite when not delivered, NaN when there is none.
  double delay_mean = 0, delay_p50 = 0, delay_p90 = 0, delay_p99 = 0;

  std::uint64_t delivered_by(std::int64_t days) const;

  /// Days until `wanted` recipients of the reported source were delivered, a part of a day by
  /// taking its deliveries as even; infinite when they never were.
  double days_until(double wanted) const;
};

ReceiverFigures figures_of(const Summary& summary);

struct VariantFigures {
  std::string name;
  std::vector<ReceiverFigures> receivers;         // in their order, of each all its traffics
  std::uint64_t traffics = 1;                     // runs of each receiver
  analysis::Sketch delay{kDelayAccuracy};         // over all receivers, sources without the notices
  analysis::Sketch report_delay{kDelayAccuracy};  // over all receivers, of the reported source
  std::uint64_t fingerprint = 0;                  // of the receivers' fingerprints, in their order
  bool complete = true;  // false: interrupted; `receivers` holds those that ran
};

struct ReplicateOptions {
  std::uint64_t seed = 1;
  std::uint64_t replications = 1;  // receivers
  std::uint64_t traffics = 1;      // of each receiver
  unsigned jobs = 1;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // from any worker, locked

  /// With one traffic a receiver: told the figures of each receiver, by variant, in the order of
  /// receivers, from any worker, locked. True: no more are needed; what others have found meanwhile
  /// is left out.
  std::function<bool(std::span<const ReceiverFigures>)> enough{};
};

/// Runs every variant for receivers 0 to replications - 1 at most, each with traffic 0 to
/// traffics - 1.
std::vector<VariantFigures> replicate(const std::vector<Variant>& variants,
                                      const ReplicateOptions& options);

}  // namespace weir::experiments
