// With the numbers of a published rule: 50,000 x age in days / 24 an hour for 28 days, then
// 100,000 an hour.

#include "tests/models/throttle/policy_driver.h"

namespace weir::testing {
namespace {

using throttle::AddressState;

/// How many recipients pass in the hour that begins at `when`, one at a time.
std::int64_t pass(PolicyDriver& site, Duration when) {
  std::int64_t passed = 0;
  while (passed < 200'000 && site.passes(when)) ++passed;
  return passed;
}

TEST(AgeLimit, RisesByTheDayAsPublished) {
  PolicyDriver site("age-limit");
  for (const std::int64_t day : {1, 2, 3, 14, 28, 29, 40}) {
    const std::int64_t published = day <= 28 ? 50'000 * day / 24 : 100'000;
    EXPECT_EQ(pass(site, (day - 1) * 24h), published) << "day " << day;
  }
}

TEST(AgeLimit, CountsAfreshInEachHourAndSaysSo) {
  PolicyDriver site("age-limit", {{"step", "240/d"}});
  EXPECT_EQ(pass(site, 0h), 10);
  const throttle::Verdict refusal = site.offer(30min);
  EXPECT_EQ(refusal.reply, Reply::rate_limited);
  EXPECT_EQ(refusal.retry_at, at(1h));
  EXPECT_EQ(pass(site, 1h), 10);
}

TEST(AgeLimit, AgeBeginsWithTheFirstMail) {
  PolicyDriver site("age-limit", {{"step", "240/d"}});
  EXPECT_EQ(pass(site, 100h), 10);
  EXPECT_EQ(pass(site, 123h), 10) << "still the first day";
  EXPECT_EQ(pass(site, 124h), 20);
  EXPECT_EQ(pass(site, 124h + 24h), 30);
}

TEST(AgeLimit, ADayThatWentBadlyTakesDaysBack) {
  PolicyDriver site("age-limit", {{"step", "240/d"}, {"setback", 3}});
  for (int day = 0; day < 5; ++day) pass(site, day * 24h);
  site.judged(120h - 1ns, {.complaints = 1});
  EXPECT_EQ(pass(site, 120h), 20) << "the fifth day takes three back";
  EXPECT_EQ(pass(site, 144h), 30);
}

TEST(AgeLimit, FewComplaintsAmongManyRecipientsAreNoBadDay) {
  for (const auto& [complaints, limit] : {std::pair(3U, 20), std::pair(4U, 10)}) {
    PolicyDriver site("age-limit", {{"step", "240/d"}, {"bad_share", "0.3 %"}});
    ASSERT_TRUE(site.passes(0h, 1000));
    site.judged(1h, {.complaints = complaints});
    EXPECT_EQ(pass(site, 24h), limit) << complaints;
  }
}

TEST(AgeLimit, ForgetsAnAddressThatIsSilentForAMonth) {
  PolicyDriver site("age-limit", {{"step", "240/d"}, {"ramp", 100}});
  pass(site, 0h);
  EXPECT_EQ(pass(site, 29 * 24h), 300) << "who waits gets older";
  EXPECT_EQ(pass(site, (29 + 31) * 24h), 10);
}

TEST(AgeLimit, ConnectionsRiseOverTheSameTime) {
  PolicyDriver site("age-limit", {{"first_connections", 2}, {"full_connections", 30}});
  ASSERT_TRUE(site.passes(0h));
  const auto open = [&](Duration when) {
    int count = 0;
    while (site.connects(when)) ++count;
    for (int i = 0; i < count; ++i) site.policy().disconnected(at(when), 0);
    return count;
  };
  EXPECT_EQ(open(0h), 2);
  EXPECT_EQ(open(14 * 24h), 2 + 14);
  EXPECT_EQ(open(28 * 24h), 30);
  EXPECT_EQ(open(60 * 24h), 2) << "silent for a month";
}

TEST(AgeLimit, SpeaksInYahoosWordsWhereAsked) {
  PolicyDriver site("age-limit", {{"step", "24/d"}, {"voice", "yahoo"}});
  ASSERT_TRUE(site.passes(0h));
  EXPECT_EQ(site.reply(0h), Reply::yahoo_volume);
}

}  // namespace
}  // namespace weir::testing
