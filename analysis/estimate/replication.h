#pragma once
/// The mean over independent replications, and when there are enough of them.
///
/// Sequential stopping after Law and Kelton (Law, "Simulation Modeling and Analysis", chapter 9):
/// stop when the half-width is at most gamma / (1 + gamma) of the estimated mean, so that the
/// estimate is within gamma of the true mean, with about the confidence asked for. Looking after
/// each replication makes the true confidence a little smaller (Chow and Robbins 1965: it is right
/// in the limit of small gamma); the first ten replications guard against stopping by luck.
///
/// This is the method for runs that start cold and end, such as warm-up plans. It assumes that the
/// replications are independent and their mean is nearly normal.

#include <cstdint>
#include <span>

#include "analysis/estimate/estimate.h"
#include "analysis/moments.h"

namespace weir::analysis {

/// Below this many replications, no half-width is trusted.
inline constexpr std::uint64_t kFewestReplications = 10;

/// How precise a mean is wanted, and how much work it may cost.
struct Precision {
  double relative_error = 0.10;  // gamma, in (0, 1)
  std::uint64_t fewest = kFewestReplications;
  std::uint64_t most = 1000;  // the cap; at least `fewest`
  Probability confidence = kUsualConfidence;

  /// The share of the mean that the half-width may have: gamma / (1 + gamma).
  constexpr double half_width_share() const { return relative_error / (1.0 + relative_error); }
};

/// The mean of replications done, with Student's t (Law, 9.4.1). Needs two; fewer than
/// kFewestReplications are doubted.
Estimate estimate_replications(std::span<const double> replications,
                               Probability confidence = kUsualConfidence);

/// Takes replications one by one, in their order, and says when to stop.
class SequentialMean {
 public:
  enum class State : std::uint8_t {
    running,      // another replication is needed
    reached,      // precise enough
    not_reached,  // the cap came first
  };

  /// Throws std::domain_error unless 10 <= fewest <= most, and the error and confidence are in
  /// (0, 1).
  explicit SequentialMean(Precision precision);

  /// A replication more. Once the state is not `running`, throws std::logic_error: what comes after
  /// the decision would bias it.
  void add(double replication);

  State state() const { return state_; }
  std::uint64_t count() const { return moments_.count(); }

  /// What is known by now; with Doubt::precision_not_reached unless the state is `reached`.
  /// Needs two replications (std::domain_error).
  Estimate estimate() const;

 private:
  State judge() const;

  Precision precision_;
  Moments moments_;
  State state_ = State::running;
};

}  // namespace weir::analysis
