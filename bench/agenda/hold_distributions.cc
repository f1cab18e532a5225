/// B1, other distributions of the increments: beside weir's own exponential row of the same size,
/// so that no kind of traffic is dear. std::priority_queue checks the order.

#include <fmt/format.h>

#include "bench/agenda/catalogue.h"
#include "bench/agenda/hold.h"
#include "bench/harness/compare.h"

namespace weir::bench::agenda {
namespace {

Measurement measure(const Load& load, const Distribution& distribution) {
  const DrawnBefore increments(distribution);
  return compare({.measured = side<KernelHold>(load, increments),
                  .reference = side<KernelHold>(load, DrawnBefore(kExponential)),
                  .checked_by = Witness::apart,
                  .witness = side<QueueHold>(load, increments)},
                 load);
}

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const Distribution& distribution : other_distributions())
    for (const std::uint64_t n : {100U, 10'000U, 1'000'000U})
      all.push_back(
          {.work = fmt::format("B1 hold, {} (reference: weir, exponential)", distribution.name),
           .n = n,
           .limits = {1.5, 1.0},
           .measure = [&distribution](const Load& load) { return measure(load, distribution); }});
  return all;
}

}  // namespace

extern const Workload hold_distributions;
constinit const Workload hold_distributions{rows};

}  // namespace weir::bench::agenda
