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
    if (is_watched_) [[unlikely]]
      keep(now, what, name);
  }

  const Fingerprint& fingerprint() const { return fingerprint_; }

  /// Also keep digests of intervals, and the domain events from `from` until `to`.
  void keep_digests(Duration interval) {
    digests_.emplace(interval);
    is_watched_ = true;
  }
  const IntervalDigests* digests() const { return digests_ ? &*digests_ : nullptr; }
  void keep_trace(SimTime from, SimTime to) {
    from_ = from;
    to_ = to;
    is_watched_ = true;
  }
  const std::vector<Happened>& trace() const { return trace_; }

 private:
  void keep(SimTime now, Happening what, std::uint64_t name);

  Fingerprint fingerprint_;
  bool is_watched_ = false;  // whether anything but the fingerprint is asked for
  std::optional<IntervalDigests> digests_;
  SimTime from_ = kNever;
  SimTime to_{};
  std::vector<Happened> trace_;
};

}  // namespace weir
