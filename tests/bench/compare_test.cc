#include "bench/harness/compare.h"

#include <stdexcept>

#include <gtest/gtest.h>
#include <sched.h>

#include "tests/bench/scripted_side.h"

namespace weir::bench {
namespace {

constexpr Load kThree{.n = 1, .segments = 3};

class Compare : public testing::Test {
 protected:
  MakeSide scripted(const Script& script) { return side<ScriptedSide>(script, &log_); }

  std::string log_;
};

TEST(Median, IsTheMiddleOrTheMeanOfTheTwoMiddles) {
  EXPECT_EQ(median({5, 1, 9}), 5);
  EXPECT_EQ(median({8, 1, 2, 4}), 3);
  EXPECT_EQ(median({6}), 6);
}

TEST_F(Compare, SidesAreWarmedOnceLiveOnAndTakeTurns) {
  compare({.measured = scripted({.name = 'm'}), .reference = scripted({.name = 'r'})}, kThree);
  EXPECT_EQ(log_, "MRmrmrmr");
}

TEST_F(Compare, NanosecondsAreOfOneUnitAndTheMedianSegment) {
  const Measurement found =
      compare({.measured = scripted({.seconds = {1e-6, 9e-6, 2e-6}, .units = 100}),
               .reference = scripted({.seconds = {8e-6, 4e-6, 1e-6}, .units = 50})},
              kThree);
  EXPECT_DOUBLE_EQ(*found.ns, 20);
  EXPECT_DOUBLE_EQ(*found.reference_ns, 80);
  EXPECT_DOUBLE_EQ(*found.ratio, 0.25);
  EXPECT_EQ(found.problem, "");
  EXPECT_EQ(found.figures.at(0).value, 3);
}

TEST_F(Compare, AnotherFingerprintThanTheReferenceIsAProblem) {
  const Measurement found = compare(
      {.measured = scripted({.fingerprint = 0xa0}), .reference = scripted({.fingerprint = 0xb0})},
      kThree);
  EXPECT_EQ(found.problem, "the fingerprint is 00000000000000a3, not 00000000000000b3");
}

TEST_F(Compare, AWitnessDoesAsMuchAsWasMeasured) {
  const auto checked_against = [&](std::uint64_t fingerprint) {
    return compare({.measured = scripted({.name = 'm'}),
                    .reference = scripted({.name = 'r', .fingerprint = 1}),
                    .checked_by = Witness::apart,
                    .witness = scripted({.name = 'w', .fingerprint = fingerprint})},
                   kThree)
        .problem;
  };
  EXPECT_EQ(checked_against(7), "");
  EXPECT_EQ(log_, "MRmrmrmrWwww");
  EXPECT_EQ(checked_against(8), "the fingerprint is 000000000000000a, not 000000000000000b");
}

TEST_F(Compare, AWitnessChecksTheFirstSegmentsOfMany) {
  const Measurement found = compare({.measured = scripted({.name = 'm'}),
                                     .reference = scripted({.name = 'r'}),
                                     .checked_by = Witness::apart,
                                     .witness = scripted({.name = 'w'})},
                                    {.n = 1, .segments = 5});
  EXPECT_EQ(found.problem, "");
  EXPECT_EQ(log_.substr(log_.find('W')), "Wwww");
}

TEST_F(Compare, ASideThatChecksItselfIsComparedWithNobody) {
  Comparison comparison{.measured = scripted({}),
                        .reference = scripted({.fingerprint = 1}),
                        .checked_by = Witness::itself};
  EXPECT_EQ(compare(comparison, kThree).problem, "");
  comparison.measured = scripted({.problem = "the mean is 11"});
  EXPECT_EQ(compare(comparison, kThree).problem, "the mean is 11");
}

/// Works for a while, and notes on how many cores it may.
class BusySide final : public Side {
 public:
  explicit BusySide(int* cores) : cores_(cores) {}

  Segment segment() override {
    cpu_set_t allowed;
    sched_getaffinity(0, sizeof allowed, &allowed);
    *cores_ = CPU_COUNT(&allowed);
    for (int i = 0; i < 100'000; ++i) sum_ = sum_ * 3 + 1;
    return {100'000};
  }
  std::uint64_t fingerprint() const override { return sum_; }

 private:
  int* cores_;
  std::uint64_t sum_ = 1;
};

TEST(CompareByThreadClock, IsPinnedToOneCoreMeanwhile) {
  cpu_set_t before;
  cpu_set_t after;
  int cores = 0;
  sched_getaffinity(0, sizeof before, &before);
  const Measurement found =
      compare({.measured = side<BusySide>(&cores), .reference = side<BusySide>(&cores)}, kThree);
  sched_getaffinity(0, sizeof after, &after);
  EXPECT_EQ(cores, 1);
  EXPECT_TRUE(CPU_EQUAL(&before, &after));
  EXPECT_GT(*found.ns, 0);
}

class FailingSide final : public Side {
 public:
  Segment segment() override { throw std::runtime_error("no such scenario"); }
  std::uint64_t fingerprint() const override { return 0; }
};

TEST(CompareOfASideThatThrows, ThrowsThat) {
  EXPECT_THROW(compare({.measured = side<FailingSide>(), .reference = side<FailingSide>()}, kThree),
               std::runtime_error);
}

}  // namespace
}  // namespace weir::bench
