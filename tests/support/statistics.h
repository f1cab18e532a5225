#pragma once
/// The only place where a test compares a sample with a truth.
///
/// Every check computes its own tolerance from the sample and fails at the level of z = 5
/// (5.7e-7 two-sided): EXPECT_TRUE(check_mean(delays, 3.0)). Fix the seeds, and a pass stays one.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include <gtest/gtest.h>

namespace weir::testing {

/// How check_mean treats neighbouring samples: independent, or in batches whose means are.
struct Batches {
  std::size_t count = 0;  // 0: samples are independent; else at least 10, each long enough

  static constexpr Batches none() { return {}; }
};

/// Whether the mean of the samples is `truth`, by Student's t over samples or batch means.
/// Samples without any spread must equal the truth to the bit.
::testing::AssertionResult check_mean(std::span<const double> samples, double truth,
                                      Batches batches = Batches::none());

/// Whether `hits` of `trials` fit the chance `truth`, by the exact binomial interval.
::testing::AssertionResult check_share(std::uint64_t hits, std::uint64_t trials, double truth);

/// Whether independent samples come from the continuous distribution `cdf`: Kolmogorov and
/// Smirnov's distance within the bound of Dvoretzky, Kiefer, Wolfowitz and Massart (any n).
::testing::AssertionResult check_distribution(std::span<const double> samples,
                                              const std::function<double(double)>& cdf);

/// Whether counts fit the shares given (sum 1), by Pearson's chi-square; every expected count
/// must be at least 10.
::testing::AssertionResult check_counts(std::span<const std::uint64_t> counts,
                                        std::span<const double> shares);

}  // namespace weir::testing
