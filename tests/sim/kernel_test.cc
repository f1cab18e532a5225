#include "sim/kernel.h"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace weir {
namespace {

struct Note {
  int name = 0;
};

using Names = std::vector<int>;

constexpr SimTime at(Duration since_start) { return SimTime{since_start}; }

Names run_all(Kernel<Note>& kernel) {
  Names names;
  while (kernel.step(kNever, [&](Note note) { names.push_back(note.name); })) {
  }
  return names;
}

void ignore(Note) {}

TEST(Kernel, RunsEventsByInstant) {
  Kernel<Note> kernel;
  kernel.at(at(3s), {3});
  kernel.at(at(1s), {1});
  kernel.at(at(2s), {2});
  EXPECT_EQ(run_all(kernel), (Names{1, 2, 3}));
}

TEST(Kernel, RunsEqualInstantsInTheOrderOfScheduling) {
  Kernel<Note> kernel;
  Names expected;
  for (int i = 0; i < 1'000; ++i) {
    kernel.at(at(1s), {i});
    expected.push_back(i);
  }
  EXPECT_EQ(run_all(kernel), expected);
}

TEST(Kernel, OrdersEqualInstantsByNumberAlsoWhenSlotsAreUsedAgain) {
  Kernel<Note> kernel;
  for (int i = 0; i < 4; ++i) kernel.at(at(1s), {i});
  run_all(kernel);
  for (int i = 0; i < 8; ++i) kernel.at(at(2s), {i});  // half of them in used slots
  EXPECT_EQ(run_all(kernel), (Names{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(Kernel, RunsWhatIsScheduledForNowBehindWhatIsDue) {
  Kernel<Note> kernel;
  kernel.at(at(1s), {1});
  kernel.at(at(1s), {2});
  Names names;
  kernel.run_until(at(1s), [&](Note note) {
    names.push_back(note.name);
    if (note.name == 1) kernel.in(0s, {3});
  });
  EXPECT_EQ(names, (Names{1, 2, 3}));
}

TEST(Kernel, NeverRunsACancelledEvent) {
  Kernel<Note> kernel;
  kernel.at(at(1s), {1});
  const TimerId timer = kernel.at(at(2s), {2});
  kernel.at(at(3s), {3});
  EXPECT_TRUE(kernel.cancel(timer));
  EXPECT_EQ(kernel.pending(), 2U);
  EXPECT_EQ(run_all(kernel), (Names{1, 3}));
}

TEST(Kernel, CancelsAnEventOfTheSameInstantThatIsYetToRun) {
  Kernel<Note> kernel;
  TimerId second;
  Names names;
  kernel.at(at(1s), {1});
  second = kernel.at(at(1s), {2});
  kernel.run_until(at(1s), [&](Note note) {
    names.push_back(note.name);
    kernel.cancel(second);
  });
  EXPECT_EQ(names, (Names{1}));
}

TEST(Kernel, FindsNothingToCancelBehindAHandleThatIsStaleOrEmpty) {
  Kernel<Note> kernel;
  const TimerId ran = kernel.at(at(1s), {1});
  const TimerId cancelled = kernel.at(at(2s), {2});
  kernel.cancel(cancelled);
  run_all(kernel);
  for (const TimerId stale : {ran, cancelled, TimerId{}, TimerId{7, 0}}) {
    EXPECT_FALSE(kernel.is_pending(stale));
    EXPECT_FALSE(kernel.cancel(stale));
  }
}

TEST(Kernel, TellsAStaleHandleFromTheEventThatTookItsSlot) {
  Kernel<Note> kernel;
  const TimerId old = kernel.at(at(1s), {1});
  run_all(kernel);
  const TimerId fresh = kernel.at(at(2s), {2});
  ASSERT_EQ(old.index, fresh.index);
  EXPECT_FALSE(kernel.cancel(old));
  EXPECT_TRUE(kernel.is_pending(fresh));
}

TEST(Kernel, HoldsAnEventNoLongerPendingWhileItRuns) {
  Kernel<Note> kernel;
  const TimerId timer = kernel.at(at(1s), {1});
  bool pending = true;
  kernel.run_until(at(1s), [&](Note) { pending = kernel.is_pending(timer); });
  EXPECT_FALSE(pending);
}

TEST(Kernel, RearmsBehindWhatIsAlreadyScheduledThere) {
  Kernel<Note> kernel;
  const TimerId first = kernel.at(at(1s), {1});
  kernel.at(at(1s), {2});
  const TimerId again = kernel.rearm(first, at(1s));
  EXPECT_FALSE(kernel.is_pending(first));
  EXPECT_TRUE(kernel.is_pending(again));
  EXPECT_EQ(run_all(kernel), (Names{2, 1}));
}

TEST(Kernel, RearmsEarlierAndLater) {
  Kernel<Note> kernel;
  const TimerId one = kernel.at(at(1s), {1});
  kernel.at(at(2s), {2});
  const TimerId three = kernel.at(at(3s), {3});
  kernel.rearm(one, at(4s));
  kernel.rearm(three, at(1s));
  EXPECT_EQ(run_all(kernel), (Names{3, 2, 1}));
}

TEST(Kernel, ReusesTheSlotOfACancelledEventUnderANewGeneration) {
  Kernel<Note> kernel;
  const TimerId cancelled = kernel.at(at(2s), {1});
  kernel.cancel(cancelled);
  const TimerId other = kernel.at(at(3s), {2});
  EXPECT_EQ(other.index, cancelled.index);
  EXPECT_FALSE(kernel.is_pending(cancelled));
  EXPECT_EQ(kernel.next(), at(3s));
  EXPECT_EQ(run_all(kernel), (Names{2})) << "the dead entry does not run in the name of the new";
}

TEST(Kernel, RunsUpToAndIncludingTheEndAndSetsTheClockToIt) {
  Kernel<Note> kernel;
  kernel.at(at(1s), {1});
  kernel.at(at(2s), {2});
  kernel.at(at(2s) + 1ns, {3});
  kernel.run_until(at(2s), ignore);
  EXPECT_EQ(kernel.executed(), 2U);
  EXPECT_EQ(kernel.now(), at(2s));
  kernel.run_until(at(10s), ignore);
  EXPECT_EQ(kernel.now(), at(10s));
}

TEST(Kernel, NeverTurnsTheClockBack) {
  Kernel<Note> kernel;
  kernel.run_until(at(5s), ignore);
  kernel.run_until(at(1s), ignore);
  EXPECT_EQ(kernel.now(), at(5s));
}

TEST(Kernel, ShowsAHandlerTheInstantOfItsEvent) {
  Kernel<Note> kernel;
  kernel.at(at(1s), {1});
  SimTime seen;
  kernel.run_until(at(9s), [&](Note) { seen = kernel.now(); });
  EXPECT_EQ(seen, at(1s));
}

TEST(Kernel, StepsOneEventAtATimeAndLeavesTheClockAtIt) {
  Kernel<Note> kernel;
  kernel.at(at(1s), {1});
  kernel.at(at(2s), {2});
  EXPECT_TRUE(kernel.step(at(5s), ignore));
  EXPECT_EQ(kernel.now(), at(1s));
  EXPECT_FALSE(kernel.step(at(1s), ignore));
  EXPECT_EQ(kernel.now(), at(1s));
  EXPECT_EQ(kernel.pending(), 1U);
}

TEST(Kernel, StopsBeforeTheEventThatFollowsTheCondition) {
  Kernel<Note> kernel;
  for (int i = 1; i <= 5; ++i) kernel.at(at(i * 1s), {i});
  EXPECT_TRUE(kernel.run_until(at(9s), ignore, [&] { return kernel.executed() == 3; }));
  EXPECT_EQ(kernel.now(), at(3s));
  EXPECT_EQ(kernel.pending(), 2U);
}

TEST(Kernel, RunsNothingWhenTheConditionHoldsAlready) {
  Kernel<Note> kernel;
  kernel.at(at(1s), {1});
  EXPECT_TRUE(kernel.run_until(at(9s), ignore, [] { return true; }));
  EXPECT_EQ(kernel.executed(), 0U);
  EXPECT_EQ(kernel.now(), at(0s));
}

TEST(Kernel, RunsToTheEndWhenTheConditionNeverHolds) {
  Kernel<Note> kernel;
  kernel.at(at(1s), {1});
  EXPECT_FALSE(kernel.run_until(at(9s), ignore, [] { return false; }));
  EXPECT_EQ(kernel.now(), at(9s));
}

TEST(Kernel, KnowsTheInstantOfTheNextLivingEvent) {
  Kernel<Note> kernel;
  EXPECT_EQ(kernel.next(), kNever);
  const TimerId first = kernel.at(at(1s), {1});
  kernel.at(at(2s), {2});
  kernel.cancel(first);
  EXPECT_EQ(kernel.next(), at(2s));
}

TEST(Kernel, SchedulesUpToTheLastInstantThereIs) {
  Kernel<Note> kernel;
  kernel.run_until(at(1s), ignore);
  kernel.in(kNever - at(1s) - 1ns, {1});
  EXPECT_EQ(kernel.next(), kNever - 1ns);
}

TEST(KernelDeathTest, RefusesToScheduleBeforeNow) {
  Kernel<Note> kernel;
  kernel.run_until(at(5s), ignore);
  EXPECT_DEATH(kernel.at(at(5s) - 1ns, {1}), "scheduled before now");
}

TEST(KernelDeathTest, RefusesToScheduleForNever) {
  Kernel<Note> kernel;
  EXPECT_DEATH(kernel.at(kNever, {1}), "scheduled for never");
}

TEST(KernelDeathTest, NamesADelayBeyondTheLastInstant) {
  Kernel<Note> kernel;
  kernel.run_until(at(1s), ignore);
  EXPECT_DEATH(kernel.in(kNever - at(1s), {1}), "a delay of 9223372035854775807 ns is no instant");
  EXPECT_DEATH(kernel.in(Duration::max(), {1}), "a delay of 9223372036854775807 ns is no instant");
}

TEST(KernelDeathTest, NamesANegativeDelay) {
  Kernel<Note> kernel;
  kernel.run_until(at(1s), ignore);
  EXPECT_DEATH(kernel.in(-20ms, {1}), "a negative delay: -20 ms");
}

TEST(KernelDeathTest, RefusesToRearmWhatIsNotPending) {
  Kernel<Note> kernel;
  EXPECT_DEATH(kernel.rearm(TimerId{}, at(1s)), "only a pending event can be re-armed");
}

TEST(KernelDeathTest, SaysWhereTheRunStoodWhenACheckFails) {
  Kernel<Note> kernel;
  check_context().seed = 42;
  kernel.at(at(1500ms), {1});
  kernel.run_until(at(2s), ignore);
  EXPECT_DEATH(kernel.at(at(0s), {1}), "simulated time 1.500000000 s, event 1, seed 42");
}

TEST(Kernel, CountsIn64Bits) {
  using Count = decltype(Kernel<Note>().executed());
  static_assert(std::numeric_limits<Count>::digits == 64);
}

TEST(KernelGenerations, GoUpToTheirLimitAndThenRetireTheSlot) {
  constexpr std::uint32_t kLast = 0xffff'ffff;
  Kernel<Note> kernel;
  kernel.start_generations_at(kLast - 1);
  const TimerId before_last = kernel.at(at(1s), {1});
  run_all(kernel);
  const TimerId last = kernel.at(at(2s), {2});
  run_all(kernel);
  const TimerId next = kernel.at(at(3s), {3});
  EXPECT_EQ(before_last, (TimerId{0, kLast - 1}));
  EXPECT_EQ(last, (TimerId{0, kLast}));
  EXPECT_EQ(next.index, 1U) << "slot 0 would be given out with generation 0 again";
}

TEST(KernelGenerations, KeepHandlesOfARetiredSlotStale) {
  Kernel<Note> kernel;
  kernel.start_generations_at(0xffff'ffff);
  const TimerId last = kernel.at(at(1s), {1});
  kernel.cancel(last);
  run_all(kernel);
  EXPECT_FALSE(kernel.is_pending(last));
  EXPECT_FALSE(kernel.is_pending({last.index, 1})) << "the first handle of any slot";
  EXPECT_FALSE(kernel.cancel({last.index, 1}));
}

TEST(KernelGenerations, LoseNoEventWhileEverySlotRetires) {
  Kernel<Note> kernel;
  kernel.start_generations_at(0xffff'fffe);
  Names expected;
  for (int i = 0; i < 5'000; ++i) {
    const SimTime when = kernel.now() + 1s;
    kernel.cancel(kernel.at(when, {-1}));
    kernel.at(when, {i});
    EXPECT_EQ(run_all(kernel), Names{i});
  }
}

}  // namespace
}  // namespace weir
