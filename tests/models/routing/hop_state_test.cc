#include "models/routing/hop_state.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "models/purpose.h"

namespace weir::routing {
namespace {

using Sites = std::vector<std::uint32_t>;

SimTime at(Duration since_start) { return SimTime{since_start}; }

/// The draw of attempt `n`: a fresh one with the same key each time it is asked for.
Draw draw_of(std::uint64_t n) { return {1, purpose::host, n, 0}; }

Hop smart_hosts(Sites sites, HopManner manner = {.start = Start::first}) {
  return {.groups = {std::move(sites)}, .manner = manner};
}

/// The host that attempt `n` begins with; kNone: none.
std::uint32_t begin(HopState& hop, std::uint64_t n, SimTime now = {}) {
  Draw draw = draw_of(n);
  const auto choice = hop.next(HopState::kNone, 0, now, draw);
  return choice ? choice->site : HopState::kNone;
}

/// Every host in the order in which attempt `n` asks, if none of them answers.
Sites all_of(HopState& hop, std::uint64_t n, SimTime now = {}) {
  Sites order;
  Draw first = draw_of(n);
  auto choice = hop.next(HopState::kNone, 0, now, first);
  while (choice) {
    order.push_back(choice->site);
    hop.no_answer(choice->site, now);
    Draw draw = draw_of(n);
    choice = hop.next(choice->site, choice->passed, now, draw);
  }
  return order;
}

TEST(HopState, TakesSmartHostsInTurn) {
  HopState hop(smart_hosts({7, 8, 9}));
  EXPECT_EQ(begin(hop, 0), 7U);
  EXPECT_EQ(begin(hop, 1), 8U);
  EXPECT_EQ(begin(hop, 2), 9U);
  EXPECT_EQ(begin(hop, 3), 7U);
}

TEST(HopState, BeginsTheFirstRoundAtRandomAndDrawsOnce) {
  std::set<std::uint32_t> begun_with;
  for (std::uint64_t n = 0; n < 40; ++n) {
    HopState hop(smart_hosts({7, 8, 9}, {}));
    Draw draw = draw_of(n);
    begun_with.insert(hop.next(HopState::kNone, 0, {}, draw)->site);
    EXPECT_EQ(draw.draws(), 1U);
    Draw second = draw_of(n);
    hop.next(HopState::kNone, 0, {}, second);
    EXPECT_EQ(second.draws(), 0U);
  }
  EXPECT_EQ(begun_with, (std::set<std::uint32_t>{7, 8, 9}));
}

TEST(HopState, AsksEveryOtherHostOnceAfterOneThatDoesNotAnswer) {
  HopState hop(smart_hosts({7, 8, 9}));
  begin(hop, 0);
  EXPECT_EQ(all_of(hop, 1), (Sites{8, 9, 7}));
}

TEST(HopState, LeavesTheTurnAloneWhenItGoesOnWithinAnAttempt) {
  HopState hop(smart_hosts({7, 8, 9}));
  all_of(hop, 0);
  EXPECT_EQ(begin(hop, 1), 8U);
}

TEST(HopState, KeepsTheTurnOfAHostThatDidNotAnswer) {
  HopState hop(smart_hosts({7, 8}));
  hop.no_answer(7, at(0s));
  EXPECT_EQ(begin(hop, 0, at(0s)), 7U);
}

TEST(HopState, LeavesADeadHostOutAndSharesItsTurnsEvenly) {
  HopState hop(smart_hosts({7, 8, 9}, {.start = Start::first, .dead_for = 300s}));
  hop.no_answer(9, at(0s));
  Sites begun_with;
  for (std::uint64_t n = 0; n < 6; ++n) begun_with.push_back(begin(hop, n, at(1s)));
  EXPECT_EQ(begun_with, (Sites{7, 8, 7, 8, 7, 8}));
}

TEST(HopState, AsksADeadHostAgainAtTheEndOfItsTime) {
  HopState hop(smart_hosts({7}, {.start = Start::first, .dead_for = 300s}));
  hop.no_answer(7, at(10s));
  EXPECT_EQ(begin(hop, 0, at(310s) - 1ns), HopState::kNone);
  EXPECT_EQ(hop.revival(at(11s)), at(310s));
  EXPECT_EQ(begin(hop, 1, at(310s)), 7U);
  EXPECT_EQ(hop.revival(at(310s)), kNever);
}

TEST(HopState, AHostThatAnswersIsNoLongerDead) {
  HopState hop(smart_hosts({7}, {.start = Start::first, .dead_for = 300s}));
  hop.no_answer(7, at(0s));
  hop.answered(7);
  EXPECT_EQ(begin(hop, 0, at(1s)), 7U);
}

TEST(HopState, NeverAsksAHostTwiceInAnAttemptThatPassedOverADeadOne) {
  HopState hop(smart_hosts({7, 8, 9}, {.start = Start::first, .dead_for = 300s}));
  hop.no_answer(8, at(0s));
  Draw draw = draw_of(0);
  const auto first = hop.next(HopState::kNone, 0, at(1s), draw);
  const auto second = hop.next(first->site, first->passed, at(1s), draw);
  EXPECT_EQ(second->site, 9U);
  EXPECT_EQ(hop.next(second->site, second->passed, at(1s), draw), std::nullopt);
}

TEST(HopState, TakesHostsAsListedWhenToldTo) {
  HopState hop(smart_hosts({9, 7, 8}, {.order = HostOrder::listed}));
  EXPECT_EQ(all_of(hop, 0), (Sites{9, 7, 8}));
  EXPECT_EQ(begin(hop, 1), 9U);
}

TEST(HopState, ShufflesMailExchangersWithinAPreferenceOnly) {
  HopState hop({.groups = {{1, 2, 3}, {4}}, .manner = kMxManner});
  std::set<Sites> orders;
  for (std::uint64_t n = 0; n < 200; ++n) {
    const Sites order = all_of(hop, n);
    ASSERT_EQ(order.size(), 4U);
    EXPECT_EQ(order.back(), 4U);
    orders.insert(order);
  }
  EXPECT_EQ(orders.size(), 6U);
}

TEST(HopState, GoesToALaterGroupWhenAllOfTheFirstAreDead) {
  HopState hop({.groups = {{1, 2}, {3}}, .manner = {.start = Start::first, .dead_for = 300s}});
  hop.no_answer(1, at(0s));
  hop.no_answer(2, at(0s));
  EXPECT_EQ(begin(hop, 0, at(1s)), 3U);
}

TEST(Hop, IsEqualToOneWithTheSameHostsAndManner) {
  EXPECT_EQ(smart_hosts({1, 2}), smart_hosts({1, 2}));
  EXPECT_NE(smart_hosts({1, 2}), smart_hosts({2, 1}));
  EXPECT_NE(smart_hosts({1}), smart_hosts({1}, {.start = Start::first, .dead_for = 1s}));
}

}  // namespace
}  // namespace weir::routing
