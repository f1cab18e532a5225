#include "analysis/estimate/batch_means.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "analysis/estimate/batching.h"
#include "analysis/estimate/dependence.h"
#include "analysis/moments.h"

namespace weir::analysis {
namespace {

constexpr double kMostCorrelation = 0.9;

Batching split(std::span<const double> series, std::size_t length) {
  Batching batching = batches_of_length(series, length);
  if (batching.means.size() < 2) throw std::domain_error("batch means need two batches");
  return batching;
}

std::vector<Doubt> doubts_about(const Batching& batching) {
  std::vector<Doubt> doubts;
  if (batching.means.size() < kFewestBatches) doubts.push_back(Doubt::few_batches);
  if (batching.means.size() > 2 && !seems_independent(batching.means)) {
    doubts.push_back(Doubt::correlated_batches);
  }
  if (batching.skipped > 0) doubts.push_back(Doubt::leftover_samples);
  return doubts;
}

// The mean of adjacent batches; `widening` multiplies the variance found.
SteadyMean mean_of(const Batching& batching, double widening, Probability confidence) {
  Moments moments;
  for (const double mean : batching.means) moments.add(mean);
  const double error = moments.standard_error() * std::sqrt(widening);
  const auto degrees = static_cast<double>(moments.count() - 1);
  return {
      .estimate = {.value = moments.mean(),
                   .interval = student_interval(moments.mean(), error, degrees, confidence),
                   .confidence = confidence,
                   .method = Method::batch_means,
                   .doubts = doubts_about(batching)},
      .asymptotic_variance = static_cast<double>(batching.length) * moments.variance() * widening,
      .lag_one = lag_one_correlation(batching.means),
      .batch_length = batching.length,
      .batches = batching.means.size()};
}

// The sum of (mean of a batch - mean)^2 over all batches of `length`, each start, by a moving sum.
double spread_of_overlapping(std::span<const double> series, std::size_t length, double mean) {
  double moving = 0.0;  // of the distances from the mean: small, so that no digits are lost
  double spread = 0.0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    moving += series[i] - mean;
    if (i >= length) moving -= series[i - length] - mean;
    if (i + 1 >= length) spread += moving * moving;
  }
  return spread / static_cast<double>(length) / static_cast<double>(length);
}

// Adds what the samples themselves say about the length of the batches.
SteadyMean with_memory(SteadyMean mean, std::span<const double> series) {
  Moments samples;
  for (const double sample : series) samples.add(sample);
  if (samples.variance() == 0.0) return mean;
  mean.memory = mean.asymptotic_variance / samples.variance();
  const double bias =
      (mean.memory - 1.0 / mean.memory) / (2.0 * static_cast<double>(mean.batch_length));
  if (bias > kMostBias) mean.estimate.doubts.push_back(Doubt::long_memory);
  return mean;
}

}  // namespace

SteadyMean batch_means(std::span<const double> series, std::size_t length, Probability confidence) {
  return with_memory(mean_of(split(series, length), 1.0, confidence), series);
}

SteadyMean corrected_batch_means(std::span<const double> series, std::size_t length,
                                 Probability confidence) {
  const Batching batching = split(series, length);
  const double found = lag_one_correlation(batching.means);
  const double used = std::clamp(found, 0.0, kMostCorrelation);
  SteadyMean mean = mean_of(batching, (1.0 + used) / (1.0 - used), confidence);
  mean.estimate.method = Method::corrected_batch_means;
  if (found > used && used > 0.0) mean.estimate.doubts.push_back(Doubt::correction_at_limit);
  return with_memory(std::move(mean), series);
}

SteadyMean overlapping_batch_means(std::span<const double> series, std::size_t length,
                                   Probability confidence) {
  const Batching adjacent = split(series, length);
  const auto n = static_cast<double>(series.size());
  const auto b = static_cast<double>(length);
  const double mean = std::accumulate(series.begin(), series.end(), 0.0) / n;
  const double variance =
      n * b / ((n - b + 1.0) * (n - b)) * spread_of_overlapping(series, length, mean);
  SteadyMean result = mean_of(adjacent, 1.0, confidence);
  result.estimate.value = mean;
  result.estimate.method = Method::overlapping_batch_means;
  result.estimate.interval =
      student_interval(mean, std::sqrt(variance / n), 1.5 * (n / b - 1.0), confidence);
  std::erase(result.estimate.doubts, Doubt::leftover_samples);
  result.asymptotic_variance = variance;
  return with_memory(std::move(result), series);
}

}  // namespace weir::analysis
