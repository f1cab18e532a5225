// A schedule that gave up was held to its lifetime: Haraka's 13th failure waited a century.

#include <gtest/gtest.h>

#include "tests/support/world_builder.h"

namespace weir::testing {
namespace {

TEST(ScheduleGivesUp, HarakaBouncesAtItsThirteenthFailure) {
  ScriptedPolicy::Seen seen;
  WorldBuilder b;
  b.add_source("campaign", {{"messages", 1}});
  b.throttle(std::make_unique<ScriptedPolicy>(
      seen, [](const throttle::Attempt&) { return Reply::greylisted; }));
  b.retry("haraka");
  TestRun run(b.take());
  run.finish_at(10 * 24h);
  EXPECT_EQ(run.record.attempts.size(), 13U);
  EXPECT_EQ(run.totals().of(Outcome::expired), 1U);
  EXPECT_EQ(run.totals().in_flight, 0U);
}

}  // namespace
}  // namespace weir::testing
