#pragma once
/// Whether runs of two scenarios under the same numbers see the same: chance is keyed by a source's
/// place among the sources, and by the path of an unknown of the receiver.

#include <string>
#include <vector>

#include "experiments/run/replicate.h"

namespace weir::experiments {

/// Names that two scenarios share, and those that only one has.
struct SharedNames {
  std::vector<std::string> both, only_first, only_other;

  /// Each has some, and none is the other's.
  bool disjoint() const { return both.empty() && !only_first.empty() && !only_other.empty(); }
};

/// What the runs of one variant have in common with those of the first.
struct Pairing {
  SharedNames sources;   // shared: of the same name at the same place
  SharedNames unknowns;  // by path
};

Pairing pairing_of(const Setting& first, const Setting& other);

/// What a reader of a comparison should know: sentences, none when everything is shared.
std::vector<std::string> remarks_on(const Pairing& pairing, const std::string& first,
                                    const std::string& other);

}  // namespace weir::experiments
