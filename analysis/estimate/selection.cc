#include "analysis/estimate/selection.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace weir::analysis {
namespace {

double sign_of(Best best) { return best == Best::largest ? 1.0 : -1.0; }

std::size_t best_of(std::span<const double> means, Best best) {
  std::size_t found = 0;
  for (std::size_t i = 1; i < means.size(); ++i) {
    if (sign_of(best) * (means[i] - means[found]) > 0.0) found = i;
  }
  return found;
}

void check_ocba(std::span<const double> means, std::span<const double> variances, Best best) {
  if (means.size() < 2 || means.size() != variances.size()) {
    throw std::domain_error("OCBA needs two alternatives with a mean and a variance each");
  }
  if (!std::ranges::all_of(variances, [](double variance) { return variance > 0.0; })) {
    throw std::domain_error("OCBA needs variances above 0");
  }
  if (std::ranges::count(means, means[best_of(means, best)]) > 1) {
    throw std::domain_error("OCBA needs a single best mean");
  }
}

}  // namespace

KnConstants kn_constants(std::size_t alternatives, std::size_t first, Probability confidence) {
  const double alpha = 2.0 * tail_of(confidence);
  if (alternatives < 2 || first < 2) {
    throw std::domain_error("a selection needs two alternatives and two first replications");
  }
  const auto others = static_cast<double>(alternatives - 1);
  if (2.0 * alpha >= others) throw std::domain_error("a selection needs more confidence");
  const auto degrees = static_cast<double>(first - 1);
  const double eta = (std::pow(2.0 * alpha / others, -2.0 / degrees) - 1.0) / 2.0;
  return {.eta = eta, .h_squared = 2.0 * eta * degrees};
}

KnSelection::KnSelection(std::size_t alternatives, SelectionGoal goal)
    : goal_(goal),
      h_squared_(kn_constants(alternatives, goal.first, goal.confidence).h_squared),
      alternatives_(alternatives),
      remaining_(alternatives),
      values_(alternatives),
      differences_(alternatives * alternatives) {
  if (!(goal.indifference > 0.0)) throw std::domain_error("an indifference zone must be above 0");
  std::iota(remaining_.begin(), remaining_.end(), 0U);
}

double KnSelection::mean(std::size_t alternative) const { return values_.at(alternative).mean(); }

void KnSelection::add_round(std::span<const double> replications) {
  if (decided()) throw std::logic_error("the selection is decided");
  if (replications.size() != remaining_.size()) {
    throw std::domain_error("a round has one replication of each alternative that remains");
  }
  for (std::size_t i = 0; i < replications.size(); ++i) {
    values_[remaining_[i]].add(replications[i]);
  }
  ++rounds_;
  if (rounds_ <= goal_.first) measure_variances(replications);
  if (rounds_ < goal_.first) return;
  std::vector<std::size_t> unbeaten;
  std::ranges::copy_if(remaining_, std::back_inserter(unbeaten),
                       [this](std::size_t alternative) { return !beaten(alternative); });
  remaining_ = std::move(unbeaten);
}

// All alternatives are still in the race.
void KnSelection::measure_variances(std::span<const double> replications) {
  for (std::size_t a = 0; a < alternatives_; ++a) {
    for (std::size_t b = 0; b < alternatives_; ++b) {
      differences_[a * alternatives_ + b].add(replications[a] - replications[b]);
    }
  }
}

// How far the mean of `a` may lie behind that of `b`; it shrinks to 0 with the rounds.
double KnSelection::allowance(std::size_t a, std::size_t b) const {
  const double variance = differences_[a * alternatives_ + b].variance();
  const auto rounds = static_cast<double>(rounds_);
  const double zone = goal_.indifference;
  return std::max(0.0, zone / (2.0 * rounds) * (h_squared_ * variance / (zone * zone) - rounds));
}

// Equal means never beat each other: with an allowance of 0, the larger index leaves.
bool KnSelection::beaten(std::size_t alternative) const {
  return std::ranges::any_of(remaining_, [&](std::size_t other) {
    if (other == alternative) return false;
    const double behind = sign_of(goal_.best) * (mean(other) - mean(alternative));
    const double allowed = allowance(alternative, other);
    return behind > allowed || (behind == 0.0 && allowed == 0.0 && other < alternative);
  });
}

std::vector<double> ocba_shares(std::span<const double> means, std::span<const double> variances,
                                Best best) {
  check_ocba(means, variances, best);
  const std::size_t leader = best_of(means, best);
  std::vector<double> shares(means.size());
  double spread = 0.0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    if (i == leader) continue;
    const double behind = means[i] - means[leader];
    shares[i] = variances[i] / (behind * behind);
    spread += shares[i] * shares[i] / variances[i];
  }
  shares[leader] = std::sqrt(variances[leader] * spread);
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

}  // namespace weir::analysis
