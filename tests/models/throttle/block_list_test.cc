#include "tests/models/throttle/policy_driver.h"
#include "tests/support/statistics.h"

namespace weir::testing {
namespace {

using throttle::AddressInfo;
using throttle::AddressState;
using throttle::BlockList;

AddressInfo on(BlockList list) {
  AddressInfo info;
  info.blocked[static_cast<std::size_t>(list)] = true;
  return info;
}

PolicyDriver blocked(BlockList list, Keys keys = {}) {
  keys.push_back({"list", std::string(ValueType<BlockList>::word(list))});
  return PolicyDriver("block-list", keys, {on(list), {}});
}

/// A list that lets go exactly 24 + 6 hours after the first refusal, and for good.
const Keys kExact{{"removal_sigma", 0.0}, {"removal_median", "6 h"}, {"relisted", "0 %"}};

Keys with(Keys keys, const Keys& more) {
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

TEST(BlockListing, RefusesAnAddressThatIsOnItAndNoOther) {
  for (const auto& [list, reply] : {std::pair(BlockList::microsoft, Reply::banned_address),
                                    std::pair(BlockList::spamhaus, Reply::spamhaus),
                                    std::pair(BlockList::outlook, Reply::consumer_banned)}) {
    PolicyDriver site = blocked(list);
    EXPECT_EQ(site.reply(0h), reply);
    EXPECT_TRUE(site.passes(0h, 1, 1)) << "the other address";
  }
}

TEST(BlockListing, ListsTheAddressAtTheInstantThatIsNamed) {
  PolicyDriver site = blocked(BlockList::microsoft, {{"blocked_from", "5 h"}});
  EXPECT_TRUE(site.passes(5h - 1ns));
  EXPECT_EQ(site.standing(5h - 1ns).state, AddressState::known);
  EXPECT_FALSE(site.passes(5h));
  EXPECT_EQ(site.standing(5h).state, AddressState::listed);
}

TEST(BlockListing, TheAllowListOverrulesMicrosoftsListAndNoOther) {
  for (const BlockList list : {BlockList::microsoft, BlockList::spamhaus, BlockList::outlook}) {
    PolicyDriver site = blocked(list);
    const bool passes = site.attempt({.now = at(0h), .allowed = true}).accepts();
    EXPECT_EQ(passes, list == BlockList::microsoft);
    EXPECT_FALSE(site.passes(1h)) << "an organisation that does not allow it";
  }
}

TEST(BlockListing, LetsGoAfterTheRequestThatFollowsTheFirstRefusal) {
  PolicyDriver site = blocked(BlockList::microsoft, kExact);
  EXPECT_FALSE(site.passes(10h));
  EXPECT_EQ(site.offer(40h - 1ns).reply, Reply::banned_address);
  EXPECT_TRUE(site.passes(40h)) << "24 hours to notice, 6 to be removed";
}

TEST(BlockListing, IsRemovedAfterALognormalTimeOfAtMostADay) {
  std::vector<double> hours;
  for (std::uint64_t message = 0; message < 2'000; ++message) {
    PolicyDriver site = blocked(BlockList::microsoft, {{"request_after", "0 h"}});
    Draw draw(1, Purpose{0}, message, 0);
    const throttle::Attempt attempt{};
    hours.push_back(to_seconds(site.policy().admit(attempt, draw).wake_at.time_since_epoch()) /
                    3600.0);
  }
  std::ranges::sort(hours);
  EXPECT_LE(hours.back(), 24.0);
  const auto below_median = std::ranges::lower_bound(hours, 6.0) - hours.begin();
  EXPECT_TRUE(check_share(static_cast<std::uint64_t>(below_median), hours.size(), 0.5));
}

TEST(BlockListing, WhoNeverAsksStaysOnIt) {
  PolicyDriver site = blocked(BlockList::spamhaus, {{"zone", "pbl"}, {"request_after", "none"}});
  EXPECT_FALSE(site.passes(0h));
  EXPECT_FALSE(site.passes(8760h));
}

TEST(BlockListing, CssForgetsByItselfAfterThreeDays) {
  PolicyDriver site =
      blocked(BlockList::spamhaus, {{"request_after", "none"}, {"relisted", "0 %"}});
  EXPECT_FALSE(site.passes(72h - 1ns));
  EXPECT_TRUE(site.passes(72h));
}

TEST(BlockListing, AQuarterComesBackWithinTenDays) {
  std::uint64_t back = 0;
  for (std::uint64_t message = 0; message < 4'000; ++message) {
    PolicyDriver site = blocked(BlockList::microsoft, {{"request_after", "0 h"}});
    Draw draw(1, Purpose{0}, message, 0);
    site.policy().admit({}, draw);
    const auto standing = site.standing(24h + 240h + 1ns);
    EXPECT_LE(standing.listings, 2U);
    if (standing.listings == 2) ++back;
  }
  EXPECT_TRUE(check_share(back, 4'000, 0.25));
}

TEST(BlockListing, HitsOnTrapsListAnAddress) {
  PolicyDriver site("block-list", {{"trap_hits", 3.0}});
  site.judged(1h, {.recipients = 10, .traps = 2});
  EXPECT_TRUE(site.passes(1h));
  site.judged(1h, {.recipients = 10, .traps = 1});
  EXPECT_FALSE(site.passes(1h));
  EXPECT_TRUE(site.passes(1h, 1, 1)) << "the other address";
}

TEST(BlockListing, SharesCountOnceThereAreRecipientsEnough) {
  for (const throttle::Evidence bad : {throttle::Evidence{.recipients = 100, .complaints = 2},
                                       throttle::Evidence{.recipients = 100, .spam = 95}}) {
    PolicyDriver site("block-list", {{"least_recipients", 200.0}});
    site.judged(0h, bad);
    EXPECT_TRUE(site.passes(0h));
    site.judged(0h, bad);
    EXPECT_FALSE(site.passes(0h));
  }
}

TEST(BlockListing, EvidenceFades) {
  PolicyDriver site("block-list", {{"trap_hits", 10.0}, {"evidence_half_life", "24 h"}});
  site.judged(0h, {.recipients = 100, .traps = 9});
  site.judged(24h, {.recipients = 100, .traps = 5});
  EXPECT_TRUE(site.passes(24h)) << "9 / 2 + 5";
  site.judged(24h, {.recipients = 1, .traps = 1});
  EXPECT_FALSE(site.passes(24h));
}

const Keys kBulk{{"bulk_volume", "1000/d"}, {"bulk_factor", 10.0}, {"bulk_days", 3}};

TEST(BlockListing, RepeatedBulkSendingListsAndOneBurstDoesNot) {
  PolicyDriver site("block-list", kBulk);
  EXPECT_TRUE(site.passes(0h, 1001));
  EXPECT_TRUE(site.passes(48h, 1001));
  EXPECT_TRUE(site.passes(96h, 1001));
  EXPECT_FALSE(site.passes(96h, 1)) << "the third within 7 days";
}

TEST(BlockListing, BulkDaysFarApartDoNotAddUp) {
  PolicyDriver site("block-list", kBulk);
  for (int week = 0; week < 10; ++week) EXPECT_TRUE(site.passes(week * 96h, 1001)) << week;
}

TEST(BlockListing, AVolumeThatIsUsualIsNoBulkSending) {
  PolicyDriver site("block-list", with(kBulk, {{"bulk_volume", "200/d"}}));
  for (int day = 0; day < 30; ++day) ASSERT_TRUE(site.passes(day * 24h, 150)) << day;
  for (int day = 30; day < 37; ++day) EXPECT_TRUE(site.passes(day * 24h, 1400)) << day;
}

TEST(BlockListing, AnOpenRelayIsFoundADayAfterItsFirstMail) {
  PolicyDriver site("block-list", {}, {{.open_relay = true}, {}});
  EXPECT_TRUE(site.passes(5h));
  EXPECT_TRUE(site.passes(29h - 1ns));
  EXPECT_FALSE(site.passes(29h));
  EXPECT_TRUE(site.passes(100h, 1, 1));
}

TEST(BlockListing, ARemovedAddressBeginsAnew) {
  PolicyDriver site("block-list", with(kExact, {{"trap_hits", 3.0}}));
  site.judged(0h, {.recipients = 10, .traps = 3});
  ASSERT_FALSE(site.passes(0h));
  EXPECT_TRUE(site.passes(30h));
  site.judged(30h, {.recipients = 10, .traps = 2});
  EXPECT_TRUE(site.passes(30h));
  EXPECT_EQ(site.standing(30h).listings, 1U);
}

TEST(BlockListing, NeedsNoWakingToDecideRightly) {
  PolicyDriver woken = blocked(BlockList::microsoft);
  PolicyDriver asleep = blocked(BlockList::microsoft);
  SimTime due = woken.offer(0h).wake_at;
  asleep.offer(0h);
  for (; due < kNever; due = woken.policy().wake(due)) {
    for (const SimTime t : {due - 1ns, due})
      EXPECT_EQ(woken.policy().standing(0, t)->state, asleep.policy().standing(0, t)->state);
  }
}

}  // namespace
}  // namespace weir::testing
