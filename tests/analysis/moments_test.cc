#include "analysis/moments.h"

#include <array>

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

Moments moments_of(auto... values) {
  Moments moments;
  (moments.add(values), ...);
  return moments;
}

TEST(Moments, AreThoseOfTheTwoPassFormula) {
  const Moments moments = moments_of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0);
  EXPECT_DOUBLE_EQ(moments.mean(), 5.0);
  EXPECT_DOUBLE_EQ(moments.variance(), 32.0 / 7.0);
  EXPECT_DOUBLE_EQ(moments.standard_error(), std::sqrt(32.0 / 7.0 / 8.0));
}

TEST(Moments, KeepTheirDigitsFarFromZero) {
  const Moments moments = moments_of(1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0);
  EXPECT_DOUBLE_EQ(moments.variance(), 30.0);
}

TEST(Moments, MergeToThoseOfAllValues) {
  Moments merged = moments_of(1.0, 2.0, 4.0);
  merged.merge(moments_of(100.0, 108.0));
  const Moments all = moments_of(1.0, 2.0, 4.0, 100.0, 108.0);
  EXPECT_EQ(merged.count(), 5u);
  EXPECT_DOUBLE_EQ(merged.mean(), all.mean());
  EXPECT_DOUBLE_EQ(merged.variance(), all.variance());
}

TEST(Moments, MergeWithNothingChangesNothing) {
  Moments moments = moments_of(1.0, 2.0);
  moments.merge(Moments());
  EXPECT_EQ(moments.count(), 2u);
  Moments empty;
  empty.merge(moments);
  EXPECT_EQ(empty.mean(), 1.5);
  EXPECT_EQ(empty.variance(), 0.5);
}

TEST(Moments, HaveNoSpreadWithOneValue) {
  EXPECT_EQ(moments_of(3.0).variance(), 0.0);
  EXPECT_EQ(moments_of(3.0).standard_error(), 0.0);
  EXPECT_EQ(Moments().mean(), 0.0);
}

}  // namespace
}  // namespace weir::analysis
