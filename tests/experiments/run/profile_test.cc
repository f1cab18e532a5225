// What a profile says: counts and ties exactly, time from a sample and how sure that is.

#include "experiments/run/profile.h"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "tests/support/world_builder.h"

namespace weir::experiments {
namespace {

using weir::testing::at;
using weir::testing::TestRun;
using weir::testing::WorldBuilder;

constexpr std::size_t kArrival = 0, kRelease = 1, kLane = 2;
static_assert(kEventNames[kArrival] == "arrival-due" && kEventNames[kLane] == "lane-ready");

/// A clock that a test sets; to read it takes 10 ns.
std::uint64_t fake_ns = 0;
std::uint64_t read_fake_clock() { return fake_ns += 10; }

/// Runs `count` events of a kind, each of which takes as long as `ns` says.
void run(EventProfile& profile, std::size_t kind, std::uint64_t count,
         const std::function<std::uint64_t(std::uint64_t)>& ns) {
  for (std::uint64_t i = 0; i < count; ++i) {
    fake_ns += 40;  // the agenda
    profile.handle(kind, at(std::chrono::seconds(i)), [&] { fake_ns += ns(i); });
  }
}

const EventFigures& figures(const ProfileFigures& profile, std::size_t kind) {
  for (const EventFigures& figures : profile.kinds)
    if (figures.name == kEventNames[kind]) return figures;
  throw std::runtime_error("no such kind in the profile");
}

TEST(Profile, DividesTheTimeAmongKindsAndTheAgenda) {
  EventProfile profile(read_fake_clock);
  run(profile, kArrival, 30'000, [](auto) { return 100; });
  run(profile, kRelease, 10'000, [](auto) { return 560; });
  const ProfileFigures p = figures_of(profile);
  EXPECT_EQ(p.events, 40'000U);
  EXPECT_EQ(figures(p, kArrival).count, 30'000U);
  EXPECT_NEAR(figures(p, kArrival).time.ns, 100, 1e-9);
  EXPECT_NEAR(figures(p, kRelease).time.ns, 560, 1e-9);
  EXPECT_NEAR(p.agenda.ns, 40, 1e-9);
  const double total = 30'000 * 100.0 + 10'000 * 560.0 + 40'000 * 40.0;
  EXPECT_NEAR(figures(p, kArrival).time.share, 30'000 * 100.0 / total, 1e-12);
  EXPECT_NEAR(p.agenda.share, 40'000 * 40.0 / total, 1e-12);
  EXPECT_NEAR(p.agenda.share + p.kinds[0].time.share + p.kinds[1].time.share, 1, 1e-12);
  EXPECT_EQ(p.kinds.size(), 2U) << "kinds of which there were none are left out";
  EXPECT_EQ(p.kinds.front().name, "release-due") << "the most time first";
  EXPECT_NEAR(p.agenda.margin + figures(p, kArrival).time.margin, 0, 1e-9) << "all were alike";
}

TEST(Profile, MeasuresOneIn64AndTheFirstOfEachKind) {
  EventProfile profile(read_fake_clock);
  run(profile, kArrival, 640'000, [](auto) { return 100; });
  run(profile, kRelease, 60, [](auto) { return 100; });
  const ProfileFigures p = figures_of(profile);
  EXPECT_NEAR(static_cast<double>(p.measured), 64 + 640'000 / 64.0 + 60, 100);
}

/// Events that come in turns of some length, one of each turn slow: whatever the length, the
/// sample sees slow and quick ones as often as they come.
TEST(Profile, IsNotMisledByEventsThatComeInTurns) {
  for (const std::uint64_t turn : {2U, 3U, 8U, 32U, 61U, 64U, 67U, 96U, 128U}) {
    EventProfile profile(read_fake_clock);
    run(profile, kArrival, 400'000, [&](auto i) { return i % turn == 1 ? 10'000 : 100; });
    const double mean = 100 + 9'900.0 / static_cast<double>(turn);
    const ProfileFigures p = figures_of(profile);
    const TimeFigures& time = figures(p, kArrival).time;
    EXPECT_NEAR(time.ns / mean, 1, 0.25) << turn;
    EXPECT_GT(time.margin, 0) << turn;
  }
}

TEST(Profile, IsRightWithinItsMarginForNineteenOfTwenty) {
  constexpr int kTrials = 400;
  int within = 0;
  std::uint64_t state = 1;
  for (int trial = 0; trial < kTrials; ++trial) {
    EventProfile profile(read_fake_clock);
    std::array<double, 2> true_ns{};
    const auto ns = [&](std::size_t kind) {
      return [&, kind](auto) {
        state = mix64(state);
        const std::uint64_t drawn = (kind == 0 ? 50 : 200) + state % 1'000;
        true_ns[kind] += static_cast<double>(drawn);
        return drawn;
      };
    };
    run(profile, kArrival, 20'000, ns(0));
    run(profile, kRelease, 5'000, ns(1));
    const TimeFigures& time = figures(figures_of(profile), kArrival).time;
    const double share = true_ns[0] / (true_ns[0] + true_ns[1] + 25'000 * 40.0);
    if (std::abs(time.share - share) <= time.margin) ++within;
  }
  // 380 expected; 5 standard deviations are 22.
  EXPECT_GE(within, 358);
  EXPECT_LT(within, kTrials) << "a margin that is never missed is too wide";
}

TEST(Profile, KnowsARareKindInFull) {
  EventProfile profile(read_fake_clock);
  run(profile, kArrival, 100'000, [](auto) { return 100; });
  run(profile, kLane, 5, [](auto i) { return 1'000 * (i + 1); });
  const ProfileFigures p = figures_of(profile);
  EXPECT_EQ(figures(p, kLane).count, 5U);
  EXPECT_NEAR(figures(p, kLane).time.ns, 3'000, 1e-9);
  EXPECT_NEAR(figures(p, kLane).time.margin, 0, 1e-9);
}

TEST(Profile, LeavesOutWhatWasInterrupted) {
  EventProfile profile(read_fake_clock);
  run(profile, kArrival, 64, [](auto i) { return i % 20 == 3 ? 4'000'000 : 100; });
  run(profile, kRelease, 64, [](auto i) { return i % 20 == 3 ? 60'000 : 100; });
  run(profile, kLane, 64, [](auto) { return 4'000'000; });
  const ProfileFigures p = figures_of(profile);
  EXPECT_EQ(p.left_out, 4U);
  EXPECT_EQ(p.measured, 3 * 64U);
  EXPECT_NEAR(figures(p, kArrival).time.ns, 100, 1e-9);
  EXPECT_GT(figures(p, kRelease).time.ns, 1'000) << "an event may take so long";
  EXPECT_NEAR(figures(p, kLane).time.ns, 4'000'000, 1e-6) << "if all do, it is what they take";
}

TEST(Profile, DoesNotCountWhatIsDoneBetweenTwoStretchesOfARun) {
  EventProfile profile(read_fake_clock);
  for (int stretch = 0; stretch < 1'000; ++stretch) {
    run(profile, kArrival, 40, [](auto) { return 100; });
    profile.pause();
    fake_ns += 50'000;  // rows are recorded
  }
  EXPECT_NEAR(figures_of(profile).agenda.ns, 40, 1e-9);
}

TEST(Profile, OfNothingIsEmpty) {
  const ProfileFigures p = figures_of(EventProfile(read_fake_clock));
  EXPECT_TRUE(p.kinds.empty());
  EXPECT_EQ(p.events + p.ties + p.measured, 0U);
  EXPECT_EQ(p.agenda.share, 0);
}

// Ten messages at the instant 0 for ten connections that take a second to open, as the replies do.
TEST(Profile, CountsTheTiesOfARun) {
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 10}});
  b.lane().connection_limit = 10;
  TestRun run(b.take());
  EventProfile profile(wall_nanoseconds);
  run.world.run_until(at(1h), profile);
  run.world.finish();
  const ProfileFigures p = figures_of(profile);
  for (const std::string_view name : {"connection-opens", "reply-arrives"}) {
    const auto kind = std::find_if(p.kinds.begin(), p.kinds.end(),
                                   [&](const EventFigures& k) { return k.name == name; });
    ASSERT_NE(kind, p.kinds.end()) << name;
    EXPECT_EQ(kind->count, 10U) << name;
    EXPECT_EQ(kind->ties, 9U) << name;
  }
  EXPECT_EQ(p.events, run.world.events());
}

TEST(Profile, ChangesNothingOfTheRun) {
  const auto world = [] {
    WorldBuilder b;
    b.add_source("poisson", {{"rate", "500/h"}});
    b.add_source("campaign", {{"messages", 1'000}});
    return b.take();
  };
  TestRun plain(world());
  plain.finish_at(10h);
  TestRun profiled(world());
  EventProfile profile(wall_nanoseconds);
  for (Duration end = 1h; end <= 10h; end += 1h) profiled.world.run_until(at(end), profile);
  profiled.world.finish();
  EXPECT_EQ(profiled.world.fingerprint().value(), plain.world.fingerprint().value());
  const ProfileFigures p = figures_of(profile);
  EXPECT_EQ(p.events, plain.world.events());
  double shares = p.agenda.share;
  std::uint64_t counts = 0;
  std::uint64_t ties = 0;
  for (const EventFigures& kind : p.kinds) {
    shares += kind.time.share;
    counts += kind.count;
    ties += kind.ties;
  }
  EXPECT_NEAR(shares, 1, 1e-9);
  EXPECT_EQ(counts, p.events);
  EXPECT_EQ(ties, p.ties);
}

}  // namespace
}  // namespace weir::experiments
