#include "models/selection/selection.h"

#include <algorithm>
#include <map>

#include "tests/models/make_model.h"
#include "tests/support/statistics.h"

namespace weir::selection {
namespace {

using Addresses = std::vector<std::uint32_t>;

Draw draw_for(std::uint64_t message) { return Chance(StreamKey{}).draw(Purpose{4}, message); }

/// A pool with what each address was given so far, which nothing adds to.
struct Pool final : Released {
  explicit Pool(Addresses all, std::vector<std::uint64_t> given = {})
      : addresses(std::move(all)), released(std::move(given)), candidates(addresses) {
    released.resize(addresses.size());
  }

  std::uint64_t by(std::size_t position) const override { return released[position]; }

  /// Only these may send.
  Pool& open_only(const Addresses& open) {
    for (std::size_t i = 0; i < addresses.size(); ++i)
      candidates.set_open(i, std::ranges::find(open, addresses[i]) != open.end());
    return *this;
  }

  Addresses addresses;
  std::vector<std::uint64_t> released;
  Candidates candidates;
};

/// The address that the message, sent by `sender`, is given.
std::uint32_t chosen(Selection& selection, Pool& pool, std::uint64_t sender = 0,
                     std::uint64_t message = 0) {
  Draw draw = draw_for(message);
  return pool.addresses.at(
      selection.choose(pool.candidates, {.sender = sender, .draw = draw, .released = pool}));
}

Addresses chosen_in_turn(Selection& selection, Pool& pool, int messages) {
  Addresses all;
  for (int i = 0; i < messages; ++i) all.push_back(chosen(selection, pool));
  return all;
}

std::unique_ptr<Selection> make(std::string_view name) {
  return testing::make_model<Selection>(catalogue(), name);
}

std::uint32_t draws_of_one(std::string_view name) {
  Draw draw = draw_for(0);
  Pool pool({3, 5, 9});
  make(name)->choose(pool.candidates, {.sender = 0, .draw = draw, .released = pool});
  return draw.draws();
}

TEST(RoundRobin, TakesTheAddressesInTheOrderOfThePool) {
  Pool pool({5, 3, 9});
  EXPECT_EQ(chosen_in_turn(*make("round-robin"), pool, 7), (Addresses{5, 3, 9, 5, 3, 9, 5}));
}

TEST(RoundRobin, KeepsTheTurnsOfTheOthersWhenOneFallsOutAndReturns) {
  const auto turns = make("round-robin");
  Pool pool({0, 1, 2});
  EXPECT_EQ(chosen_in_turn(*turns, pool, 1), Addresses{0});
  EXPECT_EQ(chosen_in_turn(*turns, pool.open_only({0, 2}), 3), (Addresses{2, 0, 2}));
  EXPECT_EQ(chosen_in_turn(*turns, pool.open_only({0, 1, 2}), 4), (Addresses{1, 0, 2, 1}));
}

TEST(Random, TakesEachAddressEquallyOften) {
  const auto random = make("random");
  Pool pool({0, 1, 2, 3});
  std::vector<std::uint64_t> counts(4);
  for (std::uint64_t message = 0; message < 10'000; ++message)
    ++counts[chosen(*random, pool, 0, message)];
  EXPECT_TRUE(testing::check_counts(counts, std::vector(4, 0.25)));
}

TEST(LeastUsed, TakesTheAddressWithTheFewestMessagesAndTheFirstOfEquals) {
  Pool pool({5, 3, 9}, {10, 2, 7});
  EXPECT_EQ(chosen(*make("least-used"), pool), 3U);
  Pool with_equals({5, 9, 3}, {10, 7, 7});
  EXPECT_EQ(chosen(*make("least-used"), with_equals), 9U);
}

TEST(HashedBySender, KeepsEachSenderToItsAddressWhateverTheOrder) {
  const auto hashed = make("hashed-by-sender");
  const auto other = make("hashed-by-sender");
  Pool pool({0, 1, 2}, {9, 5, 0});
  Pool turned({2, 0, 1}, {7, 8, 8});
  for (std::uint64_t sender = 0; sender < 100; ++sender)
    EXPECT_EQ(chosen(*hashed, pool, sender, 1), chosen(*other, turned, sender, 2));
}

TEST(HashedBySender, SpreadsTheSendersEvenly) {
  const auto hashed = make("hashed-by-sender");
  Pool pool({0, 1, 2, 3});
  std::vector<std::uint64_t> counts(4);
  for (std::uint64_t sender = 0; sender < 10'000; ++sender) ++counts[chosen(*hashed, pool, sender)];
  EXPECT_TRUE(testing::check_counts(counts, std::vector(4, 0.25)));
}

TEST(HashedBySender, MovesOnlyTheSendersOfTheAddressThatFallsOut) {
  const auto hashed = make("hashed-by-sender");
  Pool pool({0, 1, 2, 3});
  Pool without({0, 1, 2, 3});
  without.open_only({0, 1, 3});
  std::uint64_t moved = 0;
  for (std::uint64_t sender = 0; sender < 10'000; ++sender) {
    const std::uint32_t before = chosen(*hashed, pool, sender);
    const std::uint32_t after = chosen(*hashed, without, sender);
    if (before == 2) ++moved;
    EXPECT_TRUE(before == 2 || after == before);
  }
  EXPECT_TRUE(testing::check_share(moved, 10'000, 0.25));
}

TEST(Overflow, UsesWarmAddressesOnlyWhileAllOthersAreHeld) {
  const auto overflow = make("overflow");
  overflow->set_warm(std::array<std::uint32_t, 2>{7, 8});
  Pool pool({1, 7, 2, 8});
  EXPECT_EQ(chosen_in_turn(*overflow, pool, 4), (Addresses{1, 2, 1, 2}));
  EXPECT_EQ(chosen_in_turn(*overflow, pool.open_only({7, 8}), 3), (Addresses{7, 8, 7}));
  EXPECT_EQ(chosen_in_turn(*overflow, pool.open_only({7, 2, 8}), 2), (Addresses{2, 2}));
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
    Pool pool({1'000});
    EXPECT_EQ(chosen_in_turn(*selection, pool, 2), (Addresses{1'000, 1'000})) << entry->name;
  }
}

}  // namespace
}  // namespace weir::selection
