#include "analysis/estimate/dependence.h"

#include <cmath>
#include <stdexcept>

#include "analysis/distribution.h"
#include "analysis/moments.h"

namespace weir::analysis {
namespace {

void need_three(std::span<const double> series) {
  if (series.size() < 3) throw std::domain_error("this statistic needs three values");
}

Moments moments_of(std::span<const double> series) {
  Moments moments;
  for (const double value : series) moments.add(value);
  return moments;
}

}  // namespace

double lag_one_correlation(std::span<const double> series) {
  const double mean = moments_of(series).mean();
  double together = 0.0;
  double squares = 0.0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const double apart = series[i] - mean;
    squares += apart * apart;
    if (i > 0) together += apart * (series[i - 1] - mean);
  }
  return squares > 0.0 ? together / squares : 0.0;
}

double von_neumann_ratio(std::span<const double> series) {
  need_three(series);
  double steps = 0.0;
  for (std::size_t i = 1; i < series.size(); ++i) {
    steps += (series[i] - series[i - 1]) * (series[i] - series[i - 1]);
  }
  const double variance = moments_of(series).variance();
  return variance > 0.0 ? steps / static_cast<double>(series.size() - 1) / variance : 2.0;
}

bool seems_independent(std::span<const double> series, Probability significance) {
  const double ratio = von_neumann_ratio(series);
  const auto n = static_cast<double>(series.size());
  const double deviation = std::sqrt(4.0 * (n - 2.0) / (n * n - 1.0));
  return std::abs(ratio - 2.0) < -normal_quantile(significance.value / 2.0) * deviation;
}

double sample_skewness(std::span<const double> samples) {
  need_three(samples);
  const Moments moments = moments_of(samples);
  if (moments.variance() == 0.0) return 0.0;
  double cubes = 0.0;
  for (const double sample : samples) {
    const double apart = sample - moments.mean();
    cubes += apart * apart * apart;
  }
  const auto n = static_cast<double>(samples.size());
  const double deviation = moments.deviation();
  return n / ((n - 1.0) * (n - 2.0)) * cubes / (deviation * deviation * deviation);
}

}  // namespace weir::analysis
