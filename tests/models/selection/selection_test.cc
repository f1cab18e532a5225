#include "models/selection/selection.h"

#include <map>

#include "tests/models/make_model.h"
#include "tests/support/statistics.h"

namespace weir::selection {
namespace {

using Pool = std::vector<Candidate>;
using Addresses = std::vector<std::uint32_t>;

Draw draw_for(std::uint64_t message) { return Chance(StreamKey{}).draw(Purpose{4}, message); }

/// The address that the message, sent by `sender`, is given.
std::uint32_t chosen(Selection& selection, const Pool& pool, std::uint64_t sender = 0,
                     std::uint64_t message = 0) {
  Draw draw = draw_for(message);
  return pool.at(selection.choose(pool, sender, draw)).address;
}

Addresses chosen_in_turn(Selection& selection, const Pool& pool, int messages) {
  Addresses all;
  for (int i = 0; i < messages; ++i) all.push_back(chosen(selection, pool));
  return all;
}

std::unique_ptr<Selection> make(std::string_view name) {
  return testing::make_model<Selection>(catalogue(), name);
}

std::uint32_t draws_of_one(std::string_view name) {
  Draw draw = draw_for(0);
  make(name)->choose(Pool{{3}, {5}, {9}}, 0, draw);
  return draw.draws();
}

TEST(RoundRobin, TakesTheAddressesInTheOrderOfThePool) {
  EXPECT_EQ(chosen_in_turn(*make("round-robin"), {{5}, {3}, {9}}, 7),
            (Addresses{5, 3, 9, 5, 3, 9, 5}));
}

TEST(RoundRobin, KeepsTheTurnsOfTheOthersWhenOneFallsOutAndReturns) {
  const auto turns = make("round-robin");
  EXPECT_EQ(chosen_in_turn(*turns, {{0}, {1}, {2}}, 1), Addresses{0});
  EXPECT_EQ(chosen_in_turn(*turns, {{0}, {2}}, 3), (Addresses{2, 0, 2}));
  EXPECT_EQ(chosen_in_turn(*turns, {{0}, {1}, {2}}, 4), (Addresses{1, 0, 2, 1}));
}

TEST(Random, TakesEachAddressEquallyOften) {
  const auto random = make("random");
  std::vector<std::uint64_t> counts(4);
  for (std::uint64_t message = 0; message < 10'000; ++message)
    ++counts[chosen(*random, {{0}, {1}, {2}, {3}}, 0, message)];
  EXPECT_TRUE(testing::check_counts(counts, std::vector(4, 0.25)));
}

TEST(LeastUsed, TakesTheAddressWithTheFewestMessagesAndTheFirstOfEquals) {
  EXPECT_EQ(chosen(*make("least-used"), {{5, 10}, {3, 2}, {9, 7}}), 3U);
  EXPECT_EQ(chosen(*make("least-used"), {{5, 10}, {9, 7}, {3, 7}}), 9U);
}

TEST(HashedBySender, KeepsEachSenderToItsAddressWhateverTheOrder) {
  const auto hashed = make("hashed-by-sender");
  for (std::uint64_t sender = 0; sender < 100; ++sender)
    EXPECT_EQ(chosen(*hashed, {{0, 9}, {1, 5}, {2, 0}}, sender, 1),
              chosen(*hashed, {{2, 7}, {0, 8}, {1, 8}}, sender, 2));
}

TEST(HashedBySender, SpreadsTheSendersEvenly) {
  const auto hashed = make("hashed-by-sender");
  std::vector<std::uint64_t> counts(4);
  for (std::uint64_t sender = 0; sender < 10'000; ++sender)
    ++counts[chosen(*hashed, {{0}, {1}, {2}, {3}}, sender)];
  EXPECT_TRUE(testing::check_counts(counts, std::vector(4, 0.25)));
}

TEST(HashedBySender, MovesOnlyTheSendersOfTheAddressThatFallsOut) {
  const auto hashed = make("hashed-by-sender");
  std::uint64_t moved = 0;
  for (std::uint64_t sender = 0; sender < 10'000; ++sender) {
    const std::uint32_t before = chosen(*hashed, {{0}, {1}, {2}, {3}}, sender);
    const std::uint32_t after = chosen(*hashed, {{0}, {1}, {3}}, sender);
    if (before == 2) ++moved;
    EXPECT_TRUE(before == 2 || after == before);
  }
  EXPECT_TRUE(testing::check_share(moved, 10'000, 0.25));
}

TEST(Overflow, UsesWarmAddressesOnlyWhileAllOthersAreHeld) {
  const auto overflow = make("overflow");
  overflow->set_warm(std::array<std::uint32_t, 2>{7, 8});
  EXPECT_EQ(chosen_in_turn(*overflow, {{1}, {7}, {2}, {8}}, 4), (Addresses{1, 2, 1, 2}));
  EXPECT_EQ(chosen_in_turn(*overflow, {{7}, {8}}, 3), (Addresses{7, 8, 7}));
  EXPECT_EQ(chosen_in_turn(*overflow, {{7}, {2}, {8}}, 2), (Addresses{2, 2}));
}

TEST(Selections, DrawOnlyAtRandom) {
  const std::map<std::string_view, std::uint32_t> draws{{"round-robin", 0},
                                                        {"random", 1},
                                                        {"least-used", 0},
                                                        {"hashed-by-sender", 0},
                                                        {"overflow", 0}};
  for (const Entry* entry : catalogue())
    EXPECT_EQ(draws_of_one(entry->name), draws.at(entry->name)) << entry->name;
}

TEST(Selections, TakeTheOnlyCandidate) {
  for (const Entry* entry : catalogue()) {
    const auto selection = make(entry->name);
    EXPECT_EQ(chosen_in_turn(*selection, {{1'000}}, 2), (Addresses{1'000, 1'000})) << entry->name;
  }
}

}  // namespace
}  // namespace weir::selection
