/// B7: PHOLD. Each of n entities begins with 16 events; an event draws from its entity's own
/// generator and schedules one other, with chance 1/4 at any entity, else at its own, after an
/// exponential delay of mean 1 and a lookahead of 0.1. The unit is an event.

#include <utility>

#include <boost/random/exponential_distribution.hpp>

#include "bench/chance/xoshiro.h"
#include "bench/harness/compare.h"
#include "bench/harness/running_sum.h"
#include "bench/model/catalogue.h"
#include "bench/reference/heap_kernel.h"
#include "sim/kernel.h"
#include "sim/prefetch.h"

namespace weir::bench::model {
namespace {

constexpr std::uint32_t kEventsEach = 16;
constexpr double kLookahead = 0.1;
constexpr double kSecond = 0x1.0p40;  // ns of the unit of time

struct Event {
  std::uint32_t entity;
};

/// A cache line.
struct alignas(64) Entity {
  explicit Entity(std::uint64_t number) : random(number) {}

  Xoshiro256 random;
  std::uint64_t events = 0;
};

template <class Kernel>
class Phold final : public Side {
 public:
  explicit Phold(const Load& load) : units_(load.units(1'000'000)) {
    entities_.reserve(load.n);
    for (std::uint32_t i = 0; i < load.n; ++i) {
      entities_.emplace_back(i);
      for (std::uint32_t k = 0; k < kEventsEach; ++k)
        kernel_.in(delay(entities_.back().random), Event{i});
    }
  }

  void warm() override { run(kEventsEach * entities_.size()); }
  Segment segment() override {
    run(units_);
    return {units_};
  }
  std::uint64_t fingerprint() const override { return sum_.value(); }

 private:
  struct Handler {
    Phold& all;

    void operator()(Event event) const { all.happen(event); }
    void prefetch(Event event) const { weir::prefetch(&all.entities_[event.entity]); }
  };

  void run(std::uint64_t events) {
    const Handler handler{*this};
    for (std::uint64_t i = 0; i < events; ++i) kernel_.step(kNever, handler);
  }

  void happen(Event event) {
    Entity& entity = entities_[event.entity];
    sum_.fold(static_cast<std::uint64_t>(kernel_.now().time_since_epoch().count()) + event.entity +
              ++entity.events);
    const std::uint64_t drawn = entity.random();
    const bool is_remote = drawn >> 62 == 0;
    const auto anyone = static_cast<std::uint32_t>((drawn & 0xffff'ffff) * entities_.size() >> 32);
    kernel_.in(delay(entity.random), Event{is_remote ? anyone : event.entity});
  }

  Duration delay(Xoshiro256& random) {
    return Duration{static_cast<Duration::rep>((exponential_(random) + kLookahead) * kSecond)};
  }

  Kernel kernel_;
  std::vector<Entity> entities_;
  boost::random::exponential_distribution<double> exponential_;
  std::uint64_t units_;
  RunningSum sum_;
};

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const std::uint64_t n : {1'000U, 10'000U, 100'000U, 1'000'000U})
    all.push_back({.work = "B7 PHOLD, 16 events an entity",
                   .n = n,
                   .limits = {0.5, 0.35},
                   .measure = [](const Load& load) {
                     return compare({.measured = side<Phold<Kernel<Event>>>(load),
                                     .reference = side<Phold<HeapKernel<Event>>>(load)},
                                    load);
                   }});
  return all;
}

}  // namespace

extern const Workload phold;
constinit const Workload phold{rows};

}  // namespace weir::bench::model
