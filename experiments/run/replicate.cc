#include "experiments/run/replicate.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <map>
#include <mutex>
#include <thread>

#include "experiments/run/interrupt.h"
#include "experiments/run/simulate.h"
#include "sim/fingerprint.h"

namespace weir::experiments {
namespace {

std::uint64_t sum_until(const std::vector<std::uint64_t>& by_day, std::int64_t days) {
  std::uint64_t sum = 0;
  for (std::size_t d = 0; d < by_day.size() && d < static_cast<std::size_t>(days); ++d)
    sum += by_day[d];
  return sum;
}

/// What is kept of a run until all variants have run its receiver.
struct Finished {
  ReceiverFigures figures;
  analysis::Sketch delay;
  analysis::Sketch report_delay;
};

/// The runs of all variants, taken by workers one at a time.
class Batch {
 public:
  Batch(const std::vector<Variant>& variants, const ReplicateOptions& options)
      : variants_(variants), options_(options), waiting_(variants.size()) {
    for (const Variant& variant : variants) {
      Problems problems;
      dependences_.push_back(read_dependence(variant.root, problems));
      VariantFigures& figures = settled_.emplace_back();
      figures.name = variant.name;
      figures.traffics = options.traffics;
    }
  }

  void work() {
    const std::uint64_t total = variants_.size() * runs_of_variant();
    for (std::uint64_t i = next_++; i < total && !over(); i = next_++) try {
        run(i % variants_.size(), i / variants_.size(), total);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
        return;
      }
  }

  /// An interrupted batch gives the receivers, from the first on, that every variant finished, so
  /// that variants can still be compared receiver by receiver.
  std::vector<VariantFigures> results() {
    if (failure_) std::rethrow_exception(failure_);
    for (VariantFigures& variant : settled_) {
      variant.complete = decided_ || variant.receivers.size() == runs_of_variant();
      Fingerprint combined;
      for (const ReceiverFigures& receiver : variant.receivers)
        combined.fold(SimTime{}, 0, receiver.fingerprint);
      variant.fingerprint = combined.value();
    }
    return std::move(settled_);
  }

 private:
  bool over() const { return decided_ || stop_requested(); }

  std::uint64_t runs_of_variant() const { return options_.replications * options_.traffics; }

  void run(std::size_t variant, std::uint64_t number, std::uint64_t total) {
    const Summary summary =
        simulate_receiver(variants_[variant].root, dependences_[variant],
                          {options_.seed, number / options_.traffics, number % options_.traffics});
    if (summary.interrupted) return;
    const std::lock_guard lock(mutex_);
    if (decided_) return;
    waiting_[variant].emplace(
        number, Finished{figures_of(summary), summary.delay_sketch, summary.report_delay});
    while (!decided_ && next_receiver_is_whole()) settle_receiver();
    ++done_;
    if (options_.progress) options_.progress(done_, total);
  }

  bool next_receiver_is_whole() const {
    const std::uint64_t next = settled_.front().receivers.size();
    return std::ranges::all_of(waiting_, [&](const auto& runs) {
      for (std::uint64_t traffic = 0; traffic < options_.traffics; ++traffic)
        if (!runs.contains(next + traffic)) return false;
      return true;
    });
  }

  /// Puts the next receiver to those before it: so the order of workers is forgotten.
  void settle_receiver() {
    for (std::uint64_t traffic = 0; traffic < options_.traffics; ++traffic)
      for (std::size_t v = 0; v < variants_.size(); ++v) {
        const auto run = waiting_[v].extract(settled_[v].receivers.size());
        settled_[v].delay.merge(run.mapped().delay);
        settled_[v].report_delay.merge(run.mapped().report_delay);
        settled_[v].receivers.push_back(run.mapped().figures);
      }
    if (!options_.enough) return;
    std::vector<ReceiverFigures> row;
    for (const VariantFigures& variant : settled_) row.push_back(variant.receivers.back());
    if (options_.enough(row)) decided_ = true;
  }

  const std::vector<Variant>& variants_;
  const ReplicateOptions& options_;
  std::vector<Dependence> dependences_;
  std::atomic<std::uint64_t> next_ = 0;
  std::atomic<bool> decided_ = false;  // written under the mutex
  std::mutex mutex_;
  std::uint64_t done_ = 0;
  std::vector<std::map<std::uint64_t, Finished>> waiting_;  // of each variant, by receiver
  std::vector<VariantFigures> settled_;
  std::exception_ptr failure_;
};

}  // namespace

ReceiverFigures figures_of(const Summary& summary) {
  ReceiverFigures figures;
  figures.fingerprint = summary.fingerprint;
  figures.events = summary.events;
  figures.recipients = summary.recipients;
  figures.report_submitted = summary.sources[summary.report].totals.submitted;
  figures.delivered_by_day = summary.sources[summary.report].delivered_by_day;
  figures.attempts = summary.attempts;
  figures.windows = summary.windows_opened;
  figures.window_hours = summary.window_hours;
  figures.listings = summary.listings;
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const analysis::Sketch& delay = summary.report_delay;
  figures.delay_mean = delay.mean().value_or(kNone);
  figures.delay_p50 = delay.quantile(0.5).value_or(kNone);
  figures.delay_p90 = delay.quantile(0.9).value_or(kNone);
  figures.delay_p99 = delay.quantile(0.99).value_or(kNone);
  double sum = 0;
  int count = 0;
  figures.margin = kNone;
  for (const AddressFigures& address : summary.addresses) {
    if (!address.standing) continue;
    figures.margin = std::fmax(figures.margin, address.standing->margin);
    if (std::isnan(address.standing->reputation)) continue;
    sum += address.standing->reputation;
    ++count;
  }
  figures.reputation_end = count > 0 ? sum / count : kNone;
  return figures;
}

std::uint64_t ReceiverFigures::delivered_by(std::int64_t days) const {
  return sum_until(delivered_by_day, days);
}

double ReceiverFigures::days_until(double wanted) const {
  double before = 0;
  for (std::size_t day = 0; day < delivered_by_day.size(); ++day) {
    const auto delivered = static_cast<double>(delivered_by_day[day]);
    if (delivered > 0 && before + delivered >= wanted)
      return static_cast<double>(day) + std::max(0.0, wanted - before) / delivered;
    before += delivered;
  }
  return std::numeric_limits<double>::infinity();
}

std::vector<VariantFigures> replicate(const std::vector<Variant>& variants,
                                      const ReplicateOptions& options) {
  Batch batch(variants, options);
  std::vector<std::thread> workers;
  for (unsigned i = 1; i < options.jobs; ++i) workers.emplace_back([&] { batch.work(); });
  batch.work();
  for (std::thread& worker : workers) worker.join();
  return batch.results();
}

}  // namespace weir::experiments
