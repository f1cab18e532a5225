// Gmail's published thresholds: 5,000 a day, 0.10 % and 0.30 %.

#include "tests/models/throttle/policy_driver.h"

namespace weir::testing {
namespace {

using throttle::AddressState;

/// A domain that has sent so many in a day, of whose recipients so many have reported spam.
PolicyDriver domain_of(std::uint32_t volume, std::uint32_t reports) {
  PolicyDriver site("spam-rate", {{"warned", "20/h"}, {"limited", "5/h"}},
                    {{.domain = 1}, {.domain = 1}, {.domain = 2}});
  EXPECT_TRUE(site.passes(0h, volume));
  site.judged(0h, {.recipients = volume, .complaints = reports});
  return site;
}

int passed(PolicyDriver& site, Duration when, std::uint32_t address = 0) {
  int passed = 0;
  while (passed < 100 && site.passes(when, 1, address)) ++passed;
  return passed;
}

TEST(SpamRate, JudgesBulkSendersOnly) {
  PolicyDriver small = domain_of(4'900, 49);
  PolicyDriver bulk = domain_of(5'001, 50);
  EXPECT_EQ(passed(small, 0h + 1ns), 100);
  EXPECT_LT(passed(bulk, 0h + 1ns), 100);
}

TEST(SpamRate, KnowsThePublishedThresholds) {
  PolicyDriver clean = domain_of(100'000, 99);
  PolicyDriver warned = domain_of(100'000, 100);
  PolicyDriver hardly = domain_of(100'000, 299);
  PolicyDriver over = domain_of(100'000, 300);
  EXPECT_EQ(passed(clean, 0h, 1), 100) << "below 0.10 %";
  EXPECT_EQ(passed(warned, 0h, 1), 20);
  EXPECT_EQ(passed(hardly, 0h, 1), 20) << "below 0.30 %";
  EXPECT_EQ(passed(over, 0h, 1), 5);
}

TEST(SpamRate, RefusesInItsWordsUntilTheHourIsOver) {
  PolicyDriver site = domain_of(100'000, 300);
  passed(site, 10min, 1);
  const throttle::Verdict refusal = site.offer(10min, 1, 1);
  EXPECT_EQ(info(refusal.reply).code, "421 4.7.28");
  EXPECT_EQ(refusal.retry_at, at(1h));
  EXPECT_TRUE(site.passes(1h, 1, 1));
}

TEST(SpamRate, ADomainIsJudgedAsOneAndAnotherIsNot) {
  PolicyDriver site = domain_of(100'000, 300);
  EXPECT_EQ(passed(site, 0h, 1), 5) << "another address of the domain";
  EXPECT_EQ(passed(site, 0h, 2), 100) << "another domain";
  EXPECT_EQ(site.standing(0h, 1).state, AddressState::throttled);
}

TEST(SpamRate, ReportsFade) {
  PolicyDriver site = domain_of(100'000, 300);
  site.judged(48h, {.recipients = 50'000});
  EXPECT_EQ(passed(site, 48h), 20) << "150 of 100,000";
  EXPECT_EQ(throttle_problems("spam-rate", {{"never_reach", "0.05 %"}}), 1U);
}

}  // namespace
}  // namespace weir::testing
