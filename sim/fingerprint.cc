#include "sim/fingerprint.h"

#include <algorithm>

#include "sim/check.h"

namespace weir {

std::size_t first_difference(const IntervalDigests& a, const IntervalDigests& b) {
  WEIR_CHECK(a.interval() == b.interval(), "digests of different intervals cannot be compared");
  const std::size_t longest = std::max(a.digests().size(), b.digests().size());
  const auto digest = [](const IntervalDigests& run, std::size_t i) {
    return i < run.digests().size() ? run.digests()[i] : Fingerprint{};
  };
  for (std::size_t i = 0; i < longest; ++i)
    if (!(digest(a, i) == digest(b, i))) return i;
  return longest;
}

}  // namespace weir
