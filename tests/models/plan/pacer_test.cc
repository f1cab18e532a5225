#include "models/plan/pacer.h"

#include "sim/random.h"
#include "tests/models/make_model.h"

namespace weir::plan {
namespace {

using namespace weir::testing;

Pacer pacer(std::string_view curve, const Keys& keys, const PacerParams& params = {}) {
  Pacer made(make_model<Curve>(catalogue(), curve, keys), params);
  made.begin(at(0s));
  return made;
}

Pacer a_day_of(int volume, const PacerParams& params = {}) {
  return pacer("flat", {{"volume", volume}, {"days", 1}}, params);
}

/// When each recipient goes until `end`, when there is always mail to send.
std::vector<SimTime> releases(Pacer& pacer, SimTime from, SimTime end,
                              std::uint32_t recipients = 1) {
  std::vector<SimTime> all;
  for (SimTime now = from; now < end;) {
    const SimTime go = pacer.earliest(now);
    if (go <= now) {
      pacer.released(now, recipients);
      all.push_back(now);
    } else {
      now = go;
    }
  }
  return all;
}

std::size_t release_day(Pacer& pacer, int day) {
  return releases(pacer, at(24h * (day - 1)), at(24h * day)).size();
}

TEST(Pacer, SendsNinetyThousandInThirtyDaysOfThreeThousand) {
  Pacer plan = pacer("flat", {{"volume", 90'000}, {"days", 30}});
  std::size_t sum = 0;
  for (int day = 1; day <= 30; ++day) {
    const std::size_t today = release_day(plan, day);
    EXPECT_EQ(today, 3'000u) << "on day " << day;
    sum += today;
  }
  EXPECT_EQ(sum, 90'000u);
}

TEST(Pacer, SpacesReleasesEvenlyToTheNanosecond) {
  Pacer plan = a_day_of(7'001);
  const std::vector<SimTime> all = releases(plan, at(0s), at(48h));
  ASSERT_EQ(all.size(), 14'002u);
  for (std::int64_t k = 0; k < 14'002; ++k) {
    const Duration day = 24h * (k / 7'001);
    const Duration expected = day + Duration{(k % 7'001) * Duration(24h).count() / 7'001};
    ASSERT_EQ(all[static_cast<std::size_t>(k)], at(expected)) << "release " << k;
  }
}

TEST(Pacer, ReleasesTheDaysVolumeWithinTheSpread) {
  Pacer plan = a_day_of(480, {.spread = 8h});
  const std::vector<SimTime> all = releases(plan, at(0s), at(24h));
  ASSERT_EQ(all.size(), 480u);
  EXPECT_EQ(all.back(), at(8h - 1min));
  EXPECT_EQ(plan.earliest(at(8h)), at(24h));
}

TEST(Pacer, LeavesMailThatComesAfterTheSpreadForTheNextDay) {
  Pacer plan = a_day_of(480, {.spread = 8h});
  EXPECT_EQ(plan.earliest(at(8h)), at(24h));
}

TEST(Pacer, SpreadsNothingWithoutAVolume) {
  Pacer plan = pacer("all-at-once", {}, {.spread = 8h});
  EXPECT_EQ(plan.earliest(at(9h)), at(9h));
}

TEST(Pacer, MakesNoBurstOfSlotsThatPassedUnused) {
  Pacer plan = a_day_of(24);
  EXPECT_EQ(releases(plan, at(12h), at(24h)).size(), 12u);
  EXPECT_EQ(releases(plan, at(24h + 30min), at(26h)).size(), 2u);
}

// Kills: taking back more than the cut (no min(1.0, ...) in end_day).
TEST(Pacer, NeverExceedsTheVolumeOfAnyDayWhateverTheReactions) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    Draw draw(seed, Purpose{0}, 0, 0);
    const int volume = 1 + static_cast<int>(draw.below(300));
    Pacer plan = a_day_of(volume, {.hold = Duration(1min) * draw.below(3'000)});
    std::vector<int> days(12);
    for (SimTime now{}; now < at(24h * 12);) {
      if (draw.happens({0.001})) plan.throttled(now);
      const SimTime go = plan.earliest(now);
      if (go <= now) {
        plan.released(now, 1);
        ASSERT_LE(++days[static_cast<std::size_t>(now.time_since_epoch() / 24h)], volume);
      }
      now = std::max(now, go) + Duration(1s) * draw.below(900);
    }
  }
}

TEST(Pacer, WaitsAsManySlotsAsAMessageHasRecipients) {
  Pacer plan = a_day_of(24);
  plan.released(at(2h + 30min), 4);
  EXPECT_EQ(plan.earliest(at(3h)), at(6h));
}

TEST(Pacer, TakesFromTheNextDayWhatAMessageOvershoots) {
  Pacer plan = a_day_of(10);
  EXPECT_EQ(releases(plan, at(0h), at(24h), 4).size(), 3u);
  EXPECT_EQ(releases(plan, at(24h), at(48h), 4).size(), 2u);  // 2 taken already, then 4 + 4
  EXPECT_EQ(releases(plan, at(48h), at(72h), 4).size(), 3u);
}

TEST(Pacer, LetsAMessageLargerThanADayUseUpTheDaysAfter) {
  Pacer plan = a_day_of(10);
  plan.released(at(0s), 25);
  EXPECT_EQ(release_day(plan, 1), 0u);
  EXPECT_EQ(release_day(plan, 2), 0u);
  EXPECT_EQ(release_day(plan, 3), 5u);
}

TEST(Pacer, LetsEverythingGoWithoutAVolume) {
  Pacer plan = pacer("all-at-once", {});
  for (int i = 0; i < 1'000; ++i) plan.released(at(0s), 100);
  EXPECT_EQ(plan.earliest(at(0s)), at(0s));
}

TEST(Pacer, HoldsButDoesNotCutAgainWhileTheWindowOfItsCutMayBeOpen) {
  Pacer plan =
      a_day_of(1'000, {.cut = {0.5}, .cut_once_in = 30h, .hold = 6h, .resume = Probability{0.0}});
  plan.throttled(at(0h));
  plan.throttled(at(29h));
  EXPECT_EQ(plan.earliest(at(29h)), at(35h));
  EXPECT_EQ(release_day(plan, 3), 500u);
  plan.throttled(at(72h));
  EXPECT_EQ(release_day(plan, 5), 250u);
}

TEST(Pacer, HoldsEvenAnUnlimitedVolumeWhenThrottled) {
  Pacer plan = pacer("all-at-once", {});
  plan.throttled(at(1h));
  EXPECT_EQ(plan.earliest(at(2h)), at(25h));
  EXPECT_EQ(plan.earliest(at(25h)), at(25h));
}

TEST(Pacer, CutsHoldsAndComesBackStepByStep) {
  Pacer plan = a_day_of(2'400);
  EXPECT_EQ(release_day(plan, 1), 2'400u);
  EXPECT_EQ(releases(plan, at(24h), at(36h)).size(), 1'200u);
  plan.throttled(at(36h));
  EXPECT_EQ(plan.earliest(at(36h)), at(60h));
  EXPECT_EQ(releases(plan, at(60h), at(72h)).size(), 600u);
  EXPECT_EQ(release_day(plan, 4), 1'200u);
  EXPECT_EQ(release_day(plan, 5), 1'800u);
  EXPECT_EQ(release_day(plan, 6), 2'400u);
  EXPECT_EQ(release_day(plan, 7), 2'400u);
}

TEST(Pacer, ReactsOnceWithinAHold) {
  Pacer plan = a_day_of(2'400);
  for (Duration t = 0s; t < 24h; t += 10min) plan.throttled(at(t));
  EXPECT_EQ(plan.earliest(at(0s)), at(24h));
  EXPECT_EQ(release_day(plan, 2), 1'200u);
}

TEST(Pacer, CutsAgainWhenThrottledAfterTheHold) {
  Pacer plan = a_day_of(2'400);
  plan.throttled(at(0s));
  plan.throttled(at(24h));
  EXPECT_EQ(plan.earliest(at(24h)), at(48h));
  EXPECT_EQ(release_day(plan, 3), 600u);
}

TEST(Pacer, CountsRefusalsWithinAnHourOnceWithoutAHold) {
  Pacer plan = a_day_of(2'400, {.hold = 0s});
  for (int i = 0; i < 100; ++i) plan.throttled(at(0s));
  EXPECT_EQ(release_day(plan, 1), 1'200u);
}

TEST(Pacer, StopsForTheDayWhenTheCutVolumeIsUsedUp) {
  Pacer plan = a_day_of(24, {.hold = 1h});
  EXPECT_EQ(releases(plan, at(0s), at(18h)).size(), 18u);
  plan.throttled(at(18h));
  EXPECT_EQ(plan.earliest(at(18h)), at(24h));
  EXPECT_EQ(release_day(plan, 2), 12u);  // the first whole day after the hold
  EXPECT_EQ(release_day(plan, 3), 18u);
}

TEST(Pacer, AdvancesAStageOnlyOnDaysThatDeliveredMoreThanTheGate) {
  Pacer plan = pacer("geometric", {{"first", 100}, {"factor", 2}}, {.gate = Probability{0.9}});
  plan.delivered(at(1h), 90);
  EXPECT_EQ(plan.earliest(at(24h)), at(24h));
  EXPECT_EQ(plan.stage(), 1);
  plan.delivered(at(25h), 60);
  plan.delivered(at(26h), 31);
  EXPECT_EQ(plan.earliest(at(48h)), at(48h));
  EXPECT_EQ(plan.stage(), 2);
  EXPECT_EQ(release_day(plan, 3), 200u);
}

TEST(Pacer, CountsDeliveriesOfEachDayAlone) {
  Pacer plan = pacer("geometric", {{"first", 100}, {"factor", 2}}, {.gate = Probability{0.9}});
  plan.delivered(at(1h), 60);
  plan.delivered(at(25h), 60);
  plan.earliest(at(48h));
  EXPECT_EQ(plan.stage(), 1);
}

TEST(Pacer, PassesAStageWithoutVolumeWhateverTheGate) {
  Pacer plan =
      pacer("table", {{"days", std::vector<std::int64_t>{0, 100}}}, {.gate = Probability{0.9}});
  EXPECT_EQ(plan.earliest(at(0s)), at(24h));
  EXPECT_EQ(plan.earliest(at(24h)), at(24h));
}

TEST(Pacer, AdvancesAStageADayWithoutAGate) {
  Pacer plan = pacer("geometric", {{"first", 100}, {"factor", 2}});
  plan.earliest(at(72h));
  EXPECT_EQ(plan.stage(), 4);
}

TEST(Pacer, BeginsItsDaysWhereItIsToldTo) {
  Pacer plan(make_model<Curve>(catalogue(), "flat", {{"volume", 24}, {"days", 1}}), {});
  plan.begin(at(5h + 30min));
  EXPECT_EQ(releases(plan, at(5h + 30min), at(29h + 30min)).size(), 24u);
  EXPECT_EQ(plan.earliest(at(29h + 30min)), at(29h + 30min));
  plan.released(at(29h + 30min), 1);
  EXPECT_EQ(plan.earliest(at(29h + 30min)), at(30h + 30min));
}

TEST(Pacer, SendsNothingOnDaysWithoutVolume) {
  Pacer plan = pacer("flat", {{"volume", 0}});
  EXPECT_EQ(plan.earliest(at(0s)), at(24h));
  EXPECT_EQ(plan.earliest(at(24h)), at(48h));
}

}  // namespace
}  // namespace weir::plan
