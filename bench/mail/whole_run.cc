/// `warmup-90k` scaled to 10^7 messages, all models and recording on: a message in units of H, and
/// which part of it is whose.
///
/// H is held between parts of the run, so that both see the same machine. Everything from opening
/// the result file to its end counts, on all threads; what building the scenario takes does not.

#include <memory>

#include "bench/agenda/hold.h"
#include "bench/harness/compare.h"
#include "bench/harness/cpu_time.h"
#include "bench/harness/one_core.h"
#include "bench/mail/catalogue.h"
#include "bench/mail/scratch.h"
#include "bench/mail/split.h"
#include "bench/mail/timed_run.h"

namespace weir::bench::mail {
namespace {

/// H, again and again.
class Unit {
 public:
  explicit Unit(const Load& load) : side_(queue_hold(load, kUnitHold)()) { side_->warm(); }

  /// Holds once more; returns the processor time that it took.
  double hold() {
    const double began = thread_cpu_ns();
    const Segment done = side_->segment();
    const double cpu_ns = thread_cpu_ns() - began;
    ns_.push_back(cpu_ns / static_cast<double>(done.units));
    return cpu_ns;
  }
  double ns() const { return median(ns_); }

 private:
  std::unique_ptr<Side> side_;
  std::vector<double> ns_;
};

constexpr int kHoldsInRun = 3;  // so three runs see nine segments of H

Measurement measure(const Load& load) {
  const OneCore pinned;
  const Scratch folder;
  const Simulation simulation = warmup(load.n);
  Unit unit(load);
  std::vector<double> ns;
  Measurement found;
  for (int i = 0; i < (load.segments + kHoldsInRun - 1) / kHoldsInRun; ++i) {
    const TimedRun run =
        run_recorded(simulation, folder.path() / "run.h5",
                     {.times = kHoldsInRun, .cpu_ns = [&] { return unit.hold(); }});
    ns.push_back(run.cpu_ns / static_cast<double>(run.messages()));
    found.problem = simulation.problem(run.summary);
    if (!found.problem.empty()) return found;
  }
  found.ns = median(ns);
  found.reference_ns = unit.ns();
  found.ratio = *found.ns / *found.reference_ns;

  const Split split = split_of(warmup(load.is_tiny ? load.n : load.n / 10), 3);
  const auto part = [&](const char* name, double part_ns) {
    found.figures.push_back({std::string("of a tenth of it, ") + name, part_ns, "ns a message"});
  };
  part("kernel", split.kernel);
  part("chance", split.chance);
  part("models", split.models);
  part("recording", split.recording);
  found.figures.push_back({"recording", 100 * split.recording / split.total(), "% of a message"});
  return found;
}

std::vector<Row> rows() {
  return {{.work = "warmup-90k, all recorded, a message (reference: H)",
           .n = 10'000'000,
           .limits = {4.0, 2.5},
           .tiny_n = 3'000,
           .measure = measure}};
}

}  // namespace

extern const Workload whole_run;
constinit const Workload whole_run{rows};

}  // namespace weir::bench::mail
