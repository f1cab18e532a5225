/// B3: cancelling. n events are pending, one for each of n entities. A step is, with chance c, a
/// *pair*: a uniformly chosen event is cancelled and another scheduled in its place; else a hold
/// with its payload touched, as in B1. The cost is that of a step, whatever the dead entries of
/// earlier pairs make of it; the reference is a hold of std::priority_queue at that n, which
/// cancels nothing. A pair touches no payload: what is cancelled is not looked at.
///
/// Which entity it is gets drawn in the step, so that nobody knows it ahead. With c = 0 no pair is
/// made, and the row informs.

#include <fmt/format.h>

#include "bench/agenda/catalogue.h"
#include "bench/agenda/hold.h"
#include "bench/harness/compare.h"
#include "bench/harness/memory.h"
#include "bench/reference/cancelling_heap_kernel.h"
#include "sim/prefetch.h"

namespace weir::bench::agenda {
namespace {

template <class Kernel>
class Cancelling final : public Side {
 public:
  using Handle = decltype(std::declval<Kernel&>().in(Duration{}, HoldEvent{}));

  Cancelling(const Load& load, double share_of_pairs)
      : pair_below_(static_cast<std::uint64_t>(share_of_pairs * 0x1.0p32)),
        payloads_(load.n),
        handles_(load.n),
        units_(load.units(1'000'000)) {}

  void warm() override {
    memory_.measure([this] {
      for (std::uint32_t i = 0; i < handles_.size(); ++i) schedule(i);
      run(3 * handles_.size());
    });
  }
  Segment segment() override {
    memory_.measure([this] { run(units_); });
    return {units_};
  }
  std::uint64_t fingerprint() const override { return sum_.value(); }
  std::vector<Figure> figures() const override {
    return {{"the agenda's memory, a live event",
             memory_.bytes() / static_cast<double>(handles_.size()), "bytes"}};
  }

 private:
  struct Handler {
    Cancelling& all;

    void operator()(HoldEvent event) const {
      all.sum_.fold(all.payloads_[event.entity].touch(all.kernel_.now()));
      all.schedule(event.entity);
    }
    void prefetch(HoldEvent event) const { weir::prefetch(&all.payloads_[event.entity]); }
  };

  void schedule(std::uint32_t entity) {
    handles_[entity] = kernel_.in(increments_(), HoldEvent{entity});
  }

  void run(std::uint64_t steps) {
    const Handler handler{*this};
    for (std::uint64_t i = 0; i < steps; ++i) {
      const std::uint64_t drawn = random_();
      if ((drawn >> 32) >= pair_below_) {
        kernel_.step(kNever, handler);
        continue;
      }
      const auto entity = static_cast<std::uint32_t>((drawn & 0xffff'ffff) * handles_.size() >> 32);
      kernel_.cancel(handles_[entity]);
      schedule(entity);
    }
  }

  Kernel kernel_;
  DrawnBefore increments_{kExponential};
  Xoshiro256 random_{2};
  std::uint64_t pair_below_;
  std::vector<Payload> payloads_;
  std::vector<Handle> handles_;  // by entity
  std::uint64_t units_;
  RunningSum sum_;
  MemoryMeter memory_;
};

Measurement measure(const Load& load, double share_of_pairs) {
  return compare(
      {.measured = side<Cancelling<Kernel<HoldEvent>>>(load, share_of_pairs),
       .reference = queue_hold(load, load.n),
       .checked_by = Witness::apart,
       .witness = side<Cancelling<CancellingHeapKernel<HoldEvent>>>(load, share_of_pairs)},
      load);
}

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const std::uint64_t n : {10'000U, 100'000U})
    for (const double share : {0.0, 0.5, 0.9, 0.99}) {
      const Limits limits{n == 10'000 ? 0.30 : 0.35, 0.20};
      all.push_back({.work = fmt::format("B3 hold, or cancel and schedule, c = {}", share),
                     .n = n,
                     .limits = share > 0 ? limits : Limits{},
                     .measure = [share](const Load& load) { return measure(load, share); }});
    }
  return all;
}

}  // namespace

extern const Workload cancel;
constinit const Workload cancel{rows};

}  // namespace weir::bench::agenda
