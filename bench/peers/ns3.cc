#include "bench/peers/ns3.h"

#include <string>

#include <ns3/calendar-scheduler.h>
#include <ns3/heap-scheduler.h>
#include <ns3/list-scheduler.h>
#include <ns3/map-scheduler.h>
#include <ns3/nstime.h>
#include <ns3/object-factory.h>
#include <ns3/priority-queue-scheduler.h>
#include <ns3/simulator.h>

#include "bench/agenda/hold.h"
#include "bench/model/waiting_line.h"
#include "bench/peers/ns3_kernel.h"

namespace weir::bench::peers {
namespace {

template <class Scheduler>
MakeSide hold_on(const Load& load) {
  return side<Hold<Ns3Kernel<HoldEvent, Scheduler>, DrawnBefore>>(load, DrawnBefore(kExponential));
}

std::string type_of(Ns3Scheduler scheduler) {
  constexpr std::array<const char*, kNs3Schedulers.size()> kTypes{
      "ns3::MapScheduler", "ns3::HeapScheduler", "ns3::PriorityQueueScheduler",
      "ns3::CalendarScheduler", "ns3::ListScheduler"};
  return kTypes[static_cast<std::size_t>(scheduler)];
}

/// The same customers as in bench/model/mm1.h, scheduled as a user of ns-3 would.
class SimulatedQueue final : public Side {
 public:
  SimulatedQueue(Ns3Scheduler scheduler, std::uint64_t customers) : customers_(customers) {
    ns3::ObjectFactory factory;
    factory.SetTypeId(type_of(scheduler));
    ns3::Simulator::SetScheduler(factory);
    schedule(chance_.to_next_arrival(0), &SimulatedQueue::arrive);
  }
  SimulatedQueue(const SimulatedQueue&) = delete;
  SimulatedQueue& operator=(const SimulatedQueue&) = delete;
  ~SimulatedQueue() override { ns3::Simulator::Destroy(); }

  Segment segment() override {
    until_ = times_.customers + customers_;
    ns3::Simulator::Run();
    return {customers_};
  }
  std::uint64_t fingerprint() const override {
    return static_cast<std::uint64_t>(times_.sum.count());
  }
  std::string problem() const override { return times_.problem(); }
  std::vector<Figure> figures() const override {
    return {{"mean time in system", times_.mean(), "s, expected 10"}};
  }

 private:
  void schedule(Duration delay, void (SimulatedQueue::*what)()) {
    ns3::Simulator::Schedule(ns3::NanoSeconds(static_cast<std::uint64_t>(delay.count())), what,
                             this);
  }
  static SimTime now() { return SimTime{Duration{ns3::Simulator::Now().GetNanoSeconds()}}; }

  void arrive() {
    if (line_.empty()) begin_service();
    line_.arrive(now());
    schedule(chance_.to_next_arrival(0), &SimulatedQueue::arrive);
  }
  void depart() {
    times_.add(now() - line_.leave());
    if (!line_.empty()) begin_service();
    if (times_.customers == until_) ns3::Simulator::Stop();
  }
  void begin_service() { schedule(chance_.service(0), &SimulatedQueue::depart); }

  std::uint64_t customers_;
  std::uint64_t until_ = 0;
  model::SmallChance chance_;
  model::WaitingLine line_;
  model::TimesInSystem times_;
};

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

MakeSide ns3_mm1(Ns3Scheduler scheduler, const Load& load) {
  return side<SimulatedQueue>(scheduler, load.n);
}

}  // namespace weir::bench::peers
