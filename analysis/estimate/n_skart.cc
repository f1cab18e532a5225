#include "analysis/estimate/n_skart.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "analysis/distribution.h"
#include "analysis/estimate/dependence.h"
#include "analysis/moments.h"

namespace weir::analysis {
namespace {

constexpr Probability kSpacedSignificance{0.2};
constexpr double kVerySkewed = 4.0;  // of samples
constexpr double kSkewed = 0.5;      // of batch means
constexpr std::size_t kMostBatches = 1024;
constexpr std::size_t kFewestSpaced = 3;  // below it there is no skewness

// `count` batches of `length`, and which of them pass for independent.
struct SkartAttempt {
  std::size_t count = kSkartBatches;
  std::size_t length = 1;
  int enlarged = 0;        // how often the batches were made longer
  std::size_t spacer = 0;  // batches left out before each one taken
  std::size_t spaced = 0;  // how many were taken
};

double skewness_of_last_four_fifths(std::span<const double> series) {
  return std::abs(sample_skewness(series.subspan(series.size() / 5)));
}

std::vector<double> every(std::span<const double> means, std::size_t first, std::size_t step) {
  std::vector<double> taken;
  for (std::size_t i = first; i < means.size(); i += step) taken.push_back(means[i]);
  return taken;
}

// Steps 2 and 3: the smallest spacer with which the batches pass the test of randomness.
bool find_spacer(std::span<const double> series, SkartAttempt& attempt) {
  const std::vector<double> means =
      batches_of_length(series.first(attempt.count * attempt.length), attempt.length).means;
  const std::size_t most = skewness_of_last_four_fifths(means) > kSkewed ? 3 : 10;
  for (attempt.spacer = 0; attempt.spacer <= most; ++attempt.spacer) {
    const std::vector<double> spaced = every(means, attempt.spacer, attempt.spacer + 1);
    attempt.spaced = spaced.size();
    if (seems_independent(spaced, kSpacedSignificance)) return true;
  }
  return false;
}

// Step 4: fewer and longer batches.
void enlarge(SkartAttempt& attempt) {
  attempt.length =
      static_cast<std::size_t>(std::ceil(std::sqrt(2.0) * static_cast<double>(attempt.length)));
  attempt.count = static_cast<std::size_t>(std::ceil(0.9 * static_cast<double>(attempt.count)));
  ++attempt.enlarged;
}

// Step 5a: the number of batches taken back to what it was before it shrank.
std::size_t reinflated(const SkartAttempt& attempt) {
  const double count = static_cast<double>(attempt.spaced) * std::pow(1.0 / 0.9, attempt.enlarged);
  return std::min(static_cast<std::size_t>(std::ceil(count)), attempt.count);
}

// Step 5: what is left after the transient, in batches that use nearly all of it.
SkartBatching rebatch(std::span<const double> series, const SkartAttempt& attempt) {
  const std::size_t transient = attempt.spacer * attempt.length;
  const std::size_t left = series.size() - transient;
  const auto count = static_cast<double>(reinflated(attempt));
  const auto length = static_cast<double>(attempt.length);
  const double factor = std::sqrt(static_cast<double>(left) / (count * length));
  const bool many = factor * count >= static_cast<double>(kMostBatches);
  const std::size_t used = many ? kMostBatches : static_cast<std::size_t>(factor * count);
  const std::size_t longer = many ? left / kMostBatches : static_cast<std::size_t>(factor * length);
  SkartBatching result{.batching = batches_of_length(series.last(used * longer), longer),
                       .transient = transient};
  result.batching.skipped = series.size() - used * longer;
  result.spacer = (result.batching.skipped + longer - 1) / longer;
  return result;
}

// Of the truncated batches the first, and each that follows a spacer: 1 + (k - 1) / (d + 1) of k.
std::vector<double> spaced_means(const SkartBatching& found) {
  return every(found.batching.means, 0, found.spacer + 1);
}

}  // namespace

std::optional<SkartBatching> skart_batching(std::span<const double> series) {
  if (series.size() < kSkartBatches) return std::nullopt;
  const bool very_skewed = skewness_of_last_four_fifths(series) > kVerySkewed;
  SkartAttempt attempt;
  if (very_skewed) attempt.length = std::min<std::size_t>(16, series.size() / kSkartBatches);
  while (!find_spacer(series, attempt)) {
    enlarge(attempt);
    if (attempt.count * attempt.length > series.size()) return std::nullopt;
  }
  SkartBatching result = rebatch(series, attempt);
  result.very_skewed = very_skewed;
  return spaced_means(result).size() < kFewestSpaced ? std::nullopt : std::optional(result);
}

double skewness_adjusted(double t, double beta) {
  if (beta == 0.0) return t;
  return (std::cbrt(1.0 + 6.0 * beta * (t - beta)) - 1.0) / (2.0 * beta);
}

Estimate n_skart(const SkartBatching& found, Probability confidence) {
  Moments moments;
  for (const double mean : found.batching.means) moments.add(mean);
  const double correlation = lag_one_correlation(found.batching.means);
  const double error =
      moments.standard_error() * std::sqrt((1.0 + correlation) / (1.0 - correlation));
  const std::vector<double> spaced = spaced_means(found);
  const auto count = static_cast<double>(spaced.size());
  const double beta = sample_skewness(spaced) / (6.0 * std::sqrt(count));
  const double t = -student_t_quantile(tail_of(confidence), count - 1.0);
  Estimate estimate{.value = moments.mean(),
                    .interval = {moments.mean() - skewness_adjusted(t, beta) * error,
                                 moments.mean() - skewness_adjusted(-t, beta) * error},
                    .confidence = confidence,
                    .method = Method::n_skart,
                    .doubts = {}};
  if (spaced.size() < kFewestBatches) estimate.doubts.push_back(Doubt::few_batches);
  if (found.very_skewed) estimate.doubts.push_back(Doubt::skewed_samples);
  return estimate;
}

}  // namespace weir::analysis
