#pragma once
/// The addresses of a pool as candidates for one source whose plan paces each of them.
///
/// An address is open while its pacer lets a message go. Nobody asks every pacer for a message: of
/// each is known until when its answer holds if it is not told anything, and it is asked again
/// then, or when it was told something.

#include <span>
#include <vector>

#include "models/plan/pacer.h"
#include "models/selection/candidates.h"

namespace weir {

class PacedPool {
 public:
  /// `pacers` of `addresses`, which both stay where they are. `sets`: how many sets of candidates
  /// are wanted, all with the same addresses open. REQUIRES: the source has begun.
  PacedPool(std::span<plan::Pacer> pacers, std::span<const std::uint32_t> addresses,
            std::size_t sets, SimTime now);

  /// Those that may send now.
  selection::Candidates& candidates(std::size_t set, SimTime now);

  /// When the first may send. REQUIRES: none may now.
  SimTime next_opening(SimTime now);

  /// The pacer at `position` was told of a release, or of a refusal.
  void told(std::size_t position, SimTime now);

 private:
  std::span<plan::Pacer> pacers_;
  std::vector<selection::Candidates> sets_;
  TreeOfEights<SimTime, Least<SimTime>> holds_until_;  // the pacers' answers
};

}  // namespace weir
