#include "tests/models/control/drive.h"

namespace weir::control {
namespace {

using namespace testing;

TEST(Pause, KeepsToItsLimits) {
  Drive drive(controller("pause", {{"connection_limit", 3}, {"messages_per_connection", 4}}), {});
  drive.run(4s);  // messages 1 to 4 of each connection end at 1, 2, 3 and 4 s
  EXPECT_EQ(drive.most_open(), 3);
  EXPECT_EQ(drive.accepted(), 12U);
  EXPECT_EQ(drive.connections().size(), 6U);
}

TEST(Pause, StartsMessagesAtEvenDistances) {
  Drive drive(controller("pause", {{"message_rate", "2/s"}}), {});
  drive.run(10s);
  ASSERT_EQ(drive.messages().size(), 21U);
  for (std::size_t i = 0; i < 21; ++i) EXPECT_EQ(drive.messages()[i], SimTime{i * 500ms});
}

TEST(Pause, HoldsTheLaneAfterADeferralOfTheAddress) {
  const auto pause = controller("pause");
  pause->refused(refusal(10s, Reply::throttled_busy));
  EXPECT_EQ(pause->held_until(), at(10s + 15min));
  EXPECT_EQ(pause->connection_limit(at(10s)), 1);
}

TEST(Pause, ProbesWithOneConnectionUntilSomethingIsAccepted) {
  const auto pause = controller("pause", {{"connection_limit", 7}});
  pause->refused(refusal(0s, Reply::throttled_busy));
  EXPECT_EQ(pause->connection_limit(at(1h)), 1);
  pause->succeeded(at(1h), 1);
  EXPECT_EQ(pause->connection_limit(at(1h)), 7);
}

TEST(Pause, IsNotMovedByOtherRefusals) {
  const auto pause = controller("pause");
  pause->refused(refusal(1s, Reply::greylisted));
  pause->refused(turned_away(1s));
  pause->refused(refusal(1s, Reply::banned_address));
  pause->unreachable(at(1s), 1);
  EXPECT_LE(pause->held_until(), at(1s));
  EXPECT_EQ(pause->connection_limit(at(1s)), 20);
}

TEST(Pause, DoesNothingForAPauseOfNoLength) {
  const auto pause = controller("pause", {{"pause", "0 s"}});
  pause->refused(refusal(1s, Reply::throttled_busy));
  EXPECT_LE(pause->held_until(), at(1s));
  EXPECT_EQ(pause->connection_limit(at(1s)), 20);
}

TEST(Pause, GivesEachLaneAStateOfItsOwn) {
  const auto prototype = controller("pause");
  const auto lane = prototype->clone();
  lane->refused(refusal(1s, Reply::throttled_busy));
  EXPECT_LE(prototype->held_until(), at(0s));
  EXPECT_GT(lane->held_until(), at(1s));
}

}  // namespace
}  // namespace weir::control
