/// The agenda beside std::priority_queue: the hold model (take the next event, schedule another).
///
/// Both structures do the same work in the same order on increments drawn beforehand, and the
/// benchmark checks it: their checksums must agree, else the row fails. Read the ratio of the two
/// rows of one size, never a time alone. Definition B1 without its variations; goals and further
/// workloads are another issue's.

#include <array>
#include <cstdint>
#include <queue>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/kernel.h"
#include "sim/random.h"

namespace {

using weir::Duration;
using weir::SimTime;

constexpr std::size_t kIncrements = 1 << 14;
constexpr double kMeanSeconds = 1099.511627776;  // 2^40 ns

struct Payload {
  std::array<std::uint64_t, 8> words{};
};

std::vector<Duration> increments() {
  weir::Draw draw(weir::mix64(weir::StreamKey{}), weir::Purpose{0}, 0, 0);
  std::uint64_t clamped = 0;
  std::vector<Duration> all;
  for (std::size_t i = 0; i < kIncrements; ++i)
    all.push_back(weir::to_duration(draw.exponential() * kMeanSeconds, Duration::max(), clamped));
  return all;
}

struct HoldEvent {
  std::uint32_t entity;
};

/// Folds what was held, in order: equal for structures that keep the same order.
std::uint64_t touch(Payload& payload, SimTime now) {
  payload.words[0] += static_cast<std::uint64_t>(now.time_since_epoch().count());
  payload.words[7] ^= payload.words[0];
  return payload.words[7];
}

class KernelHold {
 public:
  KernelHold(std::size_t n, const std::vector<Duration>& steps) : steps_(steps), payloads_(n) {
    for (std::uint32_t i = 0; i < n; ++i) kernel_.in(step(), HoldEvent{i});
  }
  void hold() {
    kernel_.step(weir::kNever, [this](HoldEvent event) {
      sum_ = weir::mix64(sum_ ^ touch(payloads_[event.entity], kernel_.now()));
      kernel_.in(step(), event);
    });
  }
  std::uint64_t sum() const { return sum_; }

 private:
  Duration step() { return steps_[next_++ % kIncrements]; }

  const std::vector<Duration>& steps_;
  std::vector<Payload> payloads_;
  weir::Kernel<HoldEvent> kernel_;
  std::size_t next_ = 0;
  std::uint64_t sum_ = 0;
};

class QueueHold {
 public:
  QueueHold(std::size_t n, const std::vector<Duration>& steps) : steps_(steps), payloads_(n) {
    for (std::uint32_t i = 0; i < n; ++i) queue_.push({SimTime{step()}, number_++, i});
  }
  void hold() {
    const Entry entry = queue_.top();
    queue_.pop();
    sum_ = weir::mix64(sum_ ^ touch(payloads_[entry.slot], entry.when));
    queue_.push({entry.when + step(), number_++, entry.slot});
  }
  std::uint64_t sum() const { return sum_; }

 private:
  struct Entry {
    SimTime when;
    std::uint64_t number;
    std::uint32_t slot;
    bool operator<(const Entry& other) const {
      return when != other.when ? when > other.when : number > other.number;
    }
  };
  Duration step() { return steps_[next_++ % kIncrements]; }

  const std::vector<Duration>& steps_;
  std::vector<Payload> payloads_;
  std::priority_queue<Entry> queue_;
  std::uint64_t number_ = 0;
  std::size_t next_ = 0;
  std::uint64_t sum_ = 0;
};

/// What the first `holds` holds of the reference come to.
std::uint64_t expected_sum(std::size_t n, std::size_t holds, const std::vector<Duration>& steps) {
  QueueHold reference(n, steps);
  for (std::size_t i = 0; i < holds; ++i) reference.hold();
  return reference.sum();
}

template <class Structure>
void hold(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto steps = increments();
  Structure structure(n, steps);
  std::size_t holds = 0;
  for (; holds < 3 * n; ++holds) structure.hold();
  for (auto _ : state) {
    structure.hold();
    ++holds;
  }
  if (structure.sum() != expected_sum(n, holds, steps))
    state.SkipWithError("the order differs from the reference's");
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

void sizes(benchmark::internal::Benchmark* rows) {
  for (const std::int64_t n : {100, 10'000, 1'000'000}) rows->Arg(n)->Iterations(1'000'000);
}

BENCHMARK(hold<QueueHold>)->Apply(sizes);
BENCHMARK(hold<KernelHold>)->Apply(sizes);

}  // namespace

BENCHMARK_MAIN();
