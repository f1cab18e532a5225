#include "experiments/run/replicate.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include <sched.h>

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

/// The runs of all variants, taken by workers one at a time.
class Batch {
 public:
  Batch(const std::vector<Variant>& variants, const ReplicateOptions& options)
      : variants_(variants), options_(options), cells_(variants.size()) {
    for (auto& cells : cells_) cells.resize(options.replications);
    delays_.assign(variants.size(), analysis::Sketch(kDelayAccuracy));
    report_delays_ = delays_;
    for (const Variant& variant : variants) {
      Problems problems;
      dependences_.push_back(read_dependence(variant.root, problems));
    }
  }

  void work() {
    const std::uint64_t total = variants_.size() * options_.replications;
    for (std::uint64_t i = next_++; i < total && !stop_requested(); i = next_++) try {
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
    const std::size_t finished = finished_by_all();
    std::vector<VariantFigures> all;
    for (std::size_t v = 0; v < variants_.size(); ++v) {
      VariantFigures& figures = all.emplace_back();
      figures.name = variants_[v].name;
      figures.delay = delays_[v];
      figures.report_delay = report_delays_[v];
      figures.complete = finished == options_.replications;
      Fingerprint combined;
      for (std::size_t r = 0; r < finished; ++r) {
        combined.fold(SimTime{}, 0, cells_[v][r]->fingerprint);
        figures.receivers.push_back(*cells_[v][r]);
      }
      figures.fingerprint = combined.value();
    }
    return all;
  }

 private:
  void run(std::size_t variant, std::uint64_t receiver, std::uint64_t total) {
    const Summary summary = simulate_receiver(variants_[variant].root, dependences_[variant],
                                              {options_.seed, receiver, 0});
    if (summary.interrupted) return;
    const std::lock_guard lock(mutex_);
    cells_[variant][receiver] = figures_of(summary);
    delays_[variant].merge(summary.delay_sketch);
    report_delays_[variant].merge(summary.report_delay);
    ++done_;
    if (options_.progress) options_.progress(done_, total);
  }

  std::size_t finished_by_all() const {
    std::size_t finished = 0;
    const auto has_next = [&](const auto& cells) {
      return finished < cells.size() && cells[finished].has_value();
    };
    while (std::all_of(cells_.begin(), cells_.end(), has_next)) ++finished;
    return finished;
  }

  const std::vector<Variant>& variants_;
  const ReplicateOptions& options_;
  std::vector<Dependence> dependences_;
  std::atomic<std::uint64_t> next_ = 0;
  std::mutex mutex_;
  std::uint64_t done_ = 0;
  std::vector<std::vector<std::optional<ReceiverFigures>>> cells_;
  std::vector<analysis::Sketch> delays_;
  std::vector<analysis::Sketch> report_delays_;
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

unsigned allowed_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
}

}  // namespace weir::experiments
