#pragma once
/// What happened in a world, folded: the fingerprint, digests of intervals, and a stretch in full.

#include <optional>
#include <vector>

#include "models/delivery/event.h"
#include "models/delivery/totals.h"
#include "sim/fingerprint.h"

namespace weir {

class Chronicle {
 public:
  void happened(SimTime now, Happening what, std::uint64_t name) {
    const auto kind = static_cast<std::uint32_t>(what);
    fingerprint_.fold(now, kind, name);
    if (digests_) digests_->fold(now, kind, name);
    if (now >= from_ && now < to_) trace_.push_back({now, what, name});
  }

  const Fingerprint& fingerprint() const { return fingerprint_; }

  /// Also keep digests of intervals, and the domain events from `from` until `to`.
  void keep_digests(Duration interval) { digests_.emplace(interval); }
  const IntervalDigests* digests() const { return digests_ ? &*digests_ : nullptr; }
  void keep_trace(SimTime from, SimTime to) { from_ = from, to_ = to; }
  const std::vector<Happened>& trace() const { return trace_; }

 private:
  Fingerprint fingerprint_;
  std::optional<IntervalDigests> digests_;
  SimTime from_ = kNever;
  SimTime to_{};
  std::vector<Happened> trace_;
};

}  // namespace weir
