#pragma once
/// One long run under a constant load: which method is used, chosen here and nowhere else.
///
/// The transient is found by MSER-5 and left out. The mean is then N-Skart's where the load does
/// not vary and there are kSkartBatches samples; else that of corrected batch means, with about
/// twenty batches of whole cycles. A quantile comes by sectioning, in whole cycles too. Where a
/// method says that the run is too short, so does the answer.

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>

#include "analysis/estimate/estimate.h"

namespace weir::analysis {

/// What kind of question a run answers.
enum class Regime : std::uint8_t {
  terminating,    // it starts cold and ends, as a warm-up plan does
  constant_load,  // it is a stretch of something that goes on for ever
};

/// One run: samples at equal distances, or one of each customer in turn.
struct LongRun {
  std::span<const double> series;
  Regime regime = Regime::constant_load;
  std::size_t cycle = 1;  // samples until the load repeats (a day), > 0; 1: it does not vary
};

/// Why there is no estimate.
enum class Refusal : std::uint8_t {
  terminating_run,  // it has no steady state: what would be cut off is part of the question
  run_longer,       // the transient may not have ended, or no batches seem independent
};

/// An estimate, and what of the run it rests on.
struct SteadyEstimate {
  Estimate estimate;             // names its method and what to doubt
  std::size_t transient = 0;     // samples that MSER-5 would cut off; N-Skart finds its own cut
  std::size_t left_out = 0;      // samples at the front not used, for this or for filling no batch
  std::size_t batch_length = 0;  // samples, a whole number of cycles
};

using SteadyAnswer = std::variant<SteadyEstimate, Refusal>;

/// The mean over the steady state. Throws std::domain_error for a cycle of 0 or a confidence
/// outside (0, 1).
SteadyAnswer estimate_steady_mean(const LongRun& run, Probability confidence = kUsualConfidence);

/// The p-quantile over the steady state, p in (0, 1) (std::domain_error); else as the mean.
SteadyAnswer estimate_steady_quantile(const LongRun& run, double p,
                                      Probability confidence = kUsualConfidence);

}  // namespace weir::analysis
