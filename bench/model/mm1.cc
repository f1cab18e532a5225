/// B5: M/M/1, a customer. weir's has its fingerprint on, and every event could be cancelled; it is
/// measured by the same model with two clock variables, no agenda and no fingerprint. All loops but
/// one draw from xoshiro256++ by Boost's ziggurat; the other draws as weir's models do.

#include "bench/model/mm1.h"

#include "bench/harness/compare.h"
#include "bench/model/catalogue.h"
#include "bench/model/mm1_without_agenda.h"
#include "bench/reference/heap_kernel.h"
#include "sim/kernel.h"

namespace weir::bench::model {
namespace {

template <class Event>
using PriorityQueue = HeapKernel<Event>;

using Weir = Customers<OnKernel<Kernel, SmallChance>>;
using WeirKeyed = Customers<OnKernel<Kernel, KeyedChance>>;
using Plain = Customers<TwoClocks<NoFolding>>;
using Folded = Customers<TwoClocks<Folding>>;

/// Beside two plain clocks; what was folded is checked by another that folds.
template <class Measured, class Checking>
Measurement beside_plain(const Load& load) {
  return compare({.measured = side<Measured>(load),
                  .reference = side<Plain>(load),
                  .checked_by = Witness::apart,
                  .witness = side<Checking>(load)},
                 load);
}

/// The reference comes to the same.
template <class Measured, class Reference>
Measurement beside_equal(const Load& load) {
  return compare({.measured = side<Measured>(load), .reference = side<Reference>(load)}, load);
}

Row row(std::string work, Measurement (*measure)(const Load&), Limits limits = {}) {
  return {.work = std::move(work),
          .n = 1'000'000,
          .limits = limits,
          .tiny_n = 1'000,
          .measure = measure};
}

std::vector<Row> rows() {
  using Queue = Customers<OnKernel<PriorityQueue, SmallChance>>;
  using QueueKeyed = Customers<OnKernel<PriorityQueue, KeyedChance>>;
  return {
      row("B5 M/M/1 (reference: two clocks)", beside_plain<Weir, Folded>, {1.5, 1.25}),
      row("B5 M/M/1 (reference: two clocks, fingerprint)", beside_equal<Weir, Folded>),
      row("B5 M/M/1, weir's default streams", beside_plain<WeirKeyed, QueueKeyed>),
      row("B5 M/M/1 on std::priority_queue", beside_plain<Queue, Folded>),
      row("B5 M/M/1, Lindley's recursion", beside_equal<Customers<Lindley>, Plain>),
  };
}

}  // namespace

extern const Workload mm1;
constinit const Workload mm1{rows};

}  // namespace weir::bench::model
