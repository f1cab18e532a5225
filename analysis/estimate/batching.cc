#include "analysis/estimate/batching.h"

#include <numeric>
#include <stdexcept>

namespace weir::analysis {

Batching batches_of_length(std::span<const double> series, std::size_t length) {
  if (length == 0) throw std::domain_error("a batch needs at least one sample");
  Batching batching{.means = {}, .length = length, .skipped = series.size() % length};
  for (std::size_t at = batching.skipped; at < series.size(); at += length) {
    const auto batch = series.subspan(at, length);
    batching.means.push_back(std::accumulate(batch.begin(), batch.end(), 0.0) /
                             static_cast<double>(length));
  }
  return batching;
}

std::size_t batch_length(std::size_t samples, std::size_t count, std::size_t cycle) {
  if (count == 0 || cycle == 0) throw std::domain_error("batches and cycles are at least 1");
  return samples / count / cycle * cycle;
}

}  // namespace weir::analysis
