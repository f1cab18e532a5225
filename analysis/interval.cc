#include "analysis/interval.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace weir::analysis {
namespace {

void check_share_of(std::uint64_t hits, std::uint64_t trials) {
  if (trials == 0 || hits > trials) {
    throw std::domain_error("a share needs at least one trial and no more hits than trials");
  }
}

double exact_lower(std::uint64_t hits, std::uint64_t trials, double tail) {
  if (hits == 0) return 0.0;
  return beta_quantile(tail, static_cast<double>(hits), static_cast<double>(trials - hits + 1));
}

// By the mirror image, so that a share near 1 keeps its digits where it has them.
double exact_upper(std::uint64_t hits, std::uint64_t trials, double tail) {
  if (hits == trials) return 1.0;
  return 1.0 - exact_lower(trials - hits, trials, tail);
}

}  // namespace

double tail_of(Probability confidence) {
  if (!(confidence.value > 0.0 && confidence.value < 1.0)) {
    throw std::domain_error("a confidence must lie strictly between 0 and 1");
  }
  return (1.0 - confidence.value) / 2.0;
}

Interval student_interval(double mean, double standard_error, double degrees,
                          Probability confidence) {
  const double reach = -student_t_quantile(tail_of(confidence), degrees) * standard_error;
  return {mean - reach, mean + reach};
}

Interval student_interval(const Moments& samples, Probability confidence) {
  if (samples.count() < 2) throw std::domain_error("an interval for a mean needs two samples");
  return student_interval(samples.mean(), samples.standard_error(),
                          static_cast<double>(samples.count() - 1), confidence);
}

MeanEstimate estimate_mean(std::span<const double> samples, Probability confidence) {
  Moments moments;
  for (const double sample : samples) moments.add(sample);
  return {.mean = moments.mean(),
          .standard_error = moments.standard_error(),
          .interval = student_interval(moments, confidence),
          .count = samples.size()};
}

Interval wilson_interval(std::uint64_t hits, std::uint64_t trials, Probability confidence) {
  check_share_of(hits, trials);
  const double z = -normal_quantile(tail_of(confidence));
  const auto n = static_cast<double>(trials);
  const double share = static_cast<double>(hits) / n;
  const double shrink = 1.0 + z * z / n;
  const double centre = (share + z * z / (2.0 * n)) / shrink;
  const double reach = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n)) / shrink;
  return {hits == 0 ? 0.0 : std::max(0.0, centre - reach),
          hits == trials ? 1.0 : std::min(1.0, centre + reach)};
}

Interval clopper_pearson_interval(std::uint64_t hits, std::uint64_t trials,
                                  Probability confidence) {
  check_share_of(hits, trials);
  const double tail = tail_of(confidence);
  return {exact_lower(hits, trials, tail), exact_upper(hits, trials, tail)};
}

double clopper_pearson_upper(std::uint64_t hits, std::uint64_t trials, Probability confidence) {
  check_share_of(hits, trials);
  return exact_upper(hits, trials, 2.0 * tail_of(confidence));
}

}  // namespace weir::analysis
