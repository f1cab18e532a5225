#pragma once
/// A kernel on one of ns-3's schedulers: pending events alone, without its simulator.
///
/// An event travels as the context of ns-3's key, which its schedulers carry and do not look at.
/// They order by {time stamp, uid}, as weir does by {instant, number}; a uid has 32 bits.

#include <bit>
#include <cstdint>

#include <ns3/object.h>
#include <ns3/scheduler.h>

#include "sim/quantity.h"

namespace weir::bench::peers {

template <class Event, class Scheduler>
class Ns3Kernel {
  static_assert(sizeof(Event) == sizeof(std::uint32_t));

 public:
  SimTime now() const { return now_; }

  void in(Duration delay, const Event& event) {
    const auto when = static_cast<std::uint64_t>((now_ + delay).time_since_epoch().count());
    scheduler_->Insert({nullptr, {when, uid_++, std::bit_cast<std::uint32_t>(event)}});
  }

  /// Runs the next event whenever it is due: `end` is ignored, since a look at it costs extra here.
  template <class Handler>
  bool step(SimTime /*end*/, Handler&& handle) {
    if (scheduler_->IsEmpty()) return false;
    const ns3::Scheduler::EventKey first = scheduler_->RemoveNext().key;
    now_ = SimTime{Duration{static_cast<Duration::rep>(first.m_ts)}};
    handle(std::bit_cast<Event>(first.m_context));
    return true;
  }

 private:
  SimTime now_{};
  std::uint32_t uid_ = 0;
  ns3::Ptr<ns3::Scheduler> scheduler_ = ns3::CreateObject<Scheduler>();
};

}  // namespace weir::bench::peers
