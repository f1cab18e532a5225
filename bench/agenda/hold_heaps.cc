/// B1, exponential, on heaps that others ship: Boost's, beside std::priority_queue.

#include <boost/heap/d_ary_heap.hpp>
#include <boost/heap/fibonacci_heap.hpp>
#include <boost/heap/pairing_heap.hpp>
#include <fmt/format.h>

#include "bench/agenda/catalogue.h"
#include "bench/agenda/hold.h"
#include "bench/harness/compare.h"

namespace weir::bench::agenda {
namespace {

using Entry = HeapEntry<HoldEvent>;

template <class Heap>
Measurement measure(const Load& load) {
  const DrawnBefore increments(kExponential);
  return compare(
      {.measured = side<Hold<HeapKernel<HoldEvent, Heap>, DrawnBefore>>(load, increments),
       .reference = side<QueueHold>(load, increments)},
      load);
}

struct Peer {
  std::string_view name;
  Measurement (*measure)(const Load&);
};
constexpr Peer kPeers[] = {
    {"d-ary heap, 4", measure<boost::heap::d_ary_heap<Entry, boost::heap::arity<4>>>},
    {"pairing heap", measure<boost::heap::pairing_heap<Entry>>},
    {"Fibonacci heap", measure<boost::heap::fibonacci_heap<Entry>>},
};

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const Peer& peer : kPeers)
    for (const std::uint64_t n : {100U, 10'000U, 1'000'000U})
      all.push_back({.work = fmt::format("B1 hold, exponential: Boost {}", peer.name),
                     .n = n,
                     .occasion = n < 1'000'000 ? Occasion::always : Occasion::full,
                     .measure = peer.measure});
  return all;
}

}  // namespace

extern const Workload hold_heaps;
constinit const Workload hold_heaps{rows};

}  // namespace weir::bench::agenda
