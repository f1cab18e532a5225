#pragma once
/// The mean of one long run in its steady state, from the means of its batches.
///
/// The samples of one run depend on each other, so that their variance says little about that of
/// their mean; the means of long batches are nearly independent. Assumed is that the transient was
/// cut off (truncation.h), that batches are long against the memory of the process, and under a
/// cyclic load a whole number of cycles. Short batches make the interval too short: for an M/M/1
/// queue at load 0.9, 30 batches of 100 waits hold the mean in 61 % of runs, not in 95 %.
/// Von Neumann's test of the batch means warns of that, at the 5 % level; it cannot see all of it.

#include <cstddef>
#include <span>

#include "analysis/estimate/estimate.h"

namespace weir::analysis {

/// The mean of a stationary series, and what it rests on.
struct SteadyMean {
  Estimate estimate;
  double asymptotic_variance = 0.0;  // of n Var(mean of n), for long series
  double lag_one = 0.0;              // correlation of neighbouring batch means
  std::size_t batch_length = 0;
  std::size_t batches = 0;  // adjacent ones; overlapping ones: how many would fit side by side
};

/// All need a length that gives two batches (std::domain_error), are linear in the samples, and
/// leave out the samples at the front that fill no batch, except overlapping_batch_means.

/// Student's t over adjacent batches: V = b / (a - 1) sum (mean_i - mean)^2.
SteadyMean batch_means(std::span<const double> series, std::size_t length,
                       Probability confidence = kUsualConfidence);

/// The same, with V multiplied by (1 + r) / (1 - r): what is missing when the batch means are an
/// autoregression of order 1. r is their lag-one correlation, clipped to [0, 0.9].
SteadyMean corrected_batch_means(std::span<const double> series, std::size_t length,
                                 Probability confidence = kUsualConfidence);

/// All n - b + 1 batches of one length (Meketon and Schmeiser 1984), with about a third less
/// variance of V; Student's t with 1.5 (n / b - 1) degrees of freedom.
SteadyMean overlapping_batch_means(std::span<const double> series, std::size_t length,
                                   Probability confidence = kUsualConfidence);

}  // namespace weir::analysis
