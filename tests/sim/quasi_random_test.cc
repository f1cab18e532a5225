#include "sim/quasi_random.h"

#include <array>

#include <gtest/gtest.h>

namespace weir {
namespace {

TEST(SobolPoints, AreTheKnownOnes) {
  // The first points of Joe and Kuo's sequence in two dimensions, in the order of the Gray code.
  SobolPoints points(2);
  for (const auto& [x, y] : {std::pair(0.5, 0.5), std::pair(0.75, 0.25), std::pair(0.25, 0.75),
                             std::pair(0.375, 0.375), std::pair(0.875, 0.875)}) {
    const auto point = points.next();
    EXPECT_NEAR(point[0], x, 0x1p-52);
    EXPECT_NEAR(point[1], y, 0x1p-52);
  }
}

TEST(SobolPoints, EachCoordinateVisitsEachCellOnce) {
  // Of the points 1 to 1,023 and the point 0, which is left out, one lies in each cell.
  SobolPoints points(5);
  std::array<std::array<int, 1024>, 5> visits{};
  for (int i = 1; i < 1024; ++i) {
    const auto point = points.next();
    for (std::size_t d = 0; d < 5; ++d) ++visits[d][static_cast<std::size_t>(point[d] * 1024)];
  }
  for (const auto& cells : visits)
    for (std::size_t cell = 0; cell < 1024; ++cell) ASSERT_EQ(cells[cell], cell == 0 ? 0 : 1);
}

TEST(SobolPoints, LieInsideTheCube) {
  SobolPoints points(3);
  for (int i = 0; i < 10'000; ++i)
    for (const double x : points.next()) ASSERT_TRUE(x > 0.0 && x < 1.0);
}

}  // namespace
}  // namespace weir
