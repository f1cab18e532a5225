#pragma once
/// Which alternative is best: selection with an indifference zone, or with a fixed budget.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/estimate/comparison.h"
#include "analysis/estimate/replication.h"
#include "analysis/moments.h"

namespace weir::analysis {

/// What the procedure of Kim and Nelson rests on, with c = 1.
struct KnConstants {
  double eta = 0.0;        // ((2 alpha / (k - 1))^(-2 / (n0 - 1)) - 1) / 2
  double h_squared = 0.0;  // 2 eta (n0 - 1)
};

/// For k = `alternatives` >= 2, n0 = `first` >= 2 replications of each at first, and a confidence
/// 1 - alpha that makes eta positive: between two, above 1/2 (std::domain_error).
KnConstants kn_constants(std::size_t alternatives, std::size_t first, Probability confidence);

/// What is asked of a selection.
struct SelectionGoal {
  Best best = Best::largest;
  double indifference = 0.0;                // > 0: a smaller difference of means does not matter
  std::size_t first = kFewestReplications;  // replications of each before any is dropped, >= 2
  Probability confidence = kUsualConfidence;
};

/// Fully sequential selection of the best (Kim and Nelson, TOMACS 11(3), 2001).
///
/// Round by round, each alternative still in the race gets one replication, and those that are
/// clearly worse leave it. When the best mean leads by at least the indifference zone, the one left
/// is the best with the confidence asked for; else it is within the zone with about that
/// confidence. Holds for normal replications that are independent from round to round; common
/// random numbers within a round are allowed and make it faster.
class KnSelection {
 public:
  /// Throws std::domain_error for a goal outside the ranges above.
  KnSelection(std::size_t alternatives, SelectionGoal goal);

  /// Who is still in the race, ascending.
  const std::vector<std::size_t>& remaining() const { return remaining_; }
  bool decided() const { return remaining_.size() == 1; }
  std::uint64_t rounds() const { return rounds_; }

  /// One replication of each that remains, in the order of remaining(). Throws std::domain_error
  /// for another number of values, std::logic_error once decided. Quadratic in what remains.
  void add_round(std::span<const double> replications);

  /// Mean of the replications that an alternative has had.
  double mean(std::size_t alternative) const;

 private:
  void measure_variances(std::span<const double> replications);
  double allowance(std::size_t a, std::size_t b) const;
  bool beaten(std::size_t alternative) const;

  SelectionGoal goal_;
  double h_squared_;
  std::size_t alternatives_;
  std::uint64_t rounds_ = 0;
  std::vector<std::size_t> remaining_;
  std::vector<Moments> values_;
  std::vector<Moments> differences_;  // of each pair, over the first replications only
};

/// How a budget of replications is best spent to find the best of alternatives with these means and
/// variances (OCBA: Chen, Lin, Yucesan, Chick 2000): shares that sum to 1.
///
/// Assumes normal, independent replications. Needs two alternatives, as many variances, all > 0,
/// and a single best mean (std::domain_error).
std::vector<double> ocba_shares(std::span<const double> means, std::span<const double> variances,
                                Best best);

}  // namespace weir::analysis
