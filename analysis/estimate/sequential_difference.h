#pragma once
/// When there are enough paired replications to know differences well.
///
/// Like SequentialMean, but what must be small is the half-width of each difference from the first
/// alternative, as a share of the first one's mean: a difference near 0 needs no more replications
/// than a large one, and alternatives that are alike are found so.

#include <span>
#include <vector>

#include "analysis/estimate/replication.h"

namespace weir::analysis {

class SequentialDifferences {
 public:
  using State = SequentialMean::State;

  /// Throws std::domain_error for fewer than two alternatives, or a precision out of its range.
  SequentialDifferences(std::size_t alternatives, Precision precision);

  /// One replication of each alternative, the first one's first. One with a NaN among them counts
  /// for the cap alone. Throws std::domain_error for another number of values, std::logic_error
  /// once the state is not `running`.
  void add(std::span<const double> replication);

  State state() const { return state_; }

  /// Replications so far, those with a NaN included.
  std::uint64_t count() const { return count_; }

 private:
  State judge() const;

  Precision precision_;
  std::uint64_t count_ = 0;
  Moments first_;
  std::vector<Moments> differences_;  // of the others
  State state_ = State::running;
};

}  // namespace weir::analysis
