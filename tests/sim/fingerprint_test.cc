#include "sim/fingerprint.h"

#include <algorithm>
#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel.h"

namespace weir {
namespace {

constexpr SimTime at(Duration since_start) { return SimTime{since_start}; }

TEST(Fingerprint, IsTheKnownOne) {
  Fingerprint fingerprint;
  EXPECT_EQ(fingerprint.value(), 0x6a09'e667'f3bc'c908U);
  fingerprint.fold(at(1s), 1, 1);
  EXPECT_EQ(fingerprint.value(), 0xe4fd'8309'6888'837fU);
  fingerprint.fold(at(90min), 25, std::uint64_t{3} << 48 | 77);
  EXPECT_EQ(fingerprint.value(), 0xf907'396a'4853'1fcfU);
}

TEST(Fingerprint, ChangesWithInstantKindNameAndCount) {
  const auto of = [](SimTime when, std::uint32_t kind, std::uint64_t name, int times = 1) {
    Fingerprint fingerprint;
    for (int i = 0; i < times; ++i) fingerprint.fold(when, kind, name);
    return fingerprint.value();
  };
  const std::uint64_t base = of(at(1s), 1, 1);
  for (const std::uint64_t other : {of(at(1s) + 1ns, 1, 1), of(at(1s), 2, 1), of(at(1s), 1, 2),
                                    of(at(1s), 257, 1), of(at(1s), 1, 1, 2), Fingerprint().value()})
    EXPECT_NE(other, base);
  EXPECT_EQ(of(at(1s), 1, 1), base);
}

TEST(Fingerprint, TellsAKindFromALateInstant) {
  Fingerprint kind;
  Fingerprint instant;
  kind.fold(at(0s), 1, 1);
  instant.fold(at(Duration(std::int64_t{1} << 56)), 0, 1);
  EXPECT_NE(kind, instant);
}

TEST(Fingerprint, DependsOnTheOrderOfEvents) {
  Fingerprint a;
  Fingerprint b;
  a.fold(at(1s), 1, 1);
  a.fold(at(1s), 1, 2);
  b.fold(at(1s), 1, 2);
  b.fold(at(1s), 1, 1);
  EXPECT_NE(a, b);
}

TEST(Fingerprint, CombinesReplicationsInTheirOrder) {
  std::array<Fingerprint, 2> replications;
  replications[0].fold(at(1s), 1, 1);
  replications[1].fold(at(2s), 1, 1);
  Fingerprint forward;
  Fingerprint backward;
  forward.fold(replications[0]);
  forward.fold(replications[1]);
  backward.fold(replications[1]);
  backward.fold(replications[0]);
  EXPECT_NE(forward, backward);
}

TEST(IntervalDigests, PointToTheFirstIntervalThatDiffers) {
  IntervalDigests a(1h);
  IntervalDigests b(1h);
  for (int minute = 0; minute < 600; minute += 7) {
    a.fold(at(minute * 1min), 1, 5);
    b.fold(at(minute * 1min), 1, minute == 259 ? 6 : 5);
  }
  EXPECT_EQ(first_difference(a, b), 4U);
}

TEST(IntervalDigests, FindNoDifferenceBetweenEqualRuns) {
  IntervalDigests a(1h);
  a.fold(at(10h), 1, 1);
  EXPECT_EQ(first_difference(a, a), a.digests().size());
  EXPECT_EQ(a.digests().size(), 11U);
}

TEST(IntervalDigests, SeeThatOneRunWentOn) {
  IntervalDigests a(1h);
  IntervalDigests b(1h);
  a.fold(at(0h), 1, 1);
  b.fold(at(0h), 1, 1);
  b.fold(at(3h), 1, 1);
  EXPECT_EQ(first_difference(a, b), 3U);
  EXPECT_EQ(first_difference(b, a), 3U);
}

TEST(IntervalDigests, PutAnEventOnABorderIntoTheIntervalThatBeginsThere) {
  IntervalDigests digests(1h);
  digests.fold(at(1h) - 1ns, 1, 1);
  EXPECT_EQ(digests.digests().size(), 1U);
  digests.fold(at(1h), 1, 1);
  EXPECT_EQ(digests.digests().size(), 2U);
}

TEST(IntervalDigestsDeathTest, RefuseToCompareDifferentIntervals) {
  EXPECT_DEATH(first_difference(IntervalDigests(1h), IntervalDigests(2h)), "different intervals");
}

/// A run whose event number `odd` takes 1 ns more: the first pass keeps digests, the second a trace
/// of one interval.
struct TickingRun {
  struct Tick {
    std::uint64_t number = 0;
  };
  struct Line {
    SimTime when;
    std::uint64_t name;
    friend bool operator==(const Line&, const Line&) = default;
  };

  std::uint64_t odd;

  template <class Observe>
  void each(Observe observe) const {
    Kernel<Tick> kernel;
    kernel.at(at(0s), {0});
    kernel.run_until(at(24h), [&](Tick tick) {
      observe(kernel.now(), tick.number);
      kernel.in(tick.number + 1 == odd ? 7s + 1ns : 7s, {tick.number + 1});
    });
  }

  IntervalDigests digests() const {
    IntervalDigests digests(1h);
    each([&](SimTime when, std::uint64_t name) { digests.fold(when, 1, name); });
    return digests;
  }

  std::vector<Line> trace(std::size_t interval) const {
    std::vector<Line> lines;
    each([&](SimTime when, std::uint64_t name) {
      if (when.time_since_epoch() / 1h == static_cast<std::int64_t>(interval))
        lines.push_back({when, name});
    });
    return lines;
  }
};

TEST(IntervalDigests, LeadToTheFirstEventThatDiffers) {
  const TickingRun plain{0};
  const TickingRun changed{7'000};  // at 49,000 s
  const std::size_t interval = first_difference(plain.digests(), changed.digests());
  ASSERT_EQ(interval, 13U);
  const auto a = plain.trace(interval);
  const auto b = changed.trace(interval);
  const auto [mine, theirs] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  ASSERT_NE(theirs, b.end());
  EXPECT_EQ(theirs->name, 7'000U);
  EXPECT_EQ(theirs->when - mine->when, 1ns);
}

}  // namespace
}  // namespace weir
