#pragma once
/// What an estimate says besides its value: an interval, how it was found, and what to doubt.
///
/// Doubts are data: whoever prints an estimate puts them into words, once for all methods.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "analysis/interval.h"

namespace weir::analysis {

/// How an estimate was found.
enum class Method : std::uint8_t {
  replications,             // Student's t over independent runs
  batch_means,              // Student's t over adjacent batches of one run
  corrected_batch_means,    // the same, widened for a first-order autoregression of the batches
  overlapping_batch_means,  // all batches of one length, each start
  n_skart,                  // batch means corrected for correlation and skewness
  order_statistics,         // binomial ranks of independent samples
  sectioning,               // Student's t over sections of dependent samples
  paired_difference,        // Student's t over differences of paired runs
  random_effects,           // analysis of variance of equal groups
  paired_shares,            // Tango's score over paired hits
};

/// An assumption of the method that the data do not bear out.
enum class Doubt : std::uint8_t {
  few_samples,           // too few for the method to promise its confidence
  few_batches,           // below kFewestBatches
  correlated_batches,    // von Neumann's test finds the batches dependent
  long_memory,           // of the process, against the batches, sections or run
  correction_at_limit,   // the correlation of the batches exceeds what the correction covers
  leftover_samples,      // the first samples fill no batch and were left out
  skewed_samples,        // skewness beyond what the correction is meant for
  negative_variance,     // a variance was estimated below 0 and is reported as 0
  precision_not_reached  // the cap on the number of replications came first
};

/// A value, how sure it is, and why one might doubt that.
struct Estimate {
  double value = 0.0;
  Interval interval;
  Probability confidence = kUsualConfidence;
  Method method = Method::replications;
  std::vector<Doubt> doubts;  // each at most once; empty when the assumptions seem to hold

  bool doubted_for(Doubt doubt) const { return std::ranges::count(doubts, doubt) > 0; }
};

}  // namespace weir::analysis
