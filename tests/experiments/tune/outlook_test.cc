#include "experiments/tune/outlook.h"

#include <numeric>

#include <gtest/gtest.h>

#include "tests/experiments/tune/planted.h"

namespace weir::experiments {
namespace {

Outlook outlook_of(const std::string& text, std::uint32_t source = 0) {
  const Document document = parse_document(text, "test.toml");
  Problems problems = document.problems;
  Scenario scenario = build_scenario(document.root, {}, TraceCheck::header, problems);
  EXPECT_TRUE(problems.empty()) << problems.front().text();
  EXPECT_EQ(cannot_foresee(scenario.world), "");
  return foresee(scenario.world, source);
}

std::string scenario(const std::string& campaign, const std::string& plan,
                     const std::string& more = "") {
  return "horizon = \"10 d\"\n[source.campaign]\narrivals = { model = \"campaign\", messages = " +
         campaign +
         " }\nplan = \"p\"\nunknown = \"10 %\"\nspam = \"20 %\"\ntraps = \"1 %\"\n"
         "complaints = \"5 %\"\ncomplaint_delay = \"3 h\"\n[plan.p]\n" +
         plan +
         "\n[address.a]\nip = \"192.0.2.1\"\ndomain = \"a.example\"\n[lane]\nretry = "
         "\"postfix\"\n[site.s]\n" +
         more;
}

TEST(Outlook, SpreadsADayOverItsHours) {
  const Outlook outlook = outlook_of(scenario("960", "model = \"table\"\ndays = [240, 480]"));
  ASSERT_EQ(outlook.lanes.size(), 1U);
  const auto& hours = outlook.lanes.front().hours;
  ASSERT_EQ(hours.size(), 240U);
  EXPECT_EQ(hours[5].accepted, 9U) << "a tenth of 10 an hour does not exist";
  EXPECT_EQ(hours[30].accepted, 18U);
  EXPECT_EQ(hours[100].accepted, 0U) << "all has gone on the third day";
  std::uint64_t accepted = 0;
  for (const OutlookHour& hour : hours) accepted += hour.accepted;
  EXPECT_EQ(accepted, 864U);
}

TEST(Outlook, EvidenceAddsUpToTheMeans) {
  const Outlook outlook =
      outlook_of(scenario("10000", "model = \"flat\"\nvolume = 10000\ndays = 5"));
  throttle::Evidence all;
  for (const OutlookHour& hour : outlook.lanes.front().hours) {
    all.recipients += hour.evidence.recipients;
    all.unknown += hour.evidence.unknown;
    all.spam += hour.evidence.spam;
    all.traps += hour.evidence.traps;
    all.complaints += hour.evidence.complaints;
  }
  EXPECT_NEAR(all.recipients, 10'000, 1);
  EXPECT_NEAR(all.unknown, 1'000, 1);
  EXPECT_NEAR(all.spam, 1'800, 1);
  EXPECT_NEAR(all.traps, 90, 1);
  EXPECT_NEAR(all.complaints, 360, 1);
}

TEST(Outlook, ComplaintsComeLater) {
  const Outlook outlook =
      outlook_of(scenario("24000", "model = \"flat\"\nvolume = 24000\ndays = 1"));
  const auto& hours = outlook.lanes.front().hours;
  EXPECT_EQ(hours[2].evidence.complaints, 0U);
  EXPECT_GT(hours[3].evidence.complaints, 0U);
}

TEST(Outlook, WhatFollowsAPlanBeginsWhenItIsThrough) {
  const Outlook outlook = outlook_of(scenario("480", "model = \"flat\"\nvolume = 480\ndays = 2",
                                              "[source.regular]\narrivals = { model = \"poisson\", "
                                              "rate = \"2400/d\" }\nafter = \"campaign\"\n"));
  const auto& hours = outlook.lanes.front().hours;
  EXPECT_EQ(hours[47].accepted, 9U);
  double later = 0;
  for (std::size_t h = 48; h < 240; ++h) later += hours[h].accepted;
  EXPECT_NEAR(later / 192.0, 100.0, 5.0);
}

TEST(Outlook, KnowsWhenTheVolumeIsThere) {
  Outlook outlook;
  outlook.submitted = {100, 0, 0, 0};
  outlook.released = {10, 20, 40, 30};
  outlook.deliverable = 0.5;
  EXPECT_DOUBLE_EQ(outlook.hours_to_deliver(5), 1.0);
  EXPECT_DOUBLE_EQ(outlook.hours_to_deliver(10), 1.5);
  EXPECT_DOUBLE_EQ(outlook.hours_to_deliver(50), 4.0);
  EXPECT_DOUBLE_EQ(outlook.hours_to_deliver(100), 6.0) << "half of it is missing";
  EXPECT_DOUBLE_EQ(outlook.hours_held(), 0.9 + 0.7 + 0.3);
  EXPECT_DOUBLE_EQ(outlook.hours_held(0.7), 3.0 - 0.7);
}

TEST(Outlook, AddressesThatAreAlikeAreOneLane) {
  const std::string two = scenario("960", "model = \"flat\"\nvolume = 240\ndays = 1",
                                   "[address.b]\nip = \"192.0.2.2\"\ndomain = \"a.example\"\n");
  const Outlook together = outlook_of(two);
  ASSERT_EQ(together.lanes.size(), 1U);
  EXPECT_EQ(together.lanes.front().count, 2U);
  EXPECT_EQ(together.lanes.front().hours[0].accepted, 9U) << "a plan is a plan for an address";
  const Outlook apart =
      outlook_of(scenario("960", "model = \"flat\"\nvolume = 240\ndays = 1",
                          "[address.b]\nip = \"198.51.100.2\"\ndomain = \"a.example\"\n"));
  EXPECT_EQ(apart.lanes.size(), 2U);
}

}  // namespace
}  // namespace weir::experiments
