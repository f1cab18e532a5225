#include "models/submission/tenant_limits.h"

#include <gtest/gtest.h>

namespace weir::submission {
namespace {

constexpr SimTime at(Duration d) { return SimTime{d}; }

/// Counts the message when it is let through.
Reply send(TenantLimits& limits, const Submitted& mail) {
  const Reply reply = limits.admit(mail);
  if (reply == Reply::accepted) limits.accepted(mail);
  return reply;
}

TEST(TenantLimits, FollowThePublishedFormula) {
  const std::vector<std::pair<std::int64_t, std::int64_t>> vectors{
      {1, 10'000},   {10, 12'006},    {25, 14'259},      {100, 22'059},
      {500, 48'248}, {1'000, 72'446}, {10'000, 324'979},
  };
  for (const auto& [licences, recipients] : vectors)
    EXPECT_EQ(external_limit(licences), recipients) << licences;
}

TEST(TenantLimits, ATrialGetsFiveThousandAndItsOwnReply) {
  TenantLimits limits({.trial = true});
  EXPECT_EQ(send(limits, {.external = 5'000}), Reply::accepted);
  EXPECT_EQ(send(limits, {.external = 1}), Reply::tenant_trial_limit);
  EXPECT_EQ(info(Reply::tenant_trial_limit).code, "550 5.7.232");
}

TEST(TenantLimits, TheirTwentyFourHoursSlide) {
  TenantLimits limits({.external = 100});
  EXPECT_EQ(send(limits, {.now = at(0h), .user = 1, .external = 60}), Reply::accepted);
  EXPECT_EQ(send(limits, {.now = at(12h), .user = 2, .external = 40}), Reply::accepted);
  EXPECT_EQ(send(limits, {.now = at(24h - 1ns), .external = 1}), Reply::tenant_external_limit);
  EXPECT_EQ(send(limits, {.now = at(24h), .external = 60}), Reply::accepted);
  EXPECT_EQ(send(limits, {.now = at(24h), .external = 1}), Reply::tenant_external_limit);
}

TEST(TenantLimits, InternalMailIsFree) {
  TenantLimits limits({.external = 10});
  EXPECT_EQ(send(limits, {.external = 10, .internal = 100'000}), Reply::accepted);
  EXPECT_EQ(send(limits, {.internal = 100'000}), Reply::accepted);
}

TEST(TenantLimits, TheDefaultDomainReachesAHundred) {
  TenantLimits limits(TenantParams{});
  EXPECT_EQ(send(limits, {.external = 100, .default_domain = true}), Reply::accepted);
  EXPECT_EQ(send(limits, {.external = 1, .default_domain = true}), Reply::default_domain_limit);
  EXPECT_EQ(send(limits, {.external = 1'000}), Reply::accepted) << "from a domain of its own";
}

TEST(TenantLimits, AMailboxIsLimitedOnlyWhereAsked) {
  TenantLimits without(TenantParams{});
  TenantLimits with({.mailbox_external = 2'000});
  EXPECT_EQ(send(without, {.user = 1, .external = 2'001}), Reply::accepted);
  EXPECT_EQ(send(with, {.user = 1, .external = 2'000}), Reply::accepted);
  EXPECT_EQ(send(with, {.user = 1, .external = 1}), Reply::submission_quota);
  EXPECT_EQ(send(with, {.user = 2, .external = 1}), Reply::accepted);
}

}  // namespace
}  // namespace weir::submission
