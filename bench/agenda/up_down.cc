/// B2: an agenda that grows and shrinks. "Up and down" schedules n events and runs them all; the
/// random walk schedules with chance 2/3 until n are pending, then 1/3 until none is. (A fair walk
/// would take n^2 steps.) The unit is one event, scheduled and run.

#include <algorithm>
#include <utility>

#include "bench/agenda/catalogue.h"
#include "bench/agenda/increments.h"
#include "bench/harness/compare.h"
#include "bench/harness/running_sum.h"
#include "bench/reference/heap_kernel.h"
#include "sim/kernel.h"

namespace weir::bench::agenda {
namespace {

struct Event {
  std::uint32_t number;
};

/// An agenda that is filled and emptied, by what `Course` makes of it.
template <class Kernel, class Course>
class UpDown final : public Side {
 public:
  explicit UpDown(const Load& load)
      : n_(load.n), times_(std::max<std::uint64_t>(1, load.units(1'000'000) / load.n)) {}

  Segment segment() override {
    const std::uint64_t before = run_;
    for (std::uint64_t i = 0; i < times_; ++i) Course::up_and_down(*this, n_);
    return {run_ - before};
  }
  std::uint64_t fingerprint() const override { return sum_.value(); }

  std::size_t pending() const { return kernel_.pending(); }
  void schedule() { kernel_.in(increments_(), Event{scheduled_++}); }
  void run_one() {
    kernel_.step(kNever, [this](Event event) {
      sum_.fold(static_cast<std::uint64_t>(kernel_.now().time_since_epoch().count()));
      sum_.fold(event.number);
      ++run_;
    });
  }
  bool happens(double chance) { return static_cast<double>(random_()) < chance * 0x1.0p64; }

 private:
  Kernel kernel_;
  DrawnBefore increments_{kExponential};
  Xoshiro256 random_{2};
  std::uint64_t n_;
  std::uint64_t times_;
  std::uint32_t scheduled_ = 0;
  std::uint64_t run_ = 0;
  RunningSum sum_;
};

struct Straight {
  static void up_and_down(auto& agenda, std::uint64_t n) {
    for (std::uint64_t i = 0; i < n; ++i) agenda.schedule();
    for (std::uint64_t i = 0; i < n; ++i) agenda.run_one();
  }
};

struct Walk {
  static void up_and_down(auto& agenda, std::uint64_t n) {
    while (agenda.pending() < n) step(agenda, 2.0 / 3);
    while (agenda.pending() > 0) step(agenda, 1.0 / 3);
  }
  static void step(auto& agenda, double chance_of_scheduling) {
    if (agenda.pending() == 0 || agenda.happens(chance_of_scheduling)) {
      agenda.schedule();
    } else {
      agenda.run_one();
    }
  }
};

template <class Course>
Measurement measure(const Load& load) {
  return compare({.measured = side<UpDown<Kernel<Event>, Course>>(load),
                  .reference = side<UpDown<HeapKernel<Event>, Course>>(load)},
                 load);
}

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const std::uint64_t n : {10'000U, 1'000'000U}) {
    all.push_back({.work = "B2 up and down", .n = n, .measure = measure<Straight>});
    all.push_back({.work = "B2 random walk up and down", .n = n, .measure = measure<Walk>});
  }
  return all;
}

}  // namespace

extern const Workload up_down;
constinit const Workload up_down{rows};

}  // namespace weir::bench::agenda
