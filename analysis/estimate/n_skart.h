#pragma once
/// The mean of one long run in its steady state, by N-Skart: it finds the transient and the batches
/// itself, and corrects for correlation and skewness (Tafazzoli, Steiger, Wilson, "N-Skart: a
/// nonsequential skewness- and autoregression-adjusted batch-means procedure for simulation
/// analysis", IEEE Transactions on Automatic Control 56(2), 2011).
///
/// Assumed is one constant load without cycles, and that the batch means become normal and first
/// order autoregressive as they grow. The interval is not symmetric: it reaches further to the side
/// of the longer tail, from mean - G(t) error to mean - G(-t) error. It follows the paper;
/// kim-convergence, another implementation, takes the spaced batches from another start and gives
/// G(t) error on both sides, which tests/analysis/estimate/n_skart_test.cc reproduces.

#include <cstddef>
#include <optional>
#include <span>

#include "analysis/estimate/batching.h"
#include "analysis/estimate/estimate.h"

namespace weir::analysis {

/// Fewer samples than this are refused by N-Skart.
inline constexpr std::size_t kSkartBatches = 1280;

/// What steps 1 to 5 of N-Skart find.
struct SkartBatching {
  Batching batching;          // the truncated batches; skipped: the whole transient
  std::size_t spacer = 0;     // batches between two that are taken for independent
  bool very_skewed = false;   // the samples themselves, above 4
  std::size_t transient = 0;  // what the test of randomness alone would cut
};

/// Batches whose spaced means pass von Neumann's test at 20 %. Nothing means "run longer": fewer
/// than kSkartBatches samples, none pass, or fewer than three spaced ones are left. About linear in
/// the samples.
std::optional<SkartBatching> skart_batching(std::span<const double> series);

/// G: the quantile of a t statistic as Willink adjusts it for skewed samples ("A confidence
/// interval and test for the mean of an asymmetric distribution", Communications in Statistics 34,
/// 2005); `beta` is their skewness over 6 sqrt(count). The identity for beta = 0.
double skewness_adjusted(double t, double beta);

/// Steps 6 and 7: the mean of the batches with its interval. Fewer than ten spaced batches and very
/// skewed samples are doubted.
Estimate n_skart(const SkartBatching& found, Probability confidence = kUsualConfidence);

}  // namespace weir::analysis
