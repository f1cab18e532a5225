#pragma once
/// A long series cut into batches of equal length, each replaced by its mean.

#include <cstddef>
#include <span>
#include <vector>

namespace weir::analysis {

/// Below this many batches, an interval from batch means is doubted (Schmeiser 1982: 10 to 30).
inline constexpr std::size_t kFewestBatches = 10;

/// Means of adjacent batches, in their order.
struct Batching {
  std::vector<double> means;
  std::size_t length = 0;   // samples a batch
  std::size_t skipped = 0;  // samples at the front that fill no batch
};

/// Batches of `length` > 0 samples, as many as fit, ending with the last sample.
Batching batches_of_length(std::span<const double> series, std::size_t length);

/// The length that gives `count` > 0 batches, cut to a whole number of cycles.
///
/// Under a load that repeats every `cycle` > 0 samples (a day), only batches of whole cycles are
/// alike. 0 when the series is too short for `count` such batches.
std::size_t batch_length(std::size_t samples, std::size_t count, std::size_t cycle = 1);

}  // namespace weir::analysis
