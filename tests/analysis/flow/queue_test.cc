#include "analysis/flow/queue.h"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

// Expected values were computed in rational numbers from the sums that define Erlang's formulas.

namespace weir::analysis {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(ErlangB, IsTheTruncatedPoissonShare) {
  EXPECT_DOUBLE_EQ(erlang_b(5, 3.0), 81.0 / 736.0);
  EXPECT_NEAR(erlang_b(10, 5.0), 0.018384570336648132, 1e-15);
  EXPECT_NEAR(erlang_b(100, 100.0), 0.07570045271086097, 1e-14);
  EXPECT_EQ(erlang_b(0, 3.0), 1.0);
}

TEST(ErlangC, IsTheChanceToWait) {
  EXPECT_DOUBLE_EQ(erlang_c(2, 1.6), 32.0 / 45.0);
  EXPECT_NEAR(erlang_c(10, 8.0), 0.40918015079644354, 1e-14);
  EXPECT_DOUBLE_EQ(erlang_c(1, 0.7), 0.7);
  EXPECT_EQ(erlang_c(3, 3.0), 1.0);
}

TEST(ErlangB, FindsTheFewestServers) {
  EXPECT_EQ(servers_for(5.0, 0.02), 10U) << "0.0184 at 10, 0.0375 at 9";
  EXPECT_EQ(servers_for(0.0, 0.5), 1U);
}

TEST(ManyServers, GiveTheSpamFarmOfGunther) {
  // 2,376 messages an hour, 6 s each, four scanners (facts 5.5).
  const QueueFigures farm = many_servers(0.66, 6.0, 4);
  EXPECT_DOUBLE_EQ(farm.utilisation, 0.99);
  EXPECT_NEAR(farm.waits, 0.9779051760931426, 1e-12);
  EXPECT_NEAR(farm.wait, 146.6857764139714, 1e-9);
  EXPECT_NEAR(farm.sojourn, 152.6857764139714, 1e-9);
  EXPECT_NEAR(farm.waiting, 96.81261243322112, 1e-9);
  EXPECT_NEAR(farm.present, 100.77261243322113, 1e-9);
}

TEST(ManyServers, OfOneAreTheSimplestQueue) {
  const QueueFigures q = many_servers(0.8, 1.0, 1);
  EXPECT_DOUBLE_EQ(q.wait, 4.0);
  EXPECT_DOUBLE_EQ(q.present, 4.0);
  EXPECT_DOUBLE_EQ(q.waiting, 3.2);
}

TEST(ManyServers, GrowWithoutBoundWhenTheyGetAsMuchAsTheyCanServe) {
  const QueueFigures full = many_servers(2.0, 1.0, 2);
  EXPECT_EQ(full.utilisation, 1.0);
  EXPECT_EQ(full.wait, kInfinite);
  EXPECT_EQ(full.present, kInfinite);
}

TEST(ManyServers, ThatGetNothingAreIdle) {
  const QueueFigures idle = many_servers(0.0, 2.0, 3);
  EXPECT_EQ(idle.waits, 0.0);
  EXPECT_EQ(idle.sojourn, 2.0);
  EXPECT_EQ(idle.present, 0.0);
}

TEST(OneServer, WaitsAsPollaczekAndKhinchineSay) {
  EXPECT_DOUBLE_EQ(one_server(0.8, 1.0, 0.0).wait, 2.0) << "fixed times: half of";
  EXPECT_DOUBLE_EQ(one_server(0.8, 1.0, 1.0).wait, 4.0) << "exponential ones";
  // Nine of ten of mean 0.5 s, the tenth of 5.5 s, all exponential: E S^2 = 6.5, so C^2 = 5.5.
  EXPECT_DOUBLE_EQ(one_server(0.6, 1.0, 5.5).wait, 0.6 * 6.5 / 0.8);
  EXPECT_EQ(one_server(1.0, 1.0, 0.0).wait, kInfinite);
}

TEST(WaitQuantile, InvertsTheExponentialTailOfTheWait) {
  // P(W > t) = C e^(-(c/S - lambda) t), with C = 32/45 and a rate of 0.4.
  EXPECT_EQ(wait_quantile(0.25, 1.6, 1.0, 2), 0.0);
  EXPECT_NEAR(wait_quantile(0.95, 1.6, 1.0, 2), std::log(32.0 / 45.0 / 0.05) / 0.4, 1e-12);
  EXPECT_EQ(wait_quantile(0.5, 2.0, 1.0, 2), kInfinite);
}

TEST(Queue, RefusesWhatIsNoQueue) {
  EXPECT_THROW(many_servers(1.0, 1.0, 0), std::domain_error);
  EXPECT_THROW(many_servers(1.0, 0.0, 1), std::domain_error);
  EXPECT_THROW(many_servers(-1.0, 1.0, 1), std::domain_error);
  EXPECT_THROW(one_server(1.0, 1.0, -0.1), std::domain_error);
  EXPECT_THROW(erlang_b(1, std::nan("")), std::domain_error);
  EXPECT_THROW(wait_quantile(1.0, 1.0, 1.0, 2), std::domain_error);
  EXPECT_THROW(servers_for(1.0, 0.0), std::domain_error);
}

}  // namespace
}  // namespace weir::analysis
