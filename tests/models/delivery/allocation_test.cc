// A world in steady state allocates nothing, whichever models it is made of.

#include <gtest/gtest.h>

#include "tests/support/allocations.h"
#include "tests/support/world_builder.h"

namespace weir::testing {
namespace {

/// Counts and keeps nothing.
class Counter final : public Recorder {
 public:
  void arrived(SimTime, std::uint32_t, std::uint64_t) override {}
  void released(const ReleaseRecord&) override {}
  void attempted(const AttemptRecord&) override { ++attempts; }
  void finished(const FinishRecord&) override {}

  std::uint64_t attempts = 0;
};

/// Mail that is held, deferred, bounced, complained about and answered with notices.
WorldBuilder lively_world() {
  WorldBuilder b;
  SourceConfig& source = b.add_source("poisson", {{"rate", "600/h"}});
  source.size = make_model(size::catalogue(), "lognormal-pareto");
  source.recipients = make_model(recipients::catalogue(), "zipf");
  source.params = {.unknown = {0.05}, .traps = {0.001}, .complaints = {0.01}};
  source.content.spam = {0.05};
  b.plan("flat", {{"volume", 20'000}, {"days", 1}});
  b.add_source("profile", {{"rate", "60/h"}});
  b.add_address({1, 1});
  b.site.transient = {0.2};
  b.site.reply_times = ReplyTimes::exponential;
  b.route_notices();
  return b;
}

/// What the second half of a run of some days allocates, and that it did something.
std::size_t allocated(WorldBuilder b) {
  constexpr Duration kHalf = 15 * 24h;
  Counter counter;
  World world(b.take(), counter);
  world.run_until(at(kHalf));
  const std::size_t before = allocations();
  const std::uint64_t attempts = counter.attempts;
  world.run_until(at(2 * kHalf));
  EXPECT_GT(counter.attempts, attempts + 10'000);
  return allocations() - before;
}

/// Containers that reach a new high grow once more; what goes with events goes in thousands.
constexpr std::size_t kNewHighs = 32;

TEST(WorldAllocation, IsCounted) {
  const std::size_t before = allocations();
  Counter counter;
  const World world(lively_world().take(), counter);
  EXPECT_GT(allocations(), before + kNewHighs);
}

TEST(WorldAllocation, EndsOnceAWorldHasGrown) { EXPECT_LE(allocated(lively_world()), kNewHighs); }

TEST(WorldAllocation, EndsWithEveryThrottle) {
  for (const throttle::Entry* entry : throttle::catalogue()) {
    WorldBuilder b = lively_world();
    b.throttle(entry->name);
    EXPECT_LE(allocated(std::move(b)), kNewHighs) << entry->name;
  }
}

TEST(WorldAllocation, EndsWithEverySchedule) {
  for (const retry::Entry* entry : retry::catalogue()) {
    WorldBuilder b = lively_world();
    b.retry(entry->name);
    EXPECT_LE(allocated(std::move(b)), kNewHighs) << entry->name;
  }
}

TEST(WorldAllocation, EndsWithEveryController) {
  for (const control::Entry* entry : control::catalogue()) {
    WorldBuilder b = lively_world();
    b.control(entry->name);
    EXPECT_LE(allocated(std::move(b)), kNewHighs) << entry->name;
  }
}

TEST(WorldAllocation, EndsWithEverySelection) {
  for (const selection::Entry* entry : selection::catalogue()) {
    WorldBuilder b = lively_world();
    b.config.pools[0].selection = make_model(selection::catalogue(), entry->name);
    EXPECT_LE(allocated(std::move(b)), kNewHighs) << entry->name;
  }
}

}  // namespace
}  // namespace weir::testing
