// The published retry instants of each preset, as literal lists: message queued at the start of
// the run, every attempt deferred.

#include "tests/models/retry/retries.h"

namespace weir::retry {
namespace {

TEST(ExchangeServer, RetriesFourSixAndThenEveryTenMinutes) {
  EXPECT_EQ(retries(*schedule("exchange-server"), 65min),
            (Seconds{60, 120, 180, 240, 540, 840, 1140, 1440, 1740, 2040, 2640, 3240, 3840}));
}

TEST(ExchangeServer, GivesUpAfterTwoDays) {
  EXPECT_EQ(retries(*schedule("exchange-server")).back(), 2040 + 284 * 600);
}

TEST(ExchangeServer, CanFollowTheIntervalOfSingleMessagesInstead) {
  const auto messages =
      schedule("exchange-server",
               {{"glitch_retries", 0}, {"transient_retries", 0}, {"retry_interval", "15 min"}});
  EXPECT_EQ(retries(*messages, 1h), (Seconds{900, 1800, 2700}));
}

TEST(ExchangeOnline, WaitsUpToAnHourForOneDay) {
  EXPECT_EQ(retries(*schedule("exchange-online")),
            (Seconds{300,   900,   1800,  3600,  7200,  10800, 14400, 18000, 21600,
                     25200, 28800, 32400, 36000, 39600, 43200, 46800, 50400, 54000,
                     57600, 61200, 64800, 68400, 72000, 75600, 79200, 82800}));
}

TEST(ExchangeOnline, HasTheVariantOfEveryFiveMinutes) {
  const auto often = schedule("exchange-online", {{"waits", Waits{5min}}});
  EXPECT_EQ(retries(*often, 30min), (Seconds{300, 600, 900, 1200, 1500}));
  EXPECT_EQ(retries(*often).size(), 287U);
}

TEST(Exim, MakesThe26RetriesOfItsDefaultRule) {
  EXPECT_EQ(retries(*schedule("exim")),
            (Seconds{900,    1800,   2700,   3600,   4500,   5400,   6300,   7200,   10800,
                     16200,  24300,  36450,  54675,  82013,  103613, 125213, 146813, 168413,
                     190013, 211613, 233213, 254813, 276413, 298013, 319613, 341213}));
}

TEST(Exim, CountsALateAttemptByItsAge) {
  Draw draw = draw_for(7, 1);
  const Deferred late{SimTime{5h}, SimTime{}, 1};
  EXPECT_EQ(schedule("exim")->next_attempt(late, draw), SimTime{5h + 135min});
}

TEST(Haraka, DoublesTwelveTimesAndThenGivesUp) {
  const auto haraka = schedule("haraka");
  EXPECT_EQ(retries(*haraka),
            (Seconds{64, 192, 448, 960, 1984, 4032, 8128, 16320, 32704, 65472, 131008, 262080}));
  EXPECT_NEAR(262080 / 3600.0, 72.8, 1e-9);
}

TEST(Haraka, BouncesAtTheThirteenthFailure) {
  Draw draw = draw_for(7, 13);
  EXPECT_EQ(schedule("haraka")->next_attempt({SimTime{73h}, SimTime{}, 13}, draw), kNever);
}

TEST(PowerMta, RetriesEveryTenMinutesForFourDaysAndAHalf) {
  const Seconds all = retries(*schedule("powermta"));
  ASSERT_EQ(all.size(), 647U);
  EXPECT_EQ(Seconds(all.begin(), all.begin() + 3), (Seconds{600, 1200, 1800}));
}

TEST(FixedList, RepeatsItsLastWait) {
  const auto listed = schedule("fixed-list", {{"waits", Waits{1min, 5min}}});
  EXPECT_EQ(retries(*listed, 20min), (Seconds{60, 360, 660, 960}));
}

TEST(FixedList, RefusesAListWithoutWaitsAndAWaitOfNothing) {
  const auto problem = [](const Waits& waits) {
    return problems_of("fixed-list", {{"waits", waits}});
  };
  EXPECT_NE(problem({}).find("empty"), std::string::npos);
  EXPECT_NE(problem({5min, 0s}).find("0 s"), std::string::npos);
  EXPECT_EQ(problem({5min}), "");
}

TEST(Measured, RepeatsEachObservation) {
  const auto seen = [](const char* provider) {
    return retries(*schedule("measured", {{"provider", provider}}), 8h);
  };
  EXPECT_EQ(seen("yahoo"), (Seconds{127, 339, 778, 1636, 3313, 6575, 13007, 25836}));
  EXPECT_EQ(seen("gmail"), (Seconds{362, 1742, 3396, 5924, 9723, 13784, 18545, 26086}));
  EXPECT_EQ(seen("gmx"), (Seconds{302, 757, 1439, 2463, 3998, 6301, 9755, 14936, 22708}));
  EXPECT_EQ(seen("aol"), (Seconds{332, 692, 1292, 1892}));
}

TEST(Measured, TriesLikeHotmail94TimesInTheSixHoursOfTheObservation) {
  const Seconds all = retries(*schedule("measured", {{"provider", "hotmail"}}), 6h + 11s);
  ASSERT_EQ(1 + all.size(), 94U);
  EXPECT_EQ(Seconds(all.begin(), all.begin() + 9),
            (Seconds{61, 123, 184, 306, 487, 728, 970, 1210, 1450}));
}

TEST(Schedules, DrawOnlyWhereTheyJitter) {
  for (const Entry* entry : catalogue())
    EXPECT_EQ(draws_of_one(*schedule(entry->name)), entry->name == "kumomta" ? 1U : 0U)
        << entry->name;
}

TEST(Schedules, NeverAnswerAnInstantThatIsNotLaterThanNow) {
  for (const Entry* entry : catalogue()) {
    const auto model = schedule(entry->name);
    for (const std::uint32_t attempts : {1U, 2U, 12U, 13U, 70U, 4'000'000'000U}) {
      Draw draw = draw_for(7, 1);
      const SimTime now{std::chrono::hours(attempts % 100'000)};
      EXPECT_GT(model->next_attempt({now, SimTime{}, attempts}, draw), now) << entry->name;
    }
  }
}

}  // namespace
}  // namespace weir::retry
