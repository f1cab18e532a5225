#pragma once
/// What happened, in 64 bits: two runs with the same fingerprint ran the same domain events.
///
/// Folds (instant, kind, stable name) of every domain event, in their order. A stable name is what
/// the thing is called whatever engine runs it: (source, serial number) for a message, the index in
/// the scenario for everything else; never an id, a slot, a pointer or a floating value. What the
/// agenda does for itself is invisible to it.

#include <cstdint>
#include <vector>

#include "sim/quantity.h"
#include "sim/random.h"

namespace weir {

class Fingerprint {
 public:
  void fold(SimTime when, std::uint32_t kind, std::uint64_t name) {
    fold(static_cast<std::uint64_t>(when.time_since_epoch().count()) ^ kind * kSpread);
    fold(name);
  }

  /// Combines the fingerprints of replications; their order matters.
  void fold(const Fingerprint& replication) { fold(replication.value_); }

  std::uint64_t value() const { return value_; }
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;

 private:
  // Multiply and xor-shift: cheap, and no later event can undo an earlier difference by chance but
  // with probability 2^-64.
  void fold(std::uint64_t word) {
    value_ = (value_ ^ word) * kSpread;
    value_ ^= value_ >> 32;
  }

  // Spreads a kind over all bits, so that a later instant of another kind is not the same word.
  static constexpr std::uint64_t kSpread = 0x9e37'79b9'7f4a'7c15;

  std::uint64_t value_ = 0x6a09'e667'f3bc'c908;
};

/// A fingerprint for every interval of simulated time, to find where two runs part.
class IntervalDigests {
 public:
  explicit IntervalDigests(Duration interval) : interval_(interval) {}

  void fold(SimTime when, std::uint32_t kind, std::uint64_t name) {
    const auto index = static_cast<std::size_t>(when.time_since_epoch() / interval_);
    if (index >= digests_.size()) digests_.resize(index + 1);
    digests_[index].fold(when, kind, name);
  }

  Duration interval() const { return interval_; }
  const std::vector<Fingerprint>& digests() const { return digests_; }

 private:
  Duration interval_;
  std::vector<Fingerprint> digests_;
};

/// The first interval in which two runs differ, or nothing recorded differs: the number of
/// intervals. REQUIRES: both were made with the same interval.
std::size_t first_difference(const IntervalDigests& a, const IntervalDigests& b);

}  // namespace weir
