// Cells: indices and references stay good while they grow.

#include "sim/cells.h"

#include <gtest/gtest.h>

namespace weir {
namespace {

constexpr std::size_t kMany = 20'000;  // several chunks

TEST(Cells, HoldWhatWasAdded) {
  Cells<std::size_t> cells;
  EXPECT_EQ(cells.size(), 0U);
  for (std::size_t i = 0; i < kMany; ++i) EXPECT_EQ(cells.add(7 * i), 7 * i);
  EXPECT_EQ(cells.size(), kMany);
  for (std::size_t i = 0; i < kMany; ++i) ASSERT_EQ(cells[i], 7 * i);
}

TEST(Cells, KeepReferencesGoodWhileTheyGrow) {
  Cells<std::size_t> cells;
  std::size_t& first = cells.add(1);
  for (std::size_t i = 1; i < kMany; ++i) cells.add(0);
  first = 5;
  EXPECT_EQ(&first, &cells[0]);
  EXPECT_EQ(cells[0], 5U);
}

TEST(Cells, AreAlignedAsTheirThingAsks) {
  struct alignas(64) Line {
    char text[64] = {};
  };
  Cells<Line> cells;
  for (std::size_t i = 0; i < kMany; i += 1'000) {
    cells.add({});
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&cells[cells.size() - 1]) % 64, 0U);
  }
}

TEST(Cells, FetchTakesAnyIndex) {
  Cells<int> cells;
  cells.fetch(0);
  cells.add(3);
  cells.fetch(0);
  cells.fetch(~std::size_t{0});
  EXPECT_EQ(cells[0], 3);
}

}  // namespace
}  // namespace weir
