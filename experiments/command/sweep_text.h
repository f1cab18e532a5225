#pragma once
/// What `weir sweep` says of its plan and of how its runs stand.

#include <optional>
#include <string>

#include "experiments/sweep/ledger.h"
#include "experiments/sweep/machine.h"

namespace weir::experiments {

/// What a few runs took, and what that means for all.
struct Estimate {
  std::uint64_t pilots = 0;
  RunCost cost;  // the mean time of one, the largest memory
  Jobs jobs;
  bool longer = false;  // a pilot was stopped: all will take longer than estimated

  /// On the wall clock.
  double seconds(std::uint64_t runs) const;
};

/// Where it stands and what is meant, for text and JSON alike.
struct SweepHead {
  std::string title;
  std::string folder;
};

std::string plan_text(const SweepHead& head, const Design& design, const Estimate& estimate);
std::string standing_text(const SweepHead& head, const Standing& standing);

/// As JSON objects; in json.cc.
std::string plan_json(const SweepHead& head, const Design& design, const Estimate& estimate);
std::string standing_json(const SweepHead& head, const Standing& standing);

/// 12,345,678 bytes as "12 MB".
std::string bytes_text(std::uint64_t bytes);

}  // namespace weir::experiments
