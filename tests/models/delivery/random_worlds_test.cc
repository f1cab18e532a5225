// Random worlds with every throttle, plan, schedule and selection: what must hold in all of them.

#include <set>

#include <gtest/gtest.h>

#include "tests/support/world_builder.h"

namespace weir::testing {
namespace {

/// Random choices for one world. Any generator would do: this one is the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : draw_(mix64(seed), Purpose{255}, seed, 0) {}

  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(draw_.below(static_cast<std::uint64_t>(high - low + 1)));
  }
  bool coin() { return draw_.below(2) == 1; }
  Probability share(double most) { return {draw_.uniform() * most}; }
  std::string text(std::int64_t n, const char* unit) { return std::to_string(n) + unit; }

 private:
  Draw draw_;
};

/// The n-th entry of a catalogue, round and round.
template <class Entry>
std::string name_of(std::span<const Entry* const> catalogue, std::uint64_t n) {
  return std::string(catalogue[n % catalogue.size()]->name);
}

void add_source(WorldBuilder& b, Dice& dice, bool held, std::uint64_t seed) {
  const bool campaign = dice.coin();
  SourceConfig& source =
      campaign ? b.add_source("campaign", {{"messages", dice.between(1, 400)},
                                           {"from", dice.text(dice.between(0, 40), " h")}})
               : b.add_source(dice.coin() ? "poisson" : "profile",
                              {{"rate", dice.text(dice.between(1, 60), "/h")}});
  if (dice.coin()) source.recipients = make_model(recipients::catalogue(), "zipf");
  source.params.unknown = dice.share(0.5);
  source.content.spam = dice.share(0.3);
  source.params.traps = dice.share(0.02);
  source.params.complaints = dice.share(0.1);
  const std::size_t index = b.config.sources.size() - 1;
  if (index > 0 && dice.coin()) source.after = static_cast<std::uint32_t>(index - 1);
  if (!held) return;
  std::string model = name_of(plan::catalogue(), seed);
  const Keys keys =
      model == "table" ? Keys{{"days", std::vector<std::int64_t>{10, 50, 200}}} : Keys{};
  b.plan(model, keys, {.cut = dice.share(1.0), .hold = dice.between(0, 72) * 1h});
}

void add_throttles(WorldBuilder& b, Dice& dice, std::uint64_t seed) {
  const std::string model = name_of(throttle::catalogue(), seed);
  Keys keys;
  if (model == "history-window") keys = {{"probation", dice.text(dice.between(20, 900), "/d")}};
  if (model.ends_with("window") && keys.empty())
    keys = {{"limit", dice.text(dice.between(5, 200), "/h")}};
  if (model == "concurrency-cap") keys = {{"connections", dice.between(1, 4)}};
  b.throttle(model, keys);
  if (dice.coin()) b.throttle(name_of(throttle::catalogue(), seed / 3 + 1));
}

WorldBuilder random_world(std::uint64_t seed) {
  Dice dice(seed);
  WorldBuilder b;
  b.config.key.seed = seed;
  for (std::int64_t n = dice.between(0, 3); n > 0; --n)
    b.add_address({static_cast<std::uint32_t>(dice.between(0, 2)),
                   static_cast<std::uint32_t>(dice.between(0, 1))});
  for (std::int64_t n = dice.between(1, 3); n > 0; --n) add_source(b, dice, dice.coin(), seed);
  add_throttles(b, dice, seed);
  b.retry(name_of(retry::catalogue(), seed));
  b.config.pools[0].selection =
      make_model(selection::catalogue(), name_of(selection::catalogue(), seed));
  b.lane().connection_limit = dice.between(1, 6);
  b.lane().messages_per_connection = dice.between(1, 5);
  if (dice.coin()) b.lane().message_rate = Rate<Message>{dice.between(1, 60), 1min};
  b.lane().pause = dice.between(0, 90) * 1min;
  b.site.transient = dice.share(0.2);
  b.site.reply_times = dice.coin() ? ReplyTimes::fixed : ReplyTimes::exponential;
  if (dice.coin()) b.route_notices();
  return b;
}

using MessageName = std::pair<std::uint32_t, std::uint64_t>;

/// The books as the records tell them must be those of the world.
void check_books(const TestRun& run) {
  std::vector<SourceTotals> told(run.world.totals().size());
  for (const Recording::Arrived& a : run.record.arrivals) told[a.source].submitted += a.recipients;
  for (const FinishRecord& f : run.record.finishes)
    told[f.source].finished[static_cast<std::size_t>(f.outcome)] += f.recipients;
  for (std::size_t i = 0; i < told.size(); ++i) {
    const SourceTotals& kept = run.world.totals()[i];
    EXPECT_EQ(told[i].submitted, kept.submitted);
    EXPECT_EQ(told[i].finished, kept.finished);
    std::uint64_t ended = 0;
    for (const std::uint64_t n : told[i].finished) ended += n;
    EXPECT_EQ(kept.submitted, ended + kept.held + kept.in_flight);
  }
}

void check_lanes(const TestRun& run, const control::PauseParams& params) {
  std::vector<std::vector<AttemptRecord>> by_lane(run.world.lanes().size());
  for (const AttemptRecord& a : run.record.attempts) by_lane[a.lane].push_back(a);
  for (const auto& attempts : by_lane) {
    EXPECT_LE(most_at_once(attempts), params.connection_limit);
    if (!params.message_rate) continue;
    const std::vector<SimTime> starts = starts_of(attempts);
    for (std::size_t i = 1; i < starts.size(); ++i)
      EXPECT_GE(starts[i] - starts[i - 1], params.message_rate->interval());
  }
}

/// Attempts of a message are numbered without a gap, and none comes after its end.
void check_lives(const TestRun& run) {
  std::map<MessageName, std::uint32_t> number;
  std::map<MessageName, SimTime> ended;
  for (const FinishRecord& f : run.record.finishes) ended[{f.source, f.serial}] = f.now;
  for (const AttemptRecord& a : run.record.attempts) {
    const MessageName name{a.source, a.serial};
    EXPECT_EQ(a.number, ++number[name]);
    if (ended.contains(name)) {
      EXPECT_LE(a.replied, ended[name]);
    }
  }
}

void check_notices(const TestRun& run) {
  std::set<MessageName> failed;
  for (const FinishRecord& f : run.record.finishes)
    if (f.source != run.world.notices() &&
        (f.outcome == Outcome::bounced || f.outcome == Outcome::expired))
      failed.insert({f.source, f.serial});
  EXPECT_EQ(run.notices().messages, failed.size());
}

class RandomWorld : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomWorld, KeepsItsBooksItsLimitsAndItsWord) {
  for (std::uint64_t i = 0; i < 25; ++i) {
    const std::uint64_t seed = GetParam() * 25 + i;
    SCOPED_TRACE("world " + std::to_string(seed));
    WorldBuilder b = random_world(seed);
    const WorldBuilder::LaneSettings lane = b.lane();
    TestRun run(b.take());
    run.finish_at(Duration{4 * 24h});
    check_books(run);
    check_lanes(run, lane);
    check_lives(run);
    check_notices(run);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWorld, ::testing::Range<std::uint64_t>(0, 16));

TEST(RandomWorlds, MeetEveryModelAndEveryEnd) {
  SourceTotals sum;
  std::uint64_t held = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    TestRun run(random_world(seed).take());
    run.finish_at(Duration{4 * 24h});
    const SourceTotals all = sum_of(run.world.totals());
    for (std::size_t i = 0; i < kOutcomes; ++i) sum.finished[i] += all.finished[i];
    held += all.held;
    sum.in_flight += all.in_flight;
  }
  for (const Outcome o : {Outcome::delivered, Outcome::junked, Outcome::bounced, Outcome::expired})
    EXPECT_GT(sum.of(o), 0U) << static_cast<int>(o);
  EXPECT_GT(held, 0U);
  EXPECT_GT(sum.in_flight, 0U);
}

}  // namespace
}  // namespace weir::testing
