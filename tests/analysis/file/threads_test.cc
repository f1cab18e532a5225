#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/file/rows.h"
#include "analysis/file/worker.h"

namespace weir::analysis {
namespace {

TEST(Worker, DoesItsJobsInOrderAndOnOneOtherThread) {
  std::vector<int> done;
  std::thread::id first;
  std::thread::id last;
  {
    Worker worker;
    worker.post([&] { first = std::this_thread::get_id(); });
    for (int i = 0; i < 1'000; ++i) worker.post([&done, i] { done.push_back(i); });
    last = worker.call([] { return std::this_thread::get_id(); });
    EXPECT_EQ(done.size(), 1'000U) << "a call comes behind what was posted";
    worker.post([&done] { done.push_back(1'000); });
  }
  ASSERT_EQ(done.size(), 1'001U) << "no job is left undone";
  for (int i = 0; i <= 1'000; ++i) EXPECT_EQ(done[static_cast<std::size_t>(i)], i);
  EXPECT_EQ(first, last);
  EXPECT_NE(first, std::this_thread::get_id());
}

TEST(Worker, HandsBackWhatACallReturnsOrThrows) {
  Worker worker;
  EXPECT_EQ(worker.call([] { return 42; }), 42);
  EXPECT_THROW(worker.call([] { throw std::logic_error("no"); }), std::logic_error);
  EXPECT_EQ(worker.call([] { return std::string("still here"); }), "still here");
}

TEST(RowRing, BringsEveryRowOverAsItWas) {
  constexpr std::size_t kCells = 5'000, kRows = 2'000;  // a piece has a few rows
  RowRing ring(kCells, kRows);
  std::uint64_t taken = 0;
  {
    Worker worker;
    const auto hand_over = [&] {
      worker.post([&ring, &taken, rows = ring.hand_over()] {
        for (std::size_t row = 0; row < rows.count; ++row, ++taken)
          for (const std::size_t i : {std::size_t{0}, kCells - 1})
            EXPECT_EQ(rows.first[row * rows.stride + i], taken * kCells + i);
        ring.release();
      });
    };
    for (std::uint64_t row = 0; row < kRows; ++row) {
      Cell* const cells = ring.next_row();
      for (std::size_t i = 0; i < kCells; ++i) cells[i] = row * kCells + i;
      if (ring.full() || row % 7 == 0) hand_over();
    }
    if (ring.filled() > 0) hand_over();
  }
  EXPECT_EQ(taken, kRows);
}

TEST(RowRing, HasRoomForARowOfAnyLengthAndForNoMoreThanWasAsked) {
  RowRing wide(1'000'000, 100);
  wide.next_row()[999'999] = 1;
  EXPECT_TRUE(wide.full());
  RowRing few(1, 3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(few.full());
    few.next_row();
  }
  EXPECT_TRUE(few.full());
}

// The ring has a few pieces; who fills it waits for who empties it, and memory stays bounded.
TEST(RowRing, WaitsWhenAllPiecesAreHandedOver) {
  RowRing ring(1, 1);
  std::vector<const Cell*> places;
  std::atomic<int> released = 0;
  for (int i = 0; i < 4; ++i) {
    places.push_back(ring.next_row());
    ring.hand_over();
  }
  std::thread reader([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    released = 1;
    ring.release();
  });
  EXPECT_EQ(ring.next_row(), places.front()) << "the piece that came back first";
  EXPECT_EQ(released, 1);
  reader.join();
}

}  // namespace
}  // namespace weir::analysis
