#include "analysis/estimate/truncation.h"

#include <limits>
#include <stdexcept>

#include "analysis/estimate/batching.h"
#include "analysis/moments.h"

namespace weir::analysis {
namespace {

// The squared standard error of the mean, but for a factor (n - 1) / n, as White has it.
double mser_statistic(const Moments& remaining) {
  const auto n = static_cast<double>(remaining.count());
  return remaining.variance() * (n - 1.0) / (n * n);
}

}  // namespace

std::optional<std::size_t> transient_length(std::span<const double> series, std::size_t batch) {
  if (batch == 0) throw std::domain_error("a batch needs at least one sample");
  const Batching batching =
      batches_of_length(series.first(series.size() - series.size() % batch), batch);
  const std::size_t count = batching.means.size();
  if (count < kFewestBatches) return std::nullopt;

  Moments remaining;
  double least = std::numeric_limits<double>::infinity();
  std::size_t best = 0;
  for (std::size_t cut = count; cut-- > 0;) {
    remaining.add(batching.means[cut]);
    if (cut > count / 2) continue;
    const double statistic = mser_statistic(remaining);
    if (statistic <= least) {
      least = statistic;
      best = cut;
    }
  }
  if (best == count / 2) return std::nullopt;
  return best * batch;
}

}  // namespace weir::analysis
