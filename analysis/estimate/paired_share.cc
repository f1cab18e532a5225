#include "analysis/estimate/paired_share.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "analysis/estimate/replication.h"

namespace weir::analysis {
namespace {

// How many standard errors the counts lie above a true difference of `delta`.
class Score {
 public:
  explicit Score(const PairedHits& hits)
      : a_(static_cast<double>(hits.only_a)),
        b_(static_cast<double>(hits.only_b)),
        n_(static_cast<double>(hits.pairs)) {}

  double at(double delta) const {
    const double above = b_ - a_ - n_ * delta;
    const double variance = n_ * (2.0 * share_of_only_a(delta) + delta * (1.0 - delta));
    if (variance > 0.0) return above / std::sqrt(variance);
    return above == 0.0 ? 0.0 : std::copysign(std::numeric_limits<double>::infinity(), above);
  }

 private:
  // The maximum likelihood of P(only a) when P(only b) is larger by `delta`.
  double share_of_only_a(double delta) const {
    const double linear = (2.0 * n_ - b_ + a_) * delta - a_ - b_;
    const double constant = -a_ * delta * (1.0 - delta);
    const double root = std::sqrt(std::max(0.0, linear * linear - 8.0 * n_ * constant));
    return std::max({0.0, -delta, (root - linear) / (4.0 * n_)});
  }

  double a_, b_, n_;
};

// Where the score, which falls, passes `wanted` between `low` and `high`.
double passing(const Score& score, double wanted, double low, double high) {
  for (;;) {
    const double middle = low + (high - low) / 2.0;
    if (middle <= low || middle >= high) return middle;
    (score.at(middle) > wanted ? low : high) = middle;
  }
}

}  // namespace

Estimate paired_share_difference(const PairedHits& hits, Probability confidence) {
  if (hits.pairs == 0 || hits.only_a > hits.pairs || hits.only_b > hits.pairs - hits.only_a) {
    throw std::domain_error("a difference of shares needs pairs, and as many as differ");
  }
  const double found = (static_cast<double>(hits.only_b) - static_cast<double>(hits.only_a)) /
                       static_cast<double>(hits.pairs);
  const double reach = -normal_quantile(tail_of(confidence));
  const Score score(hits);
  Estimate estimate{
      .value = found,
      .interval = {passing(score, reach, -1.0, found), passing(score, -reach, found, 1.0)},
      .confidence = confidence,
      .method = Method::paired_shares,
      .doubts = {}};
  if (hits.pairs < kFewestReplications) estimate.doubts.push_back(Doubt::few_samples);
  return estimate;
}

}  // namespace weir::analysis
