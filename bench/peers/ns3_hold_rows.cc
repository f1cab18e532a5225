/// B1 on the schedulers of ns-3, beside std::priority_queue: the same events in the same order.

#include <string>

#include "bench/agenda/hold.h"
#include "bench/harness/compare.h"
#include "bench/peers/catalogue.h"
#include "bench/peers/ns3.h"

namespace weir::bench::peers {
namespace {

struct Peer {
  Ns3Scheduler scheduler;
  std::uint64_t most;  // pending: with more, its segments would take minutes
};
constexpr Peer kPeers[] = {
    {Ns3Scheduler::map, 1'000'000},
    {Ns3Scheduler::heap, 1'000'000},
    {Ns3Scheduler::priority_queue, 1'000'000},
    {Ns3Scheduler::calendar, 10'000},
    {Ns3Scheduler::list, 100},
};

constexpr std::uint64_t kSizes[] = {100, 10'000, 1'000'000};

Measurement measure(Ns3Scheduler scheduler, const Load& load) {
  const MakeSide peer = ns3_hold(scheduler, load);
  if (!peer) return {.unavailable = "package libns3-dev"};
  return compare({.measured = peer, .reference = queue_hold(load, load.n)}, load);
}  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): std::function owns what it was given

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const Peer& peer : kPeers)
    for (const std::uint64_t n : kSizes)
      if (n <= peer.most)
        all.push_back({.work = "B1 hold, exponential, ns-3 " + std::string(name_of(peer.scheduler)),
                       .n = n,
                       .occasion = Occasion::peers,
                       .measure = [scheduler = peer.scheduler](const Load& load) {
                         return measure(scheduler, load);
                       }});
  return all;
}

}  // namespace

extern const Workload ns3_hold_rows;
constinit const Workload ns3_hold_rows{rows};

}  // namespace weir::bench::peers
