/// B1, exponential: the hold model beside std::priority_queue, from 10^2 to 10^7 pending.

#include "bench/agenda/hold.h"

#include "bench/agenda/catalogue.h"
#include "bench/harness/compare.h"

namespace weir::bench::agenda {
namespace {

struct Size {
  std::uint64_t n;
  Limits limits;
};
constexpr Size kSizes[] = {
    {100, {0.40, 0.33}},     {1'000, {0.33, 0.26}},     {10'000, {0.27, 0.20}},
    {100'000, {0.17, 0.13}}, {1'000'000, {0.12, 0.09}}, {10'000'000, {0.10, 0.075}},
};

template <class Increments>
Measurement measure(const Load& load, const Increments& increments) {
  return compare({.measured = side<Hold<Kernel<HoldEvent>, Increments>>(load, increments),
                  .reference = side<Hold<HeapKernel<HoldEvent>, Increments>>(load, increments)},
                 load);
}

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const Size& size : kSizes) {
    all.push_back(
        {.work = "B1 hold, exponential",
         .n = size.n,
         .limits = size.limits,
         .measure = [](const Load& load) { return measure(load, DrawnBefore(kExponential)); }});
    all.push_back({.work = "B1 hold, exponential, drawn inside",
                   .n = size.n,
                   .occasion = size.n > 1'000'000 ? Occasion::full : Occasion::always,
                   .measure = [](const Load& load) { return measure(load, DrawnInside()); }});
  }
  return all;
}

}  // namespace

extern const Workload hold;
constinit const Workload hold{rows};

}  // namespace weir::bench::agenda
