#include "experiments/run/profile.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace weir::experiments {
namespace {

/// The time of all events of a kind, with its uncertainty.
struct TimeEstimate {
  double total = 0;  // ns
  double variance = 0;
  std::uint64_t measured = 0;
  std::uint64_t left_out = 0;

  void add(const TimeEstimate& other) {
    total += other.total;
    variance += other.variance;
    measured += other.measured;
    left_out += other.left_out;
  }
};

/// The first bin of durations that no event can have had: a thousand times as long as is usual for
/// its kind, and over 64 us. The system had given the processor to somebody else.
std::size_t first_interrupted(const DurationSample& sample) {
  constexpr std::size_t kThousandfold = 10, kLong = 17;
  std::uint64_t all = 0;
  for (const DurationSample::Bin& bin : sample.bins()) all += bin.count;
  std::uint64_t below = 0;
  std::size_t median = 0;
  for (; median < DurationSample::kBins; ++median) {
    below += sample.bins()[median].count;
    if (2 * below >= all) break;
  }
  return std::min(std::max(median + kThousandfold + 1, kLong), DurationSample::kBins);
}

/// From what was measured of `population` events.
TimeEstimate estimate_of(const DurationSample& sample, std::uint64_t population) {
  DurationSample::Bin kept;
  TimeEstimate estimate;
  const std::size_t end = first_interrupted(sample);
  for (std::size_t i = 0; i < DurationSample::kBins; ++i) {
    const DurationSample::Bin& bin = sample.bins()[i];
    estimate.measured += bin.count;
    if (i >= end) {
      estimate.left_out += bin.count;
      continue;
    }
    kept.count += bin.count;
    kept.sum += bin.sum;
    kept.squares += bin.squares;
  }
  if (kept.count == 0) return estimate;
  const auto n = static_cast<double>(kept.count);
  const auto all = static_cast<double>(population);
  const double mean = kept.sum / n;
  // Of one alone nothing is known but that durations spread about as widely as they are long.
  const double spread =
      kept.count == 1 ? mean * mean : std::max(0.0, kept.squares - n * mean * mean) / (n - 1);
  estimate.total = all * mean;
  estimate.variance = all * all * spread / n * std::max(0.0, 1 - n / all);
  return estimate;
}

TimeEstimate estimate_of(const KindProfile& kind) {
  const std::uint64_t first = std::min(kind.count, EventProfile::kMeasuredFirst);
  TimeEstimate estimate = estimate_of(kind.first, first);
  if (kind.count == first) return estimate;
  TimeEstimate later = estimate_of(kind.later, kind.count - first);
  if (later.measured == later.left_out) {
    later = estimate_of(kind.first, kind.count - first);
    later.measured = later.left_out = 0;
  }
  estimate.add(later);
  return estimate;
}

TimeFigures time_figures(const TimeEstimate& of, const TimeEstimate& all, std::uint64_t count) {
  constexpr double kSure = 1.96;  // standard errors
  if (all.total <= 0) return {};
  const double share = of.total / all.total;
  const double others = all.variance - of.variance;
  const double variance =
      (1 - share) * (1 - share) * of.variance + share * share * std::max(0.0, others);
  return {.share = share,
          .margin = kSure * std::sqrt(variance) / all.total,
          .ns = of.total / static_cast<double>(count)};
}

}  // namespace

ProfileFigures figures_of(const EventProfile& profile) {
  ProfileFigures figures;
  const auto kinds = profile.kinds();
  std::vector<TimeEstimate> estimates;
  for (const KindProfile& kind : kinds) {
    figures.events += kind.count;
    figures.ties += kind.ties;
    estimates.push_back(estimate_of(kind));
  }
  const TimeEstimate agenda = estimate_of(profile.taking(), figures.events);
  TimeEstimate all = agenda;
  for (const TimeEstimate& estimate : estimates) {
    all.add(estimate);
    figures.measured += estimate.measured;
    figures.left_out += estimate.left_out;
  }
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i].count == 0) continue;
    figures.kinds.push_back({.name = kEventNames[i],
                             .count = kinds[i].count,
                             .ties = kinds[i].ties,
                             .time = time_figures(estimates[i], all, kinds[i].count)});
  }
  std::stable_sort(figures.kinds.begin(), figures.kinds.end(),
                   [](const auto& a, const auto& b) { return a.time.share > b.time.share; });
  if (figures.events > 0) figures.agenda = time_figures(agenda, all, figures.events);
  return figures;
}

std::uint64_t wall_nanoseconds() {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(
                                        std::chrono::steady_clock::now().time_since_epoch())
                                        .count());
}

}  // namespace weir::experiments
