// What the world does at the word of a system: take over, serve, deliver, send on, divide, return.

#include "tests/support/scripted_transport.h"

namespace weir::testing {
namespace {

using system::Act;
using system::Admission;
using system::Decision;

Decision everything_is_delivered(const Mail&) { return {}; }

/// Mail goes from the system's pool to the site beyond it.
Decision everything_goes_on(const Mail&) {
  return {.act = Act::send, .hop = SystemBuilder::kBeyond, .pool = 0};
}

TEST(System, DeliversWhatItsSiteAccepted) {
  SystemBuilder b(everything_is_delivered);
  b.add_source("campaign", {{"messages", 3}});
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 3U);
  EXPECT_EQ(run.record.attempts.size(), 3U);
  EXPECT_EQ(run.record.transports.size(), 3U);
}

TEST(System, SendsOnWithDelaysAddingUp) {
  SystemBuilder b(everything_goes_on);
  b.add_source("campaign", {{"messages", 1}});
  TestRun run(b.take());
  run.finish_at(1h);
  ASSERT_EQ(run.record.attempts.size(), 2U);
  EXPECT_EQ(run.record.attempts[0].site, 0U);
  EXPECT_EQ(run.record.attempts[1].site, 1U);
  EXPECT_EQ(run.record.attempts[1].number, 1U) << "attempts count anew on each lane";
  EXPECT_EQ(run.record.finishes.back().delay, 4s) << "two connections of 1 s, two attempts of 1 s";
}

TEST(System, MailMayBeginInside) {
  SystemBuilder b(everything_goes_on);
  b.add_inside("campaign", {{"messages", 2}});
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 2U);
  EXPECT_EQ(run.record.attempts.size(), 2U);
}

TEST(System, WorksOnAsManyMessagesAtOnceAsItHasServers) {
  SystemBuilder b(everything_is_delivered);
  b.params() = {.servers = 2, .service_time = 10s};
  b.add_inside("campaign", {{"messages", 5}});
  TestRun run(b.take());
  run.finish_at(1h);
  std::vector<Duration> delays;
  for (const FinishRecord& f : run.record.finishes) delays.push_back(f.delay);
  EXPECT_EQ(delays, (std::vector<Duration>{10s, 10s, 20s, 20s, 30s}));
  EXPECT_EQ(run.world.stages()[0].longest_queue(), 3U);
  EXPECT_DOUBLE_EQ(run.world.stages()[0].utilisation(at(50s)), 0.5);
}

TEST(System, AMessageInItsHandsIsInFlight) {
  SystemBuilder b(everything_is_delivered);
  b.params() = {.service_time = 1h};
  b.add_inside("campaign", {{"messages", 2}});
  TestRun run(b.take());
  run.finish_at(90min);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 1U);
  EXPECT_EQ(run.totals().in_flight, 1U);
}

TEST(System, WhatItReturnsBouncesWithANotice) {
  SystemBuilder b([](const Mail&) { return Decision{.act = Act::fail, .reply = Reply::no_route}; });
  b.add_source("campaign", {{"messages", 2}});
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals().of(Outcome::bounced), 2U);
  EXPECT_EQ(run.notices().of(Outcome::delivered), 2U);
  EXPECT_EQ(run.record.transports.front().event, TransportEvent::failed);
  EXPECT_EQ(run.record.transports.front().reply, Reply::no_route);
}

TEST(System, ALoopEndsAtTheHopLimit) {
  SystemBuilder b(
      [](const Mail&) { return Decision{.act = Act::pass_on, .next_organisation = 0}; });
  b.params().hop_limit = 20;
  b.add_inside("campaign", {{"messages", 1}});
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals().of(Outcome::bounced), 1U);
  EXPECT_EQ(run.record.transports.size(), 21U) << "passed on twenty times, and failed";
  EXPECT_EQ(run.record.transports.back().reply, Reply::routing_loop);
}

TEST(System, DispositionsEndWithoutNotices) {
  for (const auto& [act, outcome] : {std::pair{Act::junk, Outcome::junked},
                                     {Act::quarantine, Outcome::quarantined},
                                     {Act::erase, Outcome::deleted},
                                     {Act::redirect, Outcome::redirected}}) {
    SystemBuilder b([act = act](const Mail&) { return Decision{.act = act}; });
    b.add_inside("campaign", {{"messages", 4}});
    TestRun run(b.take());
    run.finish_at(1h);
    EXPECT_EQ(run.totals().of(outcome), 4U);
    EXPECT_EQ(run.notices().messages, 0U);
  }
}

/// A message to the group of domain 0 becomes one of two members there and one of three beyond.
Decision group_of_five(const Mail& mail) {
  if (mail.recipient_domain == 1 || mail.filtered) return {};
  return {.act = Act::divide, .filtered = true, .shares = {{0, 2}, {1, 3}}};
}

TEST(System, AGroupMakesMoreRecipientsThanWereSubmitted) {
  SystemBuilder b(group_of_five);
  b.add_inside("campaign", {{"messages", 10}}).routes = {{.destination = 0}};
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals().submitted, 10U);
  EXPECT_EQ(run.totals().expanded, 40U);
  EXPECT_EQ(run.totals().of(Outcome::delivered), 50U);
}

TEST(System, PartsHaveNamesOfTheirOwn) {
  SystemBuilder b(group_of_five);
  b.add_inside("campaign", {{"messages", 10}}).routes = {{.destination = 0}};
  TestRun run(b.take());
  run.finish_at(1h);
  std::vector<std::uint64_t> serials;
  for (const FinishRecord& f : run.record.finishes) serials.push_back(f.serial);
  std::sort(serials.begin(), serials.end());
  EXPECT_EQ(std::unique(serials.begin(), serials.end()), serials.end());
}

TEST(System, ReturnsPartsThatAreDividedIntoMoreThanHaveNames) {
  SystemBuilder b([](const Mail& mail) -> Decision {
    Decision decision{.act = Act::divide};
    for (std::uint32_t i = 0; i < 20; ++i) decision.shares.push_back({mail.recipient_domain, 1});
    return decision;
  });
  b.add_inside("campaign", {{"messages", 1}}).routes = {{.destination = 0}};
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals().of(Outcome::bounced), 11U * 20U + 9U)
      << "part 11 becomes parts 221 to 240; part 12 cannot be divided any more";
}

TEST(System, PartsAppearWhenTheDivisionHasTakenItsTime) {
  SystemBuilder b([](const Mail& mail) {
    Decision decision = group_of_five(mail);
    decision.takes = 30s;
    return decision;
  });
  b.add_inside("campaign", {{"messages", 1}}).routes = {{.destination = 0}};
  TestRun run(b.take());
  run.until(29s);
  EXPECT_EQ(run.record.finishes.size(), 0U);
  run.finish_at(31s);
  EXPECT_EQ(run.record.finishes.size(), 2U);
}

TEST(System, ItsDoorRefusesBeforeAnythingIsThrottled) {
  SystemBuilder b(everything_is_delivered, [](const Mail&, std::uint32_t) {
    return Admission{.refusal = Reply::tenant_block_list};
  });
  ScriptedPolicy::Seen seen;
  b.throttle(std::make_unique<ScriptedPolicy>(seen));
  b.add_source("campaign", {{"messages", 5}});
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals().of(Outcome::bounced), 5U);
  EXPECT_EQ(seen.accepted, 0U);
}

TEST(System, RecipientsRefusedAtTheDoorAreNotSoughtAgainInside) {
  SystemBuilder b(everything_is_delivered, [](const Mail&, std::uint32_t unknown) {
    return Admission{.unknown = unknown, .checked = true};
  });
  SourceConfig& source = b.add_source("campaign", {{"messages", 500}});
  source.params.unknown = {0.5};
  source.recipients = make_model(recipients::catalogue(), "fixed", {{"count", 4}});
  TestRun run(b.take());
  run.finish_at(24h);
  const SourceTotals& t = run.totals();
  EXPECT_EQ(t.of(Outcome::delivered) + t.of(Outcome::bounced), 2000U);
  std::uint64_t refused = 0;
  for (const AttemptRecord& a : run.record.attempts)
    if (a.reply == Reply::unknown_recipient) refused += a.recipients;
  EXPECT_GE(t.of(Outcome::bounced), refused);
  EXPECT_EQ(run.record.transports.size(), 500U - run.record.count(Reply::unknown_recipient));
}

TEST(System, ASubmissionDoorRefusesWithoutABounce) {
  SystemBuilder b(everything_is_delivered, [](const Mail&, std::uint32_t) {
    return Admission{.refusal = Reply::send_as_denied};
  });
  b.site.front = FrontDoor::submission;
  b.add_source("campaign", {{"messages", 5}});
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.totals().of(Outcome::refused), 5U);
  EXPECT_EQ(run.notices().messages, 0U);
}

TEST(System, ItsNoticesTravelWhenTheSenderHasADomain) {
  SystemBuilder b([](const Mail& mail) {
    return mail.notice ? everything_goes_on(mail)
                       : Decision{.act = Act::fail, .reply = Reply::no_route};
  });
  b.add_inside("campaign", {{"messages", 3}}).reply_to = 1;
  TestRun run(b.take());
  run.finish_at(1h);
  EXPECT_EQ(run.notices().of(Outcome::delivered), 3U);
  EXPECT_EQ(run.record.attempts.size(), 3U) << "by the system's own lane";
}

}  // namespace
}  // namespace weir::testing
