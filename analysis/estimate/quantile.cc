#include "analysis/estimate/quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "analysis/distribution.h"
#include "analysis/estimate/batching.h"
#include "analysis/estimate/dependence.h"
#include "analysis/moments.h"

namespace weir::analysis {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFewestBeyond = 10.0;
constexpr double kFewestIndependentBeyond = 2.0;

void need_inner_quantile(double p) {
  if (!(p > 0.0 && p < 1.0)) throw std::domain_error("a quantile needs p strictly in (0, 1)");
}

// P(fewer than `count` of n samples lie below the p-quantile).
double chance_of_fewer(std::uint64_t count, std::uint64_t n, double p) {
  if (count == 0) return 0.0;
  if (count > n) return 1.0;
  return incomplete_beta(1.0 - p, static_cast<double>(n - count + 1), static_cast<double>(count));
}

// The largest count in [0, n + 1] whose chance_of_fewer is at most `chance`.
std::uint64_t largest_with(double chance, std::uint64_t n, double p) {
  std::uint64_t fits = 0;
  std::uint64_t exceeds = n + 1;
  while (exceeds - fits > 1) {
    const std::uint64_t middle = fits + (exceeds - fits) / 2;
    if (chance_of_fewer(middle, n, p) <= chance) {
      fits = middle;
    } else {
      exceeds = middle;
    }
  }
  return fits;
}

std::size_t position_of(double p, std::size_t count) {
  return static_cast<std::size_t>(std::floor(p * static_cast<double>(count - 1)));
}

double quantile_of(std::vector<double> samples, double p) {
  const auto at = samples.begin() + static_cast<std::ptrdiff_t>(position_of(p, samples.size()));
  std::ranges::nth_element(samples, at);
  return *at;
}

// An estimate whose interval ends at the values that `value_at` has for ranks counted from 1.
template <class ValueAt>
Estimate estimate_from_ranks(double value, std::uint64_t count, double p, Probability confidence,
                             ValueAt value_at) {
  const QuantileRanks ranks = quantile_ranks(count, p, confidence);
  const bool bounded_below = ranks.low > 0;
  const bool bounded_above = ranks.high <= count;
  Estimate estimate{.value = value,
                    .interval = {bounded_below ? value_at(ranks.low) : -kInfinity,
                                 bounded_above ? value_at(ranks.high) : kInfinity},
                    .confidence = confidence,
                    .method = Method::order_statistics,
                    .doubts = {}};
  if (!bounded_below || !bounded_above) estimate.doubts.push_back(Doubt::few_samples);
  return estimate;
}

// The quantile of each of `sections` adjacent stretches of equal length.
std::vector<double> quantiles_of_sections(std::span<const double> used, double p,
                                          std::size_t sections) {
  const std::size_t length = used.size() / sections;
  std::vector<double> quantiles;
  for (std::size_t i = 0; i < sections; ++i) {
    const auto section = used.subspan(i * length, length);
    quantiles.push_back(quantile_of({section.begin(), section.end()}, p));
  }
  return quantiles;
}

// How many samples tell as much as one independent one about what share lies above `value`.
double memory_of_excess(std::span<const double> used, double value, double p,
                        std::size_t sections) {
  const std::size_t length = used.size() / sections;
  Moments shares;
  for (std::size_t i = 0; i < sections; ++i) {
    const auto above = std::ranges::count_if(used.subspan(i * length, length),
                                             [value](double sample) { return sample > value; });
    shares.add(static_cast<double>(above) / static_cast<double>(length));
  }
  return static_cast<double>(length) * shares.variance() / (p * (1.0 - p));
}

std::vector<Doubt> doubts_about(std::span<const double> quantiles, double expected_beyond,
                                double memory) {
  std::vector<Doubt> doubts;
  if (quantiles.size() < kFewestBatches) doubts.push_back(Doubt::few_batches);
  if (expected_beyond < kFewestBeyond) doubts.push_back(Doubt::few_samples);
  if (expected_beyond < kFewestIndependentBeyond * memory) doubts.push_back(Doubt::long_memory);
  if (quantiles.size() > 2 && !seems_independent(quantiles)) {
    doubts.push_back(Doubt::correlated_batches);
  }
  return doubts;
}

}  // namespace

QuantileRanks quantile_ranks(std::uint64_t samples, double p, Probability confidence) {
  need_inner_quantile(p);
  if (samples == 0) throw std::domain_error("a quantile needs at least one sample");
  const double tail = tail_of(confidence);
  const std::uint64_t low = largest_with(tail, samples, p);
  // By the mirror image: as many samples above the quantile as below that of 1 - p.
  const std::uint64_t high = samples + 1 - largest_with(tail, samples, 1.0 - p);
  const double coverage = chance_of_fewer(high, samples, p) - chance_of_fewer(low, samples, p);
  return {.low = low, .high = high, .coverage = coverage};
}

Estimate estimate_quantile(std::vector<double> samples, double p, Probability confidence) {
  need_inner_quantile(p);
  if (samples.empty()) throw std::domain_error("a quantile needs at least one sample");
  std::ranges::sort(samples);
  return estimate_from_ranks(samples[position_of(p, samples.size())], samples.size(), p, confidence,
                             [&](std::uint64_t rank) { return samples[rank - 1]; });
}

Estimate estimate_quantile(const Sketch& samples, double p, Probability confidence) {
  const std::uint64_t count = samples.count();
  const std::optional<double> value = samples.quantile(p);
  if (!value) throw std::domain_error("a quantile needs at least one sample");
  // Half a position further, so that rounding never falls below the rank meant.
  const auto at_rank = [&](std::uint64_t rank) {
    if (rank == count) return *samples.quantile(1.0);
    return *samples.quantile((static_cast<double>(rank) - 0.5) / static_cast<double>(count - 1));
  };
  Estimate estimate = estimate_from_ranks(*value, count, p, confidence, at_rank);
  const double error = samples.accuracy().relative_error;
  estimate.interval.low /= 1.0 + error;
  estimate.interval.high /= 1.0 - error;
  return estimate;
}

Estimate sectioned_quantile(std::span<const double> series, double p, std::size_t sections,
                            Probability confidence) {
  need_inner_quantile(p);
  if (sections < 2 || series.size() < sections) {
    throw std::domain_error("sectioning needs two sections with a sample each");
  }
  const std::size_t skipped = series.size() % sections;
  const auto used = series.subspan(skipped);
  const double value = quantile_of({used.begin(), used.end()}, p);
  const std::vector<double> quantiles = quantiles_of_sections(used, p, sections);
  double squares = 0.0;
  for (const double quantile : quantiles) squares += (quantile - value) * (quantile - value);
  const auto count = static_cast<double>(sections);
  const double error = std::sqrt(squares / (count - 1.0) / count);
  const double expected_beyond = std::min(p, 1.0 - p) * static_cast<double>(used.size()) / count;
  Estimate estimate{.value = value,
                    .interval = student_interval(value, error, count - 1.0, confidence),
                    .confidence = confidence,
                    .method = Method::sectioning,
                    .doubts = doubts_about(quantiles, expected_beyond,
                                           memory_of_excess(used, value, p, sections))};
  if (skipped > 0) estimate.doubts.push_back(Doubt::leftover_samples);
  return estimate;
}

}  // namespace weir::analysis
