#pragma once
/// The reference: a kernel of the same interface on a plain heap of {time, number, event}.
///
/// By default std::priority_queue, which is the denominator of the table; any heap with its
/// interface can stand there. It runs events in the order that weir::Kernel promises, checks
/// nothing and cannot cancel. Models of the benchmarks are templates over the kernel, so that both
/// sides do the same work by the same code.

#include <cstdint>
#include <queue>

#include "sim/quantity.h"

namespace weir::bench {

template <class Event>
struct HeapEntry {
  SimTime when;
  std::uint64_t number;  // of scheduling
  Event event;

  /// Heaps of the standard library have the greatest on top: that is the earliest.
  friend bool operator<(const HeapEntry& a, const HeapEntry& b) {
    return a.when != b.when ? a.when > b.when : a.number > b.number;
  }
};

template <class Event, class Heap = std::priority_queue<HeapEntry<Event>>>
class HeapKernel {
 public:
  SimTime now() const { return now_; }
  std::size_t pending() const { return heap_.size(); }

  void at(SimTime when, const Event& event) { heap_.push({when, number_++, event}); }
  void in(Duration delay, const Event& event) { at(now_ + delay, event); }

  template <class Handler>
  bool step(SimTime end, Handler&& handle) {
    if (heap_.empty() || heap_.top().when > end) return false;
    const HeapEntry<Event> first = heap_.top();
    heap_.pop();
    now_ = first.when;
    handle(first.event);
    return true;
  }

 private:
  SimTime now_{};
  std::uint64_t number_ = 0;
  Heap heap_;
};

}  // namespace weir::bench
