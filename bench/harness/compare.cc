#include "bench/harness/compare.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/harness/one_core.h"

namespace weir::bench {
namespace {

/// Takes what Google Benchmark measured, and prints nothing.
class LastRun : public benchmark::BenchmarkReporter {
 public:
  explicit LastRun(Clock clock) : clock_(clock) {}

  double seconds() const { return seconds_; }

 private:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    const Run& run = runs.front();
    seconds_ = clock_ == Clock::wall ? run.real_accumulated_time : run.cpu_accumulated_time;
  }

  Clock clock_;
  double seconds_ = 0;
};

/// A side and what its segments took.
class Timed {
 public:
  Timed(const MakeSide& make, Clock clock) : side_(make()), clock_(clock) {}

  Side& side() { return *side_; }
  double ns() const { return median(ns_); }

  void time_segment() {
    Segment done{};
    std::exception_ptr thrown;
    benchmark::ClearRegisteredBenchmarks();
    benchmark::RegisterBenchmark("segment", [&](benchmark::State& state) {
      for (auto _ : state) {
        try {
          done = side_->segment();
        } catch (...) {
          thrown = std::current_exception();
        }
      }
    })->Iterations(1);
    LastRun run(clock_);
    benchmark::RunSpecifiedBenchmarks(&run, "segment");
    if (thrown) std::rethrow_exception(thrown);
    ns_.push_back(1e9 * done.seconds.value_or(run.seconds()) / static_cast<double>(done.units));
  }

 private:
  std::unique_ptr<Side> side_;
  Clock clock_;
  std::vector<double> ns_;
};

/// What another side comes to by as many segments.
std::uint64_t expected_fingerprint(const MakeSide& make, int segments) {
  const std::unique_ptr<Side> side = make();
  side->warm();
  for (int i = 0; i < segments; ++i) side->segment();
  return side->fingerprint();
}

std::string differing(std::uint64_t found, std::uint64_t expected) {
  if (found == expected) return {};
  return fmt::format("the fingerprint is {:016x}, not {:016x}", found, expected);
}

}  // namespace

Measurement compare(const Comparison& comparison, const Load& load) {
  std::optional<OneCore> pinned;
  if (comparison.clock == Clock::thread) pinned.emplace();
  std::optional<Timed> measured(std::in_place, comparison.measured, comparison.clock);
  measured->side().warm();
  std::optional<Timed> reference(std::in_place, comparison.reference, comparison.clock);
  reference->side().warm();
  std::vector<std::uint64_t> fingerprints;  // after each segment
  for (int i = 0; i < load.segments; ++i) {
    measured->time_segment();
    fingerprints.push_back(measured->side().fingerprint());
    reference->time_segment();
  }

  Measurement found{.ns = measured->ns(), .reference_ns = reference->ns()};
  found.ratio = *found.ns / *found.reference_ns;
  found.figures = measured->side().figures();
  found.problem = measured->side().problem();
  measured.reset();
  if (comparison.checked_by == Witness::itself || !found.problem.empty()) return found;
  if (comparison.checked_by == Witness::reference) {
    found.problem = differing(fingerprints.back(), reference->side().fingerprint());
  } else {
    reference.reset();
    fingerprints.resize(std::min<std::size_t>(fingerprints.size(), kWitnessed));
    found.problem =
        differing(fingerprints.back(),
                  expected_fingerprint(comparison.witness, static_cast<int>(fingerprints.size())));
  }
  return found;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

}  // namespace weir::bench
