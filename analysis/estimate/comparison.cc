#include "analysis/estimate/comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "analysis/estimate/replication.h"
#include "analysis/moments.h"

namespace weir::analysis {
namespace {

struct Pairing {
  Moments a;
  Moments b;
  Moments difference;  // b - a
};

Pairing pair_up(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size() || a.size() < 2) {
    throw std::domain_error("a paired difference needs equally many replications, at least two");
  }
  Pairing pairing;
  for (std::size_t i = 0; i < a.size(); ++i) {
    pairing.a.add(a[i]);
    pairing.b.add(b[i]);
    pairing.difference.add(b[i] - a[i]);
  }
  return pairing;
}

// From Var (b - a) = Var a + Var b - 2 Cov.
double correlation_of(const Pairing& pairing) {
  const double scale = pairing.a.deviation() * pairing.b.deviation();
  if (scale == 0.0) return 0.0;
  const double apart = pairing.a.variance() + pairing.b.variance() - pairing.difference.variance();
  return std::clamp(apart / (2.0 * scale), -1.0, 1.0);
}

double reduction_of(const Pairing& pairing) {
  const double independent = pairing.a.variance() + pairing.b.variance();
  if (independent == 0.0) return 1.0;
  const double paired = pairing.difference.variance();
  return paired > 0.0 ? independent / paired : std::numeric_limits<double>::infinity();
}

// One alternative minus one other, with a bound on either side.
struct Bounded {
  double difference;
  double reach;
};

Bounded bounded_difference(const std::vector<double>& mine, const std::vector<double>& other,
                           double quantile) {
  const Moments difference = pair_up(other, mine).difference;
  return {difference.mean(), quantile * difference.standard_error()};
}

// As if the largest were best: the smallest lead over the others, and the bounds of it.
AgainstBest against_largest(std::span<const std::vector<double>> replications, std::size_t mine,
                            double sign, double quantile) {
  AgainstBest result{.difference = std::numeric_limits<double>::infinity(),
                     .interval = {std::numeric_limits<double>::infinity(),
                                  std::numeric_limits<double>::infinity()}};
  for (std::size_t other = 0; other < replications.size(); ++other) {
    if (other == mine) continue;
    const Bounded bounded = bounded_difference(replications[mine], replications[other], quantile);
    const double lead = sign * bounded.difference;
    result.difference = std::min(result.difference, lead);
    result.interval.low = std::min(result.interval.low, lead - bounded.reach);
    result.interval.high = std::min(result.interval.high, lead + bounded.reach);
  }
  result.interval.low = std::min(result.interval.low, 0.0);
  result.interval.high = std::max(result.interval.high, 0.0);
  return result;
}

}  // namespace

PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   Probability confidence) {
  const Pairing pairing = pair_up(a, b);
  PairedDifference result{.estimate = {.value = pairing.difference.mean(),
                                       .interval = student_interval(pairing.difference, confidence),
                                       .confidence = confidence,
                                       .method = Method::paired_difference,
                                       .doubts = {}},
                          .correlation = correlation_of(pairing),
                          .variance_reduction = reduction_of(pairing)};
  if (a.size() < kFewestReplications) result.estimate.doubts.push_back(Doubt::few_samples);
  return result;
}

std::vector<AgainstBest> against_best(std::span<const std::vector<double>> replications, Best best,
                                      Probability confidence) {
  if (replications.size() < 2) throw std::domain_error("a best needs two alternatives");
  if (replications.front().size() < 2) throw std::domain_error("a best needs two replications");
  const double chance = 2.0 * tail_of(confidence) / static_cast<double>(replications.size() - 1);
  const auto degrees = static_cast<double>(replications.front().size() - 1);
  const double quantile = -student_t_quantile(chance, degrees);
  std::vector<AgainstBest> results;
  for (std::size_t mine = 0; mine < replications.size(); ++mine) {
    const double sign = best == Best::largest ? 1.0 : -1.0;
    AgainstBest result = against_largest(replications, mine, sign, quantile);
    if (best == Best::smallest) {
      result = {-result.difference, {-result.interval.high, -result.interval.low}};
    }
    results.push_back(result);
  }
  return results;
}

}  // namespace weir::analysis
