#include "analysis/estimate/words.h"

#include <stdexcept>

namespace weir::analysis {

std::string_view words_for(Method method) {
  switch (method) {
    case Method::replications:
      return "Student's t over independent replications";
    case Method::batch_means:
      return "Student's t over batch means";
    case Method::corrected_batch_means:
      return "batch means corrected for their autocorrelation";
    case Method::overlapping_batch_means:
      return "overlapping batch means";
    case Method::n_skart:
      return "N-Skart: batch means corrected for correlation and skewness";
    case Method::order_statistics:
      return "order statistics of independent samples";
    case Method::sectioning:
      return "sectioning: Student's t over sections of the run";
    case Method::paired_difference:
      return "Student's t over paired differences";
    case Method::random_effects:
      return "analysis of variance with random groups";
    case Method::paired_shares:
      return "Tango's score over paired hits";
  }
  throw std::logic_error("a method without words");
}

std::string_view words_for(Doubt doubt) {
  switch (doubt) {
    case Doubt::few_samples:
      return "too few samples for the method to promise its confidence";
    case Doubt::few_batches:
      return "fewer than ten batches: a longer run would be surer";
    case Doubt::correlated_batches:
      return "the batches depend on each other, so that the interval may be too short: run longer";
    case Doubt::long_memory:
      return "the process remembers for long against the length of the run, so that the interval "
             "may be too short: run longer";
    case Doubt::correction_at_limit:
      return "the batches depend on each other more than the correction covers: run longer";
    case Doubt::leftover_samples:
      return "the first samples fill no batch and were left out";
    case Doubt::skewed_samples:
      return "the samples are more skewed than the correction is meant for";
    case Doubt::negative_variance:
      return "a variance was estimated below 0 and is given as 0";
    case Doubt::precision_not_reached:
      return "the precision asked for was not reached within the replications allowed";
  }
  throw std::logic_error("a doubt without words");
}

std::string_view words_for(Refusal refusal) {
  switch (refusal) {
    case Refusal::terminating_run:
      return "the run starts cold and ends, and its beginning is part of the question: no "
             "transient "
             "is cut off it; use replications";
    case Refusal::run_longer:
      return "the run is too short to tell its transient from its steady state: run longer";
  }
  throw std::logic_error("a refusal without words");
}

}  // namespace weir::analysis
