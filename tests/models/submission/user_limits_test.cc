#include "models/submission/user_limits.h"

#include <gtest/gtest.h>

namespace weir::submission {
namespace {

constexpr SimTime moment(Duration d) { return SimTime{d}; }

bool sends(UserLimits& limits, const Submitted& mail) {
  const bool passes = limits.admit(mail) == Reply::accepted;
  if (passes) limits.accepted(mail);
  return passes;
}

TEST(UserLimits, RestrictNobodyBelowTheLimits) {
  UserLimits limits({.external_hour = 10, .internal_hour = 5, .day = 100});
  for (int hour = 0; hour < 6; ++hour)
    EXPECT_TRUE(sends(limits, {.now = moment(hour * 1h), .external = 10, .internal = 5}));
  EXPECT_EQ(limits.restrictions(), 0U);
}

TEST(UserLimits, EachLimitRestrictsByItself) {
  for (const UserParams& params :
       {UserParams{.external_hour = 10}, UserParams{.internal_hour = 10}, UserParams{.day = 15}}) {
    UserLimits limits(params);
    EXPECT_TRUE(sends(limits, {.external = 6, .internal = 6}));
    EXPECT_EQ(limits.admit({.external = 6, .internal = 6}), Reply::restricted_user);
    EXPECT_EQ(limits.admit({.external = 1}), Reply::restricted_user) << "nothing passes now";
    EXPECT_TRUE(sends(limits, {.user = 1, .external = 6, .internal = 6})) << "another user";
  }
}

TEST(UserLimits, ARestrictionEndsWithTheDayOfUtc) {
  const Calendar tokyo = *Calendar::parse("2026-03-02T06:00:00", 9h);  // 21:00 in UTC
  UserLimits limits({.day = 10}, tokyo);
  EXPECT_FALSE(sends(limits, {.now = moment(1h), .external = 11}));
  EXPECT_EQ(limits.restricted_until(0), moment(3h));
  EXPECT_FALSE(sends(limits, {.now = moment(3h - 1ns), .external = 1}));
  EXPECT_TRUE(sends(limits, {.now = moment(3h), .external = 10}));
}

TEST(UserLimits, AnAdministratorReleasesOnceADay) {
  UserLimits limits({.day = 10, .action = OverLimit::until_release, .release_after = Duration{4h}});
  EXPECT_FALSE(sends(limits, {.now = moment(1h), .external = 11}));
  EXPECT_FALSE(sends(limits, {.now = moment(5h - 1ns), .external = 1}));
  EXPECT_TRUE(sends(limits, {.now = moment(5h), .external = 5'000})) << "not again on that day";
  EXPECT_FALSE(sends(limits, {.now = moment(24h), .external = 11})) << "but on the next";
  EXPECT_EQ(limits.restrictions(), 2U);
}

TEST(UserLimits, WithoutReleaseARestrictionLasts) {
  UserLimits limits({.day = 10, .action = OverLimit::until_release, .release_after = std::nullopt});
  EXPECT_FALSE(sends(limits, {.external = 11}));
  EXPECT_FALSE(sends(limits, {.now = moment(8760h), .external = 1}));
}

TEST(UserLimits, AnAlertStopsNobody) {
  UserLimits limits({.day = 10, .action = OverLimit::alert});
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(sends(limits, {.external = 10}));
  EXPECT_EQ(limits.alerts(), 1U) << "one a day";
  EXPECT_EQ(limits.restrictions(), 0U);
}

TEST(UserLimits, TheHourRolls) {
  UserLimits limits({.external_hour = 10});
  EXPECT_TRUE(sends(limits, {.now = moment(50min), .external = 10}));
  EXPECT_TRUE(sends(limits, {.now = moment(110min), .external = 10}));
  EXPECT_FALSE(sends(limits, {.now = moment(169min), .external = 1}));
}

TEST(UserLimits, ADayOfSpamRestrictsUntilRelease) {
  UserLimits limits({.spam_day = 100, .release_after = Duration{48h}});
  limits.judged_spam(moment(1h), 0, 99);
  EXPECT_TRUE(sends(limits, {.now = moment(1h), .external = 1}));
  limits.judged_spam(moment(2h), 0, 1);
  EXPECT_EQ(limits.admit({.now = moment(2h), .external = 1}), Reply::restricted_user);
  EXPECT_EQ(limits.restricted_until(0), moment(50h));
}

TEST(UserLimits, SpamOfDifferentDaysDoesNotAddUp) {
  UserLimits limits({.spam_day = 100});
  limits.judged_spam(moment(23h), 0, 60);
  limits.judged_spam(moment(24h), 0, 60);
  EXPECT_TRUE(sends(limits, {.now = moment(24h), .external = 1}));
}

}  // namespace
}  // namespace weir::submission
