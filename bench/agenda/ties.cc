/// B4: a million events at a thousand instants. Equals run in the order in which they were
/// scheduled, which the fingerprint folds. The unit is one event, scheduled and run.

#include <utility>

#include "bench/agenda/catalogue.h"
#include "bench/chance/xoshiro.h"
#include "bench/harness/compare.h"
#include "bench/harness/running_sum.h"
#include "bench/reference/heap_kernel.h"
#include "sim/kernel.h"

namespace weir::bench::agenda {
namespace {

constexpr std::uint64_t kInstants = 1'000;

struct Event {
  std::uint32_t number;
};

template <class Kernel>
class Ties final : public Side {
 public:
  explicit Ties(const Load& load) : n_(static_cast<std::uint32_t>(load.n)) {}

  Segment segment() override {
    for (std::uint32_t i = 0; i < n_; ++i)
      kernel_.in(Duration{1s} * static_cast<std::int64_t>(random_() % kInstants), Event{i});
    const auto fold = [this](Event event) { sum_.fold(event.number); };
    while (kernel_.step(kNever, fold)) {
    }
    return {n_};
  }
  std::uint64_t fingerprint() const override { return sum_.value(); }

 private:
  Kernel kernel_;
  Xoshiro256 random_{1};
  std::uint32_t n_;
  RunningSum sum_;
};

std::vector<Row> rows() {
  return {{.work = "B4 ties at 1000 instants",
           .n = 1'000'000,
           .tiny_n = 4'000,
           .measure = [](const Load& load) {
             return compare({.measured = side<Ties<Kernel<Event>>>(load),
                             .reference = side<Ties<HeapKernel<Event>>>(load)},
                            load);
           }}};
}

}  // namespace

extern const Workload ties;
constinit const Workload ties{rows};

}  // namespace weir::bench::agenda
