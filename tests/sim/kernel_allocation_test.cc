#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel.h"
#include "sim/random.h"
#include "tests/support/allocations.h"

namespace weir {
namespace {

using testing::allocations;

struct Note {
  std::uint32_t place = 0;
};

/// Timers: each event schedules its successor, and moves and replaces neighbours.
class Churn {
 public:
  explicit Churn(std::uint32_t timers) {
    for (std::uint32_t i = 0; i < timers; ++i) timers_.push_back(schedule(i));
  }

  void run(int events) {
    for (int i = 0; i < events; ++i) kernel_.step(kNever, [this](Note note) { handle(note); });
  }

 private:
  TimerId schedule(std::uint32_t place) {
    return kernel_.in(Duration(draw_.below(1'000'000)), {place});
  }

  void handle(Note note) {
    timers_[note.place] = schedule(note.place);
    const auto other = static_cast<std::uint32_t>(draw_.below(timers_.size()));
    kernel_.cancel(timers_[other]);
    timers_[other] = schedule(other);
    const auto later = static_cast<std::uint32_t>(draw_.below(timers_.size()));
    timers_[later] = kernel_.rearm(timers_[later], kernel_.now() + 1ms);
  }

  Kernel<Note> kernel_;
  Draw draw_{1, Purpose{0}, 0, 0};
  std::vector<TimerId> timers_;
};

TEST(KernelAllocation, CountsWhatIsAllocated) {
  const std::size_t before = allocations();
  const Churn churn(1);
  EXPECT_GT(allocations(), before);
}

TEST(KernelAllocation, EndsOnceTheAgendaHasGrown) {
  for (const std::uint32_t timers : {500U, 5'000U}) {  // in a tournament, and in a ladder
    Churn churn(timers);
    churn.run(250'000);
    const std::size_t before = allocations();
    churn.run(200'000);
    EXPECT_EQ(allocations(), before) << timers << " timers";
  }
}

}  // namespace
}  // namespace weir
