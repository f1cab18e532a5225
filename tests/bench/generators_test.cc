#include "bench/chance/generators.h"

#include <vector>

#include <gtest/gtest.h>

#include "bench/chance/xoshiro.h"

namespace weir::bench::chance {
namespace {

using Numbers = std::vector<std::uint64_t>;

Numbers first_of(auto generator, std::size_t count) {
  Numbers numbers;
  while (numbers.size() < count) numbers.push_back(generator());
  return numbers;
}

/// The numbers that the authors' program gives from this state; ports check against them.
TEST(Xoshiro256, GivesTheKnownNumbers) {
  EXPECT_EQ(
      first_of(Xoshiro256(Xoshiro256::State{1, 2, 3, 4}), 5),
      (Numbers{41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205U}));
}

/// After twelve rounds from (3, 2, 1), as ports check too.
TEST(Sfc64, GivesTheKnownNumbers) {
  EXPECT_EQ(first_of(Sfc64(3, 2, 1), 4), (Numbers{0x1ddf'8d51'6ff6'cee8, 0x89fc'16a8'c6d8'6b58,
                                                  0x2ee4'be4a'743a'f170, 0xe853'a27e'5414'0aff}));
}

/// Of Random123's kat_vectors: counter 0, key 0.
TEST(Philox2x64, GivesTheKnownNumbers) {
  EXPECT_EQ(first_of(Philox2x64(), 2), (Numbers{0xca00'a045'9843'd731, 0x66c2'4222'c9a8'45b5}));
}

TEST(DrawAnew, IsWhatModelsDrawForOneEntityAfterTheOther) {
  const Chance chance{StreamKey{}};
  EXPECT_EQ(first_of(DrawAnew(), 2),
            (Numbers{chance.draw(Purpose{0}, 0)(), chance.draw(Purpose{0}, 1)()}));
}

}  // namespace
}  // namespace weir::bench::chance
