#include "analysis/estimate/steady.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "analysis/estimate/batch_means.h"
#include "analysis/estimate/batching.h"
#include "analysis/estimate/n_skart.h"
#include "analysis/estimate/quantile.h"
#include "analysis/estimate/truncation.h"

namespace weir::analysis {
namespace {

constexpr std::size_t kUsualBatches = 20;

bool load_varies(const LongRun& run) { return run.cycle > 1; }

// MSER-5, over whole cycles where the load has them.
std::variant<std::size_t, Refusal> find_transient(const LongRun& run) {
  if (run.cycle == 0) throw std::domain_error("a cycle is at least one sample");
  if (run.regime == Regime::terminating) return Refusal::terminating_run;
  const std::size_t cycles = (kMserBatch + run.cycle - 1) / run.cycle;
  const auto transient = transient_length(run.series, cycles * run.cycle);
  if (!transient) return Refusal::run_longer;
  return *transient;
}

// What remains, cut at the front to whole batches: about kUsualBatches, or fewer of one cycle each.
struct Stretch {
  std::span<const double> series;
  std::size_t batch_length = 0;
  std::size_t batches = 0;
};

Stretch stretch_after(const LongRun& run, std::size_t transient) {
  const std::span<const double> rest = run.series.subspan(transient);
  const std::size_t usual = batch_length(rest.size(), kUsualBatches, run.cycle);
  const std::size_t length = std::max(usual, run.cycle);
  const std::size_t batches = rest.size() / length;
  return {.series = rest.last(batches * length), .batch_length = length, .batches = batches};
}

// N-Skart does not see that it passed its test by luck, as it does in runs that are too short.
bool remembers_long(const Stretch& stretch) {
  const SteadyMean check = corrected_batch_means(stretch.series, stretch.batch_length);
  return check.estimate.doubted_for(Doubt::long_memory);
}

SteadyAnswer answer_from(const LongRun& run, std::size_t transient, const Stretch& stretch,
                         Estimate estimate) {
  return SteadyEstimate{.estimate = std::move(estimate),
                        .transient = transient,
                        .left_out = run.series.size() - stretch.series.size(),
                        .batch_length = stretch.batch_length};
}

SteadyAnswer skart_answer(const LongRun& run, std::size_t transient, Probability confidence) {
  const auto found = skart_batching(run.series);
  if (!found) return Refusal::run_longer;
  SteadyEstimate answer{.estimate = n_skart(*found, confidence),
                        .transient = transient,
                        .left_out = found->batching.skipped,
                        .batch_length = found->batching.length};
  if (remembers_long(stretch_after(run, transient))) {
    answer.estimate.doubts.push_back(Doubt::long_memory);
  }
  return answer;
}

}  // namespace

SteadyAnswer estimate_steady_mean(const LongRun& run, Probability confidence) {
  const auto found = find_transient(run);
  if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const std::size_t transient = std::get<std::size_t>(found);
  if (!load_varies(run) && run.series.size() >= kSkartBatches) {
    return skart_answer(run, transient, confidence);
  }
  const Stretch stretch = stretch_after(run, transient);
  return answer_from(
      run, transient, stretch,
      corrected_batch_means(stretch.series, stretch.batch_length, confidence).estimate);
}

SteadyAnswer estimate_steady_quantile(const LongRun& run, double p, Probability confidence) {
  const auto found = find_transient(run);
  if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const std::size_t transient = std::get<std::size_t>(found);
  const Stretch stretch = stretch_after(run, transient);
  return answer_from(run, transient, stretch,
                     sectioned_quantile(stretch.series, p, stretch.batches, confidence));
}

}  // namespace weir::analysis
