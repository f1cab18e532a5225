#include <random>

#include <gtest/gtest.h>

#include "tests/support/literal_receiver.h"
#include "tests/support/receiver.h"

// The policy beside a literal reference over random operations: every verdict, state and count.
// Mutants it kills: window ends at > instead of >=, volume over 25 hours, group histories that are
// not deleted, baseline with the present day, listing span closed at its end.

namespace weir::testing {
namespace {

using throttle::AddressInfo;
using throttle::Attempt;
using throttle::Evidence;

const std::vector<AddressInfo> kAddresses{{1, 1}, {1, 1}, {1, 2}, {2, 2}, {2, 2}};

/// Small enough that everything happens often: windows of both kinds, listings, groups.
LiteralRule small_rule() {
  return {.probation = 300.0,
          .growth = 1.5,
          .half_life_days = 1.25,
          .group_factor = 2.5,
          .window = 20h + 30min,
          .trickle_interval = 6min,
          .evidence_half_life_days = 2.0};
}

Keys keys_of(const LiteralRule& rule) {
  return {{"probation", "300/d"},       {"growth", 1.5},
          {"half_life", "30 h"},        {"domain_factor", 2.5},
          {"window", "20.5 h"},         {"in_window", rule.trickles ? "trickle" : "closed"},
          {"trickle_rate", "10/h"},     {"after_window", rule.deletes ? "deleted" : "kept"},
          {"evidence_half_life", "2 d"}};
}

/// Random operations on both; ends at the first disagreement.
class Duel {
 public:
  explicit Duel(const LiteralRule& rule)
      : policy_(keys_of(rule), kAddresses), literal_(rule, kAddresses) {}

  void step() {
    pass_time();
    const auto address = static_cast<std::uint32_t>(below(kAddresses.size()));
    const bool bad_week = now_.time_since_epoch() / 168h % 5 == 4;
    if (below(10) == 0) return judge(address, {.complaints = bad_week ? 1U : 0U});
    attempt({.now = now_,
             .address = address,
             .recipients = static_cast<std::uint32_t>(1 + below(below(20) == 0 ? 100 : 12)),
             .exempt = below(20) == 0},
            bad_week);
  }

  std::uint64_t windows() const { return windows_; }
  std::uint64_t listings() const { return listings_; }
  std::uint64_t accepted() const { return accepted_; }

 private:
  std::uint64_t below(std::uint64_t n) { return engine_() % n; }

  /// Mostly minutes, sometimes hours, rarely weeks; often to the very instant that matters.
  void pass_time() {
    if (below(8) == 0) return;
    if (below(50) == 0 && next_ > now_) return void(now_ = next_);
    const std::uint64_t kind = below(3000);
    const Duration most = kind == 0 ? Duration{50 * 24h} : kind < 200 ? 8h : 20min;
    now_ += Duration{static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most.count())))};
  }

  void judge(std::uint32_t address, const Evidence& evidence) {
    policy_.policy().judged(now_, address, evidence);
    literal_.judged(now_, address, evidence);
  }

  void attempt(const Attempt& attempt, bool bad_week) {
    const throttle::Verdict mine = policy_.attempt(attempt);
    const throttle::Verdict truth = literal_.admit(attempt);
    ASSERT_EQ(mine.reply, truth.reply);
    if (!truth.accepts()) {
      ASSERT_EQ(mine.retry_at, truth.retry_at);
      if (truth.retry_at > now_) next_ = truth.retry_at;
    } else {
      ++accepted_;
      literal_.accepted(attempt, attempt.recipients);
      judge(attempt.address,
            {.recipients = attempt.recipients, .spam = bad_week ? attempt.recipients / 4 : 0});
    }
    compare(attempt.address);
  }

  void compare(std::uint32_t address) {
    const throttle::Standing mine = policy_.standing(now_.time_since_epoch(), address);
    ASSERT_EQ(mine.state, literal_.state(address, now_));
    ASSERT_EQ(mine.windows, literal_.windows(address));
    ASSERT_NEAR(mine.reputation, literal_.reputation(address, now_), 1e-9) << "rounding only";
    windows_ = std::max<std::uint64_t>(windows_, mine.windows);
    listings_ = std::max<std::uint64_t>(listings_, mine.listings);
  }

  Receiver policy_;
  LiteralReceiver literal_;
  std::mt19937_64 engine_{20260105};
  SimTime now_{};
  SimTime next_{};
  std::uint64_t windows_ = 0, listings_ = 0, accepted_ = 0;
};

/// 25,000 operations on each of the four kinds of receiver.
class HistoryWindowLiteral : public ::testing::TestWithParam<std::pair<bool, bool>> {};

TEST_P(HistoryWindowLiteral, AgreesWithTheReferenceOverRandomOperations) {
  LiteralRule rule = small_rule();
  std::tie(rule.trickles, rule.deletes) = GetParam();
  Duel duel(rule);
  for (int step = 0; step < 25'000; ++step) {
    duel.step();
    if (HasFatalFailure()) FAIL() << "at step " << step;
  }
  // The operations are worth something only if all of it happened, and often.
  EXPECT_GT(duel.windows(), 30U);
  EXPECT_GT(duel.listings(), 5U);
  EXPECT_GT(duel.accepted(), 5'000U);
}

INSTANTIATE_TEST_SUITE_P(AllKinds, HistoryWindowLiteral,
                         ::testing::Values(std::pair(false, false), std::pair(false, true),
                                           std::pair(true, false), std::pair(true, true)));

}  // namespace
}  // namespace weir::testing
