#pragma once
/// The mean of one long run in its steady state, from the means of its batches.
///
/// The samples of one run depend on each other, so that their variance says little about that of
/// their mean; the means of long batches are nearly independent. Assumed is that the transient was
/// cut off (truncation.h), that batches are long against the memory of the process, and under a
/// cyclic load a whole number of cycles. Short batches make the interval too short: for an M/M/1
/// queue at load 0.9, 30 batches of 100 waits hold the mean in 61 % of runs, not in 95 %.
/// Two doubts warn of that: von Neumann's test of the batch means, at the 5 % level, which of few
/// batches sees little; and batches that are short against the memory found.

#include <cstddef>
#include <span>

#include "analysis/estimate/estimate.h"

namespace weir::analysis {

/// Batches are doubted when, for a first-order autoregression of the memory found, V would be short
/// of the truth by more than this share: (memory - 1 / memory) / (2 length), for lengths below
/// about ten memories. The limit is ours; for the waits of M/M/1 queues, intervals called 95 % hold
/// the mean in about 93 % of runs there. Under a cyclic load, whose variance counts too, it sees
/// less.
inline constexpr double kMostBias = 0.05;

/// The mean of a stationary series, and what it rests on.
struct SteadyMean {
  Estimate estimate;
  double asymptotic_variance = 0.0;  // of n Var(mean of n), for long series
  double memory = 1.0;   // that over the variance: so many samples tell as much as one alone would
  double lag_one = 0.0;  // correlation of neighbouring batch means
  std::size_t batch_length = 0;
  std::size_t batches = 0;  // adjacent ones; overlapping ones: how many would fit side by side
};

/// All need a length that gives two batches (std::domain_error), are linear in the samples, and
/// leave out the samples at the front that fill no batch, except overlapping_batch_means.

/// Student's t over `a` adjacent batches of b: V = b / (a - 1) sum (mean_i - mean)^2 (Law,
/// "Simulation Modeling and Analysis", 9.5.3).
SteadyMean batch_means(std::span<const double> series, std::size_t length,
                       Probability confidence = kUsualConfidence);

/// The same, with V multiplied by (1 + r) / (1 - r): what is missing when the batch means are an
/// autoregression of order 1 (as in Skart: Tafazzoli and Wilson, IIE Transactions 43, 2011). r is
/// their lag-one correlation, clipped to [0, 0.9].
SteadyMean corrected_batch_means(std::span<const double> series, std::size_t length,
                                 Probability confidence = kUsualConfidence);

/// All n - b + 1 batches of one length (Meketon and Schmeiser 1984), with about a third less
/// variance of V; Student's t with 1.5 (n / b - 1) degrees of freedom.
SteadyMean overlapping_batch_means(std::span<const double> series, std::size_t length,
                                   Probability confidence = kUsualConfidence);

}  // namespace weir::analysis
