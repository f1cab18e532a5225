#include "models/throttle/policy.h"
#include "tests/models/make_model.h"

namespace weir::throttle {
namespace {

using namespace weir::testing;

std::unique_ptr<Policy> greylisting(const Keys& keys = {}) {
  auto policy = make_model<Policy>(catalogue(), "greylisting", keys);
  policy->prepare(std::vector<AddressInfo>(2));
  return policy;
}

struct Try {
  Duration first;  // when the message was tried first
  Duration now;
  std::uint32_t number = 2;
  std::uint32_t address = 0;
};

Verdict offer(Policy& policy, const Try& t) {
  Draw draw(1, Purpose{0}, 0, 0);
  const Attempt attempt{
      .now = at(t.now), .address = t.address, .number = t.number, .first_attempt = at(t.first)};
  const Verdict verdict = policy.admit(attempt, draw);
  if (verdict.accepts()) policy.accepted(attempt, 1);
  EXPECT_EQ(draw.draws(), 0u);
  return verdict;
}

/// Has as many messages accepted.
void make_known(Policy& policy, int messages, Duration when = 5min) {
  for (int i = 0; i < messages; ++i) EXPECT_TRUE(offer(policy, {when - 5min, when}).accepts());
}

TEST(Greylisting, RefusesUntilTheDelayHasPassedAndThenAccepts) {
  const auto policy = greylisting();
  const Verdict refusal = offer(*policy, {10s, 10s, 1});
  EXPECT_EQ(refusal.reply, Reply::greylisted);
  EXPECT_EQ(refusal.retry_at, at(310s));
  EXPECT_EQ(offer(*policy, {10s, 310s - 1ns}).retry_at, at(310s));
  EXPECT_TRUE(offer(*policy, {10s, 310s}).accepts());
}

// Kills: a delay that counts from the last attempt.
TEST(Greylisting, AcceptsEveryMessageExactlyFromItsFirstAttemptAndTheDelayOn) {
  const auto policy = greylisting({{"known_after", 0}});
  Draw draw(7, Purpose{0}, 0, 0);
  Duration now{};
  for (int i = 0; i < 5'000; ++i) {
    now += Duration(1s) * static_cast<std::int64_t>(draw.below(60));
    const Duration first =
        now - std::min(now, Duration(1s) * static_cast<std::int64_t>(draw.below(600)));
    ASSERT_EQ(offer(*policy, {first, now, 3}).accepts(), now >= first + 5min);
  }
}

TEST(Greylisting, AcceptsAnAddressAtOnceThatItKnows) {
  const auto policy = greylisting({{"known_after", 3}});
  make_known(*policy, 2);
  EXPECT_FALSE(offer(*policy, {1h, 1h, 1}).accepts());
  make_known(*policy, 1);
  EXPECT_TRUE(offer(*policy, {2h, 2h, 1}).accepts());
  EXPECT_FALSE(offer(*policy, {2h, 2h, 1, 1}).accepts());  // the other address
}

TEST(Greylisting, ForgetsAnAddressThatIsSilentForTooLong) {
  const auto policy = greylisting({{"known_after", 1}, {"forget", "10 d"}});
  make_known(*policy, 1);
  EXPECT_TRUE(offer(*policy, {24h * 10, 24h * 10, 1}).accepts());
  EXPECT_TRUE(offer(*policy, {24h * 20, 24h * 20, 1}).accepts());
  EXPECT_FALSE(offer(*policy, {24h * 31, 24h * 31, 1}).accepts());
}

TEST(Greylisting, TakesAFirstRetryThatComesTooLateForAFirstAttempt) {
  const auto policy = greylisting({{"retry_within", "2 h"}});
  EXPECT_TRUE(offer(*policy, {0s, 2h, 2}).accepts());
  EXPECT_EQ(offer(*policy, {0s, 3h, 2}).retry_at, at(3h + 5min));
  EXPECT_TRUE(offer(*policy, {0s, 3h + 5min, 3}).accepts());
}

}  // namespace
}  // namespace weir::throttle
