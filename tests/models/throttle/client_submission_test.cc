#include "tests/models/throttle/policy_driver.h"

namespace weir::testing {
namespace {

using throttle::AddressInfo;
using throttle::Verdict;

constexpr AddressInfo client(std::uint32_t user) { return {.user = user, .port = 587}; }

PolicyDriver submission(const Keys& keys = {}) {
  return PolicyDriver("client-submission", keys, {client(0), client(0), client(1)});
}

Reply first_reply(const AddressInfo& info, const Keys& keys = {}) {
  return PolicyDriver("client-submission", keys, {info}).reply(0s);
}

TEST(ClientSubmission, WantsThePortTlsAndAUserWithAMailbox) {
  EXPECT_EQ(first_reply(client(0)), Reply::accepted);
  EXPECT_EQ(first_reply({.user = 0, .port = 25}), Reply::not_authenticated);
  EXPECT_EQ(first_reply({.user = 0, .tls = false, .port = 587}), Reply::not_authenticated);
  EXPECT_EQ(first_reply({.port = 587}), Reply::not_authenticated);
  EXPECT_EQ(first_reply({.user = 0, .mailbox = false, .port = 587}), Reply::authentication_failed);
  EXPECT_EQ(first_reply({.user = 0, .may_send_as = false, .port = 587}), Reply::send_as_denied);
}

TEST(ClientSubmission, MayListenAtPort25Too) {
  const std::vector<std::int64_t> ports{587, 25};
  EXPECT_EQ(first_reply({.user = 0, .port = 25}, {{"ports", ports}}), Reply::accepted);
  EXPECT_EQ(first_reply({.port = 25}, {{"ports", ports}}), Reply::not_authenticated);
}

TEST(ClientSubmission, CarriesWhatExceedsTheRateOverToTheNextMinutes) {
  PolicyDriver site = submission();
  for (int i = 0; i < 100; ++i) {
    const Verdict verdict = site.offer(50s);
    EXPECT_TRUE(verdict.accepts());
    const Duration turn = i / 30 == 0 ? Duration(50s) : Duration(i / 30 * 1min);
    EXPECT_EQ(verdict.slow_by, turn - 50s) << i;
  }
}

TEST(ClientSubmission, GivesEachMinuteItsThirtyInTheOrderOfArrival) {
  PolicyDriver site = submission();
  Draw draw(1, Purpose{0}, 0, 0);
  std::map<std::int64_t, int> of_minute;
  Duration now{};
  Duration last{};
  for (int i = 0; i < 20'000; ++i) {
    now += Duration(1s) * static_cast<std::int64_t>(draw.below(draw.below(300) == 0 ? 600 : 4));
    const Duration turn = now + site.offer(now, 1, static_cast<std::uint32_t>(i % 2)).slow_by;
    ASSERT_LE(++of_minute[turn / 1min], 30);
    ASSERT_GE(turn, last) << "nobody overtakes";
    last = turn;
    if (i % 400 == 399) site = submission(), of_minute.clear(), last = {};
  }
}

TEST(ClientSubmission, DelaysNobodyWhoStaysBelowTheRate) {
  PolicyDriver site = submission();
  for (int i = 0; i < 3'000; ++i) ASSERT_EQ(site.offer(i * 2s).slow_by, 0s);
}

TEST(ClientSubmission, MayRefuseWhatExceedsTheRate) {
  PolicyDriver site = submission({{"over_rate", "reject"}});
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(site.passes(10s));
  const Verdict refusal = site.offer(10s);
  EXPECT_EQ(refusal.reply, Reply::submission_rate);
  EXPECT_EQ(refusal.retry_at, at(60s));
  EXPECT_TRUE(site.passes(60s));
}

TEST(ClientSubmission, CountsByMailboxAndNotByClient) {
  PolicyDriver site = submission();
  for (int i = 0; i < 30; ++i) site.offer(0s, 1, static_cast<std::uint32_t>(i % 2));
  EXPECT_EQ(site.offer(0s, 1, 1).slow_by, 1min);
  EXPECT_EQ(site.offer(0s, 1, 2).slow_by, 0min) << "another user";
}

TEST(ClientSubmission, HoldsThreeConnectionsOfAMailbox) {
  PolicyDriver site = submission();
  EXPECT_TRUE(site.connects(0s, 0));
  EXPECT_TRUE(site.connects(0s, 1));
  EXPECT_TRUE(site.connects(0s, 0));
  const Verdict refusal = site.policy().connect(at(1s), 1);
  EXPECT_EQ(info(refusal.reply).code, "432 4.3.2");
  EXPECT_TRUE(site.connects(1s, 2)) << "another user";
  site.policy().disconnected(at(2s), 0);
  EXPECT_TRUE(site.connects(2s, 1));
}

TEST(ClientSubmission, ReachesTenThousandRecipientsInAnyTwentyFourHours) {
  PolicyDriver site = submission();
  for (int i = 0; i < 20; ++i)
    ASSERT_TRUE(site.passes(i * 1h, 500, static_cast<std::uint32_t>(i % 2)));
  EXPECT_EQ(site.reply(23h, 1), Reply::submission_quota);
  EXPECT_EQ(info(Reply::submission_quota).code, "554 5.2.0");
  EXPECT_TRUE(site.passes(24h, 500)) << "the first 500 have left";
  EXPECT_FALSE(site.passes(24h, 1));
  EXPECT_TRUE(site.passes(24h, 500, 2)) << "another user";
}

TEST(ClientSubmission, TakesFiveHundredRecipientsInAMessage) {
  PolicyDriver site = submission();
  EXPECT_TRUE(site.passes(0s, 500));
  EXPECT_EQ(site.reply(0s, 501), Reply::recipient_limit);
}

}  // namespace
}  // namespace weir::testing
