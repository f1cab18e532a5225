#include "sim/shares.h"

namespace weir {

Shares::Shares(std::span<const double> shares) {
  double end = 0.0;
  for (const double share : shares) ends_.push_back(end += share);
  const auto parts = static_cast<double>(ends_.size());
  std::uint32_t i = 0;
  for (double part = 0.0; part < parts; ++part) {
    // A part early, for what rounding does to the product of place and parts.
    const double begin = std::max(0.0, part - 1.0) / parts * end;
    while (i + 1 < ends_.size() && begin >= ends_[i]) ++i;
    first_.push_back(i);
  }
}

}  // namespace weir
