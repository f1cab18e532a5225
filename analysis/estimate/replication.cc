#include "analysis/estimate/replication.h"

#include <cmath>
#include <stdexcept>

namespace weir::analysis {
namespace {

Estimate estimate_from(const Moments& moments, Probability confidence) {
  const Interval interval = student_interval(moments, confidence);
  Estimate estimate{.value = moments.mean(),
                    .interval = interval,
                    .confidence = confidence,
                    .method = Method::replications,
                    .doubts = {}};
  if (moments.count() < kFewestReplications) estimate.doubts.push_back(Doubt::few_samples);
  return estimate;
}

bool strictly_a_share(double x) { return x > 0.0 && x < 1.0; }

}  // namespace

Estimate estimate_replications(std::span<const double> replications, Probability confidence) {
  Moments moments;
  for (const double replication : replications) moments.add(replication);
  return estimate_from(moments, confidence);
}

SequentialMean::SequentialMean(Precision precision) : precision_(precision) {
  if (!strictly_a_share(precision.relative_error) ||
      !strictly_a_share(precision.confidence.value)) {
    throw std::domain_error("a relative error and a confidence must lie strictly in (0, 1)");
  }
  if (precision.fewest < kFewestReplications || precision.most < precision.fewest) {
    throw std::domain_error("sequential stopping needs 10 <= fewest <= most replications");
  }
}

void SequentialMean::add(double replication) {
  if (state_ != State::running) {
    throw std::logic_error("a replication after the decision to stop would bias the mean");
  }
  moments_.add(replication);
  state_ = judge();
}

SequentialMean::State SequentialMean::judge() const {
  if (count() < precision_.fewest) return State::running;
  const double allowed = precision_.half_width_share() * std::abs(moments_.mean());
  if (student_interval(moments_, precision_.confidence).half_width() <= allowed) {
    return State::reached;
  }
  return count() < precision_.most ? State::running : State::not_reached;
}

Estimate SequentialMean::estimate() const {
  Estimate estimate = estimate_from(moments_, precision_.confidence);
  if (state_ != State::reached) estimate.doubts.push_back(Doubt::precision_not_reached);
  return estimate;
}

}  // namespace weir::analysis
