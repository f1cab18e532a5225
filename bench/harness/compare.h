#pragma once
/// Times two sides, segment by segment in turn, and checks that what they did is right.
///
/// Google Benchmark times each segment, as a benchmark of one iteration. The sides take turns and
/// live on, so that what disturbs the machine disturbs both; medians are taken over the segments.

#include <cstdint>

#include "bench/harness/side.h"

namespace weir::bench {

/// By which a segment is timed. The thread's own processor time does not see what else runs on the
/// machine, nor the threads that a side starts.
enum class Clock : std::uint8_t { thread, wall };

/// Whose fingerprint the measured side's must equal.
enum class Witness : std::uint8_t {
  reference,  // the reference does the same work
  apart,      // `witness` does, untimed; the reference does other work, such as a unit of cost
  itself      // nobody's: problem() tells whether the result is right
};

struct Comparison {
  MakeSide measured;
  MakeSide reference;
  Witness checked_by = Witness::reference;
  MakeSide witness{};  // does the first kWitnessed segments, since it is slow
  Clock clock = Clock::thread;
};

inline constexpr int kWitnessed = 3;

/// A thread's clock pins it to one core meanwhile. What a side throws comes out of here.
Measurement compare(const Comparison& comparison, const Load& load);

/// REQUIRES: `values` is not empty.
double median(std::vector<double> values);

}  // namespace weir::bench
