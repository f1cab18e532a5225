#include "models/source/source.h"

#include <cmath>

#include "models/purpose.h"
#include "tests/models/make_model.h"
#include "tests/support/statistics.h"

namespace weir::source {
namespace {

using namespace weir::testing;

const Chance kChance(StreamKey{.seed = 11});

Draw draw_of(std::uint64_t serial) { return kChance.draw(purpose::arrival, serial); }

std::unique_ptr<Source> make(std::string_view name, const Keys& keys, SimTime begin = {},
                             const Calendar& calendar = {}) {
  auto made = make_model<Source>(catalogue(), name, keys);
  made->prepare(begin, calendar);
  return made;
}

/// The first `most` arrivals, each with a draw of its own.
std::vector<SimTime> arrivals(Source& source, std::size_t most) {
  std::vector<SimTime> all;
  while (all.size() < most) {
    Draw draw = draw_of(all.size());
    const Arrival arrival = source.next(draw);
    if (arrival.at == kNever) break;
    all.push_back(arrival.at);
  }
  return all;
}

std::vector<double> gaps(const std::vector<SimTime>& instants) {
  std::vector<double> seconds;
  for (std::size_t i = 1; i < instants.size(); ++i)
    seconds.push_back(to_seconds(instants[i] - instants[i - 1]));
  return seconds;
}

TEST(Campaign, BringsAllItsMessagesInOneArrivalWithoutARate) {
  const auto source = make("campaign", {{"messages", 90'000}, {"from", "2 h"}}, at(1h));
  Draw draw = draw_of(0);
  const Arrival arrival = source->next(draw);
  EXPECT_EQ(arrival.at, at(3h));
  EXPECT_EQ(arrival.count, 90'000u);
  EXPECT_EQ(source->next(draw).at, kNever);
  EXPECT_EQ(draw.draws(), 0u);
}

TEST(Campaign, BringsNothingWithoutMessages) {
  const auto source = make("campaign", {{"messages", 0}});
  EXPECT_TRUE(arrivals(*source, 1).empty());
}

TEST(Campaign, SpacesItsMessagesEvenlyWithoutAddingUpRounding) {
  const auto source = make("campaign", {{"messages", 3'001}, {"rate", "3000/h"}}, at(5s));
  const std::vector<SimTime> all = arrivals(*source, 10'000);
  ASSERT_EQ(all.size(), 3'001u);
  EXPECT_EQ(all[0], at(5s));
  EXPECT_EQ(all[1], at(5s + 1'200ms));
  EXPECT_EQ(all[3'000], at(5s + 1h));
  const auto seventh = make("campaign", {{"messages", 8}, {"rate", "7/s"}});
  EXPECT_EQ(arrivals(*seventh, 8).back(), at(1s));
}

TEST(Campaign, NeverBringsWhatWouldComeAfterTheLastInstant) {
  const auto source = make("campaign", {{"messages", 9}, {"rate", "1/106000 d"}});
  Draw draw = draw_of(0);
  for (int i = 0; i < 2; ++i) EXPECT_NE(source->next(draw).at, kNever);
  for (int i = 2; i < 9; ++i) EXPECT_EQ(source->next(draw).at, kNever) << "message " << i;
}

TEST(Poisson, HasExponentialGapsOfTheMeanThatTheRateGives) {
  const auto source = make("poisson", {{"rate", "7200/h"}});
  const std::vector<double> seconds = gaps(arrivals(*source, 50'001));
  EXPECT_TRUE(check_mean(seconds, 0.5));
  EXPECT_TRUE(check_distribution(seconds, [](double x) { return 1.0 - std::exp(-x / 0.5); }));
}

TEST(Poisson, TakesOneExponentialNumberFromTheDrawOfEachArrival) {
  const auto source = make("poisson", {{"rate", "1/s"}});
  for (std::uint64_t serial = 0; serial < 1'000; ++serial) {
    Draw draw = draw_of(serial);
    source->next(draw);
    Draw expected = draw_of(serial);
    expected.exponential();
    ASSERT_EQ(draw.draws(), expected.draws());
  }
}

TEST(Poisson, GivesEveryArrivalItsGapWhateverCameBefore) {
  const auto slow = make("poisson", {{"rate", "1/s"}});
  const auto fast = make("poisson", {{"rate", "1000/s"}});
  arrivals(*fast, 10);
  const SimTime before = arrivals(*slow, 1)[0];
  Draw one = draw_of(77);
  Draw two = draw_of(77);
  const Duration gap = slow->next(one).at - before;
  const SimTime last = fast->next(two).at;
  Draw three = draw_of(77);
  EXPECT_EQ(fast->next(three).at - last, Duration{(gap.count() + 500) / 1'000});
}

TEST(Poisson, EndsWithItsMessagesOrAtItsEnd) {
  EXPECT_EQ(arrivals(*make("poisson", {{"messages", 17}}), 99).size(), 17u);
  const Keys keys = {{"rate", "60/h"}, {"from", "1 h"}, {"until", "11 h"}};
  const std::vector<SimTime> all = arrivals(*make("poisson", keys, at(100h)), 9'999);
  EXPECT_GT(all.front(), at(101h));
  EXPECT_LT(all.back(), at(111h));
  EXPECT_GT(all.size(), 500u);
}

/// How many arrivals came in each local hour of the day (24 cells) or day of the week (7).
std::vector<std::uint64_t> counts_by(std::size_t cells, const Calendar& calendar,
                                     const Keys& keys) {
  std::vector<std::uint64_t> counts(cells);
  const auto source = make("profile", keys, {}, calendar);
  for (const SimTime t : arrivals(*source, 1'000'000))
    ++counts[static_cast<std::size_t>(cells == 24 ? calendar.hour_of_day(t)
                                                  : calendar.day_of_week(t))];
  return counts;
}

const Calendar kTokyo = *Calendar::parse("2026-03-04T08:30:00", 9h);

TEST(Profile, FollowsTheHoursOfTheLocalDay) {
  std::vector<double> hours(24, 0.01);
  hours[9] = 0.5;
  hours[13] = 0.28;
  const auto counts =
      counts_by(24, kTokyo, {{"rate", "1000/h"}, {"hours", hours}, {"until", "2 w"}});
  EXPECT_TRUE(check_counts(counts, hours));
}

TEST(Profile, FollowsTheDaysOfTheWeek) {
  const std::vector<double> days = {0.1, 0.2, 0.1, 0.2, 0.1, 0.25, 0.05};
  const auto counts = counts_by(7, kTokyo, {{"rate", "1000/h"}, {"days", days}, {"until", "2 w"}});
  EXPECT_TRUE(check_counts(counts, days));
}

TEST(Profile, HasTheMeanRateOverAWholeWeekByItsDefaults) {
  std::vector<double> weeks;
  const auto source = make("profile", {{"rate", "100/h"}});
  for (const SimTime t : arrivals(*source, 40 * 16'800)) {
    const auto week = static_cast<std::size_t>(t.time_since_epoch() / (24h * 7));
    if (week >= 39) break;
    weeks.resize(std::max(weeks.size(), week + 1));
    weeks[week] += 1.0;
  }
  ASSERT_EQ(weeks.size(), 39u);
  EXPECT_TRUE(check_mean(weeks, 16'800.0));
}

TEST(Profile, BringsNothingInHoursOfWeightZero) {
  std::vector<double> hours(24, 0.0);
  hours[3] = 1.0;
  const auto source = make("profile", {{"rate", "100/h"}, {"hours", hours}});
  for (const SimTime t : arrivals(*source, 5'000)) ASSERT_EQ(Calendar().hour_of_day(t), 3);
}

TEST(Profile, IsPoissonWhenAllWeightsAreEqual) {
  const auto source = make("profile", {{"rate", "7200/h"},
                                       {"hours", std::vector<double>(24, 3.0)},
                                       {"days", std::vector<double>(7, 2.0)}});
  EXPECT_TRUE(check_distribution(gaps(arrivals(*source, 20'001)),
                                 [](double x) { return 1.0 - std::exp(-x / 0.5); }));
}

TEST(Profile, TakesAnExponentialAndAUniformNumberForEachCandidate) {
  const auto source = make(
      "profile", {{"hours", std::vector<double>(24, 1.0)}, {"days", std::vector<double>(7, 1.0)}});
  Draw draw = draw_of(3);
  source->next(draw);
  Draw expected = draw_of(3);
  expected.exponential();
  expected.uniform();
  EXPECT_EQ(draw.draws(), expected.draws());
}

TEST(Profile, RefusesWeightsThatAreNone) {
  const auto problems = [](const Keys& keys) {
    return problems_of(catalogue(), "profile", keys).size();
  };
  EXPECT_EQ(problems({{"hours", std::vector<double>(23, 1.0)}}), 1u);
  EXPECT_EQ(problems({{"hours", std::vector<double>(24, 0.0)}}), 1u);
  EXPECT_EQ(problems({{"days", std::vector<double>(7, -1.0)}}), 1u);
  EXPECT_EQ(problems({{"days", std::vector<double>(7, INFINITY)}}), 1u);
}

/// Arrivals at 0 s, 1 s, 2 s ...; counts how it is read.
class Seconds final : public ArrivalFeed {
 public:
  explicit Seconds(std::size_t count) : left_(count) {}

  std::size_t read(std::span<Arrival> block) override {
    ++reads;
    largest = std::max(largest, block.size());
    std::size_t filled = 0;
    for (; filled < block.size() && left_ > 0; ++filled, --left_)
      block[filled] = {.at = SimTime{1s * given_++}, .size = 7, .recipients = 2, .sender = 9};
    return filled;
  }

  int reads = 0;
  std::size_t largest = 0;

 private:
  std::size_t left_;
  std::int64_t given_ = 0;
};

TEST(Trace, ReplaysEveryArrivalOfItsFeedFromItsBegin) {
  for (const std::size_t count : {0u, 1u, 1'023u, 1'024u, 1'025u, 5'000u}) {
    const auto source = make("trace", {{"file", "a.wtr"}, {"from", "1 h"}}, at(1h));
    Seconds feed(count);
    source->connect(feed);
    const std::vector<SimTime> all = arrivals(*source, 9'999);
    ASSERT_EQ(all.size(), count);
    for (std::size_t i = 0; i < count; ++i)
      ASSERT_EQ(all[i], at(2h + 1s * static_cast<std::int64_t>(i)));
  }
}

TEST(Trace, ReadsItsFeedInBlocksAndNeverAfterTheEnd) {
  const auto source = make("trace", {{"file", "a.wtr"}});
  Seconds feed(2'500);
  source->connect(feed);
  arrivals(*source, 9'999);
  Draw draw = draw_of(0);
  EXPECT_EQ(source->next(draw).at, kNever);
  EXPECT_EQ(feed.reads, 3);
  EXPECT_EQ(feed.largest, 1'024u);
  EXPECT_EQ(draw.draws(), 0u);
}

TEST(Trace, KeepsSizeRecipientsAndSenderOfTheRecord) {
  const auto source = make("trace", {{"file", "a.wtr"}});
  Seconds feed(1);
  source->connect(feed);
  Draw draw = draw_of(0);
  const Arrival arrival = source->next(draw);
  EXPECT_EQ(arrival.size, 7u);
  EXPECT_EQ(arrival.recipients, 2u);
  EXPECT_EQ(arrival.sender, 9u);
}

TEST(Sources, NameTheFileThatTheyReplayAndOnlyThen) {
  EXPECT_EQ(make("trace", {{"file", "a.wtr"}})->feed_file(), "a.wtr");
  EXPECT_EQ(make("poisson", {})->feed_file(), "");
}

TEST(Sources, RefuseParametersThatMakeNoSense) {
  const auto problems = [](std::string_view name, const Keys& keys) {
    return problems_of(catalogue(), name, keys).size();
  };
  EXPECT_EQ(problems("campaign", {{"messages", -1}}), 1u);
  EXPECT_EQ(problems("poisson", {{"messages", -1}}), 1u);
  EXPECT_EQ(problems("poisson", {{"from", "2 h"}, {"until", "1 h"}}), 1u);
  EXPECT_EQ(problems("profile", {{"messages", -1}}), 1u);
  EXPECT_EQ(problems("profile", {{"from", "2 h"}, {"until", "1 h"}}), 1u);
  EXPECT_EQ(problems("trace", {}), 1u);
}

}  // namespace
}  // namespace weir::source
