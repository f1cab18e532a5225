#include "bench/peers/ns3.h"

#include <ns3/calendar-scheduler.h>
#include <ns3/heap-scheduler.h>
#include <ns3/list-scheduler.h>
#include <ns3/map-scheduler.h>
#include <ns3/priority-queue-scheduler.h>

#include "bench/agenda/hold.h"
#include "bench/peers/ns3_kernel.h"

namespace weir::bench::peers {
namespace {

template <class Scheduler>
MakeSide hold_on(const Load& load) {
  return side<Hold<Ns3Kernel<HoldEvent, Scheduler>, DrawnBefore>>(load, DrawnBefore(kExponential));
}

}  // namespace

MakeSide ns3_hold(Ns3Scheduler scheduler, const Load& load) {
  switch (scheduler) {
    case Ns3Scheduler::map:
      return hold_on<ns3::MapScheduler>(load);
    case Ns3Scheduler::heap:
      return hold_on<ns3::HeapScheduler>(load);
    case Ns3Scheduler::priority_queue:
      return hold_on<ns3::PriorityQueueScheduler>(load);
    case Ns3Scheduler::calendar:
      return hold_on<ns3::CalendarScheduler>(load);
    case Ns3Scheduler::list:
      return hold_on<ns3::ListScheduler>(load);
  }
  return {};
}

}  // namespace weir::bench::peers
