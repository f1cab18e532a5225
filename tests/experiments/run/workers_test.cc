#include "experiments/run/workers.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace weir::experiments {
namespace {

TEST(ForEach, DoesEachWorkOnce) {
  for (const unsigned jobs : {0U, 1U, 4U, 200U}) {
    std::vector<std::atomic<int>> done(100);
    for_each(done.size(), jobs, [&](std::size_t i) { ++done[i]; });
    for (const auto& times : done) EXPECT_EQ(times, 1) << jobs << " jobs";
  }
}

TEST(ForEach, ThrowsOnWhatAWorkerThrew) {
  EXPECT_THROW(for_each(100, 3,
                        [](std::size_t i) {
                          if (i == 50) throw std::runtime_error("no");
                        }),
               std::runtime_error);
}

}  // namespace
}  // namespace weir::experiments
