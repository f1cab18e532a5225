#include "tests/analysis/estimate/queue_theory.h"

#include <gtest/gtest.h>

namespace weir::analysis {
namespace {

TEST(QueueTheory, GivesTheWaitsThatAreKnown) {
  const auto expect = [](double load, double mean, double variance, double asymptotic) {
    const QueueTheory queue{load};
    EXPECT_NEAR(queue.mean_wait() / mean, 1.0, 2e-6);
    EXPECT_NEAR(queue.wait_variance() / variance, 1.0, 2e-6);
    EXPECT_NEAR(queue.wait_asymptotic_variance() / asymptotic, 1.0, 2e-6);
  };
  expect(0.5, 1.0, 3.0, 29.0);
  expect(0.7, 2.33333, 10.1111, 335.568);
  expect(0.8, 4.0, 24.0, 1976.0);
  expect(0.9, 9.0, 99.0, 35901.0);
  expect(0.95, 19.0, 399.0, 607601.0);
}

TEST(QueueTheory, GivesTheNumbersInSystemThatAreKnown) {
  EXPECT_NEAR(QueueTheory{0.5}.number_asymptotic_variance(), 24.0, 1e-9);
  EXPECT_NEAR(QueueTheory{0.8}.number_asymptotic_variance(), 1800.0, 1e-8);
  EXPECT_NEAR(QueueTheory{0.9}.number_asymptotic_variance(), 34200.0, 1e-7);
}

TEST(QueueTheory, GivesTheQuantilesThatAreKnown) {
  const QueueTheory queue{0.8};
  EXPECT_NEAR(queue.sojourn_quantile(0.5), 3.46574, 5e-6);
  EXPECT_NEAR(queue.sojourn_quantile(0.9), 11.51293, 5e-6);
  EXPECT_NEAR(queue.sojourn_quantile(0.95), 14.97866, 5e-6);
  EXPECT_NEAR(queue.sojourn_quantile(0.99), 23.02585, 5e-6);
  EXPECT_NEAR(queue.wait_quantile(0.5), 2.35002, 5e-6);
  EXPECT_NEAR(queue.wait_quantile(0.9), 10.39721, 5e-6);
  EXPECT_NEAR(queue.wait_quantile(0.95), 13.86294, 5e-6);
  EXPECT_NEAR(queue.wait_quantile(0.99), 21.91013, 5e-6);
  const QueueTheory busy{0.9};
  EXPECT_NEAR(busy.wait_quantile(0.5), 5.87787, 5e-6);
  EXPECT_NEAR(busy.wait_quantile(0.9), 21.97225, 5e-6);
  EXPECT_NEAR(busy.wait_quantile(0.95), 28.90372, 5e-6);
  EXPECT_NEAR(busy.wait_quantile(0.99), 44.99810, 5e-6);
}

// Law and Kelton's example, with one arrival a time unit and services of 0.9.
TEST(QueueTheory, GivesTheFirstWaitsOfAColdQueue) {
  EXPECT_NEAR(QueueTheory{0.9}.mean_of_first_waits(25), 2.36054, 5e-6);
  EXPECT_NEAR(0.9 * QueueTheory{0.9}.mean_of_first_waits(25), 2.1245, 5e-5);
}

}  // namespace
}  // namespace weir::analysis
