#pragma once
/// The hold model: take the first event, touch what it is about, schedule it anew. B1.

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "bench/agenda/increments.h"
#include "bench/harness/running_sum.h"
#include "bench/harness/side.h"
#include "bench/reference/heap_kernel.h"
#include "sim/kernel.h"
#include "sim/prefetch.h"

namespace weir::bench {

struct HoldEvent {
  std::uint32_t entity;
};

/// What an event is about: a cache line, read and written.
struct alignas(64) Payload {
  std::array<std::uint64_t, 8> words{};

  std::uint64_t touch(SimTime now) {
    words[0] += static_cast<std::uint64_t>(now.time_since_epoch().count());
    words[7] ^= words[0];
    return words[7];
  }
};

/// As defined for B1: three holds an event before the first timed one, and segments of 10^6 holds,
/// five times as many where the agenda has 10^7.
inline std::uint64_t holds_of_segment(const Load& load) {
  return load.units(load.n < 10'000'000 ? 1'000'000 : 5'000'000);
}

template <class Kernel, class Increments>
class Hold final : public Side {
 public:
  Hold(const Load& load, const Increments& increments)
      : increments_(increments), payloads_(load.n), units_(holds_of_segment(load)) {
    for (std::uint32_t i = 0; i < load.n; ++i) kernel_.in(increments_.first(), HoldEvent{i});
  }

  void warm() override { hold(3 * payloads_.size()); }
  Segment segment() override {
    hold(units_);
    return {units_};
  }
  std::uint64_t fingerprint() const override { return sum_.value(); }

 private:
  struct Handler {
    Hold& hold;

    void operator()(HoldEvent event) const {
      hold.sum_.fold(hold.payloads_[event.entity].touch(hold.kernel_.now()));
      hold.kernel_.in(hold.increments_(), event);
    }
    void prefetch(HoldEvent event) const { weir::prefetch(&hold.payloads_[event.entity]); }
  };

  void hold(std::uint64_t times) {
    const Handler handler{*this};
    for (std::uint64_t i = 0; i < times; ++i) kernel_.step(kNever, handler);
  }

  Kernel kernel_;
  Increments increments_;
  std::vector<Payload> payloads_;
  std::uint64_t units_;
  RunningSum sum_;
};

using KernelHold = Hold<Kernel<HoldEvent>, DrawnBefore>;
using QueueHold = Hold<HeapKernel<HoldEvent>, DrawnBefore>;

/// std::priority_queue holding `n` exponential increments drawn before, payload touched: with 10^4
/// this is H, the unit of cost of larger work.
inline MakeSide queue_hold(Load load, std::uint64_t n) {
  load.n = n;
  return side<QueueHold>(load, DrawnBefore(kExponential));
}
inline constexpr std::uint64_t kUnitHold = 10'000;

}  // namespace weir::bench
