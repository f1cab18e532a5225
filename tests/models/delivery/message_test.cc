// The states of a message, and the table whose ids notice that they are stale.

#include <gtest/gtest.h>

#include "models/delivery/lane.h"

namespace weir {
namespace {

using enum MessageState;
constexpr MessageState kStates[] = {finished, queued, connecting, sending, waiting, in_system};

/// The transitions there are, written down once more.
bool may(MessageState from, MessageState to) {
  static const std::pair<MessageState, MessageState> kAllowed[] = {
      {finished, queued},    {queued, connecting},   {queued, sending},     {queued, finished},
      {connecting, sending}, {connecting, waiting},  {sending, waiting},    {sending, finished},
      {waiting, queued},     {connecting, finished}, {waiting, finished},   {finished, in_system},
      {sending, in_system},  {in_system, queued},    {in_system, finished}, {sending, connecting},
      {queued, waiting},
  };
  return std::find(std::begin(kAllowed), std::end(kAllowed), std::pair{from, to}) !=
         std::end(kAllowed);
}

Message message_in(MessageState state) {
  Message message;
  message.state = state;
  return message;
}

TEST(MessageState, ChangesAlongTheAllowedTransitions) {
  for (const MessageState from : kStates)
    for (const MessageState to : kStates) {
      if (!may(from, to)) continue;
      Message message = message_in(from);
      message.enter(to);
      EXPECT_EQ(MessageState{message.state}, to);
    }
}

TEST(MessageStateDeath, EveryOtherTransitionIsAFailedCheck) {
  for (const MessageState from : kStates)
    for (const MessageState to : kStates) {
      if (may(from, to)) continue;
      Message message = message_in(from);
      EXPECT_DEATH(message.enter(to), "cannot change to that state")
          << static_cast<int>(from) << " -> " << static_cast<int>(to);
    }
}

TEST(MessageTable, UsesACellAgainUnderANewGeneration) {
  MessageTable table;
  const Id<Message> first = table.create();
  table.remove(first);
  const Id<Message> second = table.create();
  EXPECT_EQ(second.index, first.index);
  EXPECT_NE(second.generation, first.generation);
  EXPECT_FALSE(table.is_live(first));
  EXPECT_TRUE(table.is_live(second));
}

TEST(MessageTable, AUsedCellStartsWithoutItsPast) {
  MessageTable table;
  const Id<Message> first = table.create();
  table[first].attempts = 7;
  table[first].link = 3;
  table.remove(first);
  const Id<Message> second = table.create();
  EXPECT_EQ(table[second].attempts, 0);
  EXPECT_EQ(table[second].link, Message::kNone);
}

TEST(MessageTable, RetiresACellBeforeItsGenerationWraps) {
  MessageTable table;
  table.start_generations_at(0xffff'fffe);
  const Id<Message> last_but_one = table.create();
  table.remove(last_but_one);
  const Id<Message> last = table.create();
  EXPECT_EQ(last.index, last_but_one.index);
  table.remove(last);
  const Id<Message> next = table.create();
  EXPECT_NE(next.index, last.index) << "generation 0 would fit an id of long ago";
  EXPECT_EQ(table.size(), 1U);
}

TEST(MessageTable, MemoryFollowsWhatIsInFlight) {
  MessageTable table;
  std::uint32_t highest = 0;
  for (int i = 0; i < 10'000; ++i) {
    const Id<Message> a = table.create();
    const Id<Message> b = table.create();
    highest = std::max({highest, a.index, b.index});
    table.remove(a);
    table.remove(b);
  }
  EXPECT_EQ(highest, 1U);
}

TEST(MessageTableDeath, AStaleIdIsAFailedCheck) {
  MessageTable table;
  const Id<Message> id = table.create();
  table.remove(id);
  EXPECT_DEATH(table[id].attempts++, "names a message that is gone");
  table.create();
  EXPECT_DEATH(table[id].attempts++, "names a message that is gone");
  EXPECT_DEATH(table[Id<Message>{}].attempts++, "names a message that is gone");
}

TEST(MessageTableDeath, OnlyAFinishedMessageIsRemovedAndOnlyOnce) {
  MessageTable table;
  const Id<Message> id = table.create();
  table[id].enter(queued);
  EXPECT_DEATH(table.remove(id), "only a finished message");
  table[id].enter(finished);
  table.remove(id);
  EXPECT_DEATH(table.remove(id), "removed twice");
}

TEST(LaneQueue, IsFirstInFirstOutOverReusedCells) {
  MessageTable table;
  Lane lane;
  std::uint64_t pushed = 0;
  std::uint64_t popped = 0;
  for (int round = 0; round < 200; ++round) {
    for (int i = 0; i < round % 7; ++i) {
      const Id<Message> id = table.create();
      table[id].key = pushed++;
      lane.push(table, id);
    }
    for (int i = 0; i < round % 5 && lane.queued > 0; ++i) {
      const Id<Message> id = lane.pop(table);
      EXPECT_EQ(table[id].key, popped++);
      table.remove(id);
    }
    EXPECT_EQ(lane.queued, pushed - popped);
  }
}

}  // namespace
}  // namespace weir
