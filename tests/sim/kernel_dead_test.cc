#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel.h"
#include "sim/random.h"

// What the agenda keeps for events that will never run: at most as much as for those that will,
// and 1,024 records more.

namespace weir {
namespace {

struct Note {
  int name = 0;
};

constexpr std::size_t kSpare = 1'024;

bool few_dead(const Kernel<Note>& kernel) { return kernel.dead() <= kernel.pending() + kSpare; }

TEST(DeadRecords, StayFewWhen99OfAHundredEventsAreCancelled) {
  Kernel<Note> kernel;
  Draw draw(1, Purpose{0}, 0, 0);
  for (int i = 0; i < 300'000; ++i) {
    const TimerId timer = kernel.in(Duration(draw.below(1'000'000)), {i});
    if (i % 100 != 0) kernel.cancel(timer);
    if (i % 150 == 0) kernel.step(kNever, [](Note) {});
    ASSERT_TRUE(few_dead(kernel)) << "after " << i;
  }
}

TEST(DeadRecords, StayFewWhenTheLivingRunAway) {
  Kernel<Note> kernel;
  for (int i = 0; i < 5'000; ++i) kernel.in(1s, {i});
  std::vector<TimerId> late;
  for (int i = 0; i < 5'000; ++i) late.push_back(kernel.in(2s, {i}));
  for (const TimerId timer : late) kernel.cancel(timer);
  while (kernel.step(SimTime{1s}, [](Note) {})) ASSERT_TRUE(few_dead(kernel));
  EXPECT_EQ(kernel.pending(), 0U);
}

TEST(DeadRecords, StayFewWhenOneTimerIsRearmedForever) {
  Kernel<Note> kernel;
  TimerId timer = kernel.in(1h, {1});
  for (int i = 0; i < 100'000; ++i) {
    timer = kernel.rearm(timer, SimTime{1h + Duration(i)});
    ASSERT_TRUE(few_dead(kernel));
  }
  EXPECT_EQ(kernel.pending(), 1U);
}

TEST(DeadRecords, AreSweptWithoutTouchingTheOrderOfTheLiving) {
  Kernel<Note> kernel;
  std::vector<TimerId> doomed;
  for (int i = 0; i < 3'000; ++i) {
    const TimerId timer = kernel.in(Duration(i / 7), {i});
    if (i % 5 != 0) doomed.push_back(timer);
  }
  for (const TimerId timer : doomed) kernel.cancel(timer);
  ASSERT_LT(kernel.dead(), doomed.size()) << "the agenda was not swept";
  for (int i = 0; i < 3'000; i += 5) {
    int name = -1;
    ASSERT_TRUE(kernel.step(kNever, [&](Note note) { name = note.name; }));
    ASSERT_EQ(name, i);
  }
}

TEST(DeadRecords, ReturnTheirSlotsSoThatMemoryStaysBounded) {
  Kernel<Note> kernel;
  std::uint32_t highest = 0;
  for (int i = 0; i < 100'000; ++i) {
    const TimerId timer = kernel.in(1s, {i});
    highest = std::max(highest, timer.index);
    kernel.cancel(timer);
  }
  EXPECT_LE(highest, kSpare + 1);
}

}  // namespace
}  // namespace weir
