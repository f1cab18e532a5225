#pragma once
/// A heap that can cancel, as an independent witness: the cancelled are marked, and swept when they
/// outnumber the living.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "bench/reference/heap_kernel.h"

namespace weir::bench {

template <class Event>
class CancellingHeapKernel {
 public:
  using Handle = std::uint64_t;  // the number of scheduling

  SimTime now() const { return now_; }

  Handle in(Duration delay, const Event& event) {
    const Handle handle = living_.size();
    heap_.push_back({now_ + delay, handle, event});
    std::push_heap(heap_.begin(), heap_.end());
    living_.push_back(true);
    ++pending_;
    return handle;
  }

  /// Whether there was something to cancel.
  bool cancel(Handle handle) {
    if (!living_[handle]) return false;
    living_[handle] = false;
    --pending_;
    if (heap_.size() > 2 * pending_ + 1'024) {
      std::erase_if(heap_, [this](const auto& entry) { return !living_[entry.number]; });
      std::make_heap(heap_.begin(), heap_.end());
    }
    return true;
  }

  template <class Handler>
  bool step(SimTime end, Handler&& handle) {
    while (!heap_.empty()) {
      if (heap_.front().when > end) return false;
      std::pop_heap(heap_.begin(), heap_.end());
      const HeapEntry<Event> first = heap_.back();
      heap_.pop_back();
      if (!living_[first.number]) continue;
      living_[first.number] = false;
      --pending_;
      now_ = first.when;
      handle(first.event);
      return true;
    }
    return false;
  }

 private:
  SimTime now_{};
  std::size_t pending_ = 0;
  std::vector<HeapEntry<Event>> heap_;
  std::vector<bool> living_;  // by number
};

}  // namespace weir::bench
