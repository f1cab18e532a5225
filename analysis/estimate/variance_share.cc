#include "analysis/estimate/variance_share.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "analysis/distribution.h"
#include "analysis/estimate/replication.h"
#include "analysis/moments.h"

namespace weir::analysis {
namespace {

// Snedecor's F, by the beta distribution.
double f_quantile(double p, double degrees_above, double degrees_below) {
  const double x = beta_quantile(p, degrees_above / 2.0, degrees_below / 2.0);
  return degrees_below * x / (degrees_above * (1.0 - x));
}

// The analysis of variance of equal groups.
struct MeanSquares {
  Moments group_means;
  double between = 0.0;
  double within = 0.0;
  double groups = 0.0;
  double each = 0.0;

  // Of the share that belongs to a ratio of expected mean squares.
  double share_at(double ratio) const {
    if (ratio == std::numeric_limits<double>::infinity()) return 1.0;
    return std::clamp((ratio - 1.0) / (ratio + each - 1.0), 0.0, 1.0);
  }
};

MeanSquares mean_squares(std::span<const double> values, std::size_t each) {
  const std::size_t groups = values.size() / each;
  MeanSquares squares{
      .group_means = {}, .groups = static_cast<double>(groups), .each = static_cast<double>(each)};
  Moments variances;
  for (std::size_t at = 0; at < values.size(); at += each) {
    Moments group;
    for (const double value : values.subspan(at, each)) group.add(value);
    squares.group_means.add(group.mean());
    variances.add(group.variance());
  }
  squares.between = squares.each * squares.group_means.variance();
  squares.within = variances.mean();
  return squares;
}

Interval share_interval(const MeanSquares& squares, Probability confidence) {
  if (squares.within == 0.0) return squares.between > 0.0 ? Interval{1.0, 1.0} : Interval{0.0, 1.0};
  const double above = squares.groups - 1.0;
  const double below = squares.groups * (squares.each - 1.0);
  const double ratio = squares.between / squares.within;
  const double tail = tail_of(confidence);
  return {squares.share_at(ratio / f_quantile(1.0 - tail, above, below)),
          squares.share_at(ratio / f_quantile(tail, above, below))};
}

}  // namespace

VarianceShares variance_shares(std::span<const double> values, std::size_t each,
                               Probability confidence) {
  if (each < 2 || values.size() < 2 * each || values.size() % each != 0) {
    throw std::domain_error("variance shares need two groups of two replications, all alike");
  }
  const MeanSquares squares = mean_squares(values, each);
  const double difference = squares.between - squares.within;
  VarianceShares shares{.mean = {.value = squares.group_means.mean(),
                                 .interval = student_interval(squares.group_means, confidence),
                                 .confidence = confidence,
                                 .method = Method::random_effects,
                                 .doubts = {}},
                        .between = std::max(0.0, difference / squares.each),
                        .within = squares.within,
                        .between_share = {.interval = share_interval(squares, confidence),
                                          .confidence = confidence,
                                          .method = Method::random_effects,
                                          .doubts = {}}};
  const double sum = shares.between + shares.within;
  shares.between_share.value = sum > 0.0 ? shares.between / sum : 0.0;
  std::vector<Doubt>& doubts = shares.between_share.doubts;
  if (difference < 0.0) doubts.push_back(Doubt::negative_variance);
  if (squares.groups < static_cast<double>(kFewestReplications)) {
    doubts.push_back(Doubt::few_samples);
    shares.mean.doubts.push_back(Doubt::few_samples);
  }
  return shares;
}

}  // namespace weir::analysis
