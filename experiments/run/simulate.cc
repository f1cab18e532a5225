#include "experiments/run/simulate.h"

#include <algorithm>
#include <chrono>

#include "experiments/run/interrupt.h"
#include "sim/check.h"

namespace weir::experiments {
namespace {

constexpr Duration kLongestStep = 10min;  // between two looks at the stop flag

}  // namespace

Summary simulate(Scenario scenario, Recorder& recorder, const Tally& tally, const RunHooks& hooks) {
  const auto began = std::chrono::steady_clock::now();
  const FrameParams frame = scenario.frame;
  const StreamKey key = scenario.world.key;
  const WorldNames names = names_of(scenario.world);
  World world(std::move(scenario.world), recorder);
  if (hooks.digest_interval > Duration::zero())
    world.chronicle().keep_digests(hooks.digest_interval);

  const auto run_until = [&](SimTime until) {
    if (hooks.profile != nullptr) return world.run_until(until, *hooks.profile);
    world.run_until(until);
  };
  const SimTime end{frame.horizon};
  SimTime grid_point{};
  while (world.now() < end && !stop_requested()) {
    if (world.now() == grid_point) grid_point = std::min(end, grid_point + frame.grid);
    run_until(std::min(grid_point, world.now() + kLongestStep));
    if (hooks.at_grid && world.now() == grid_point) hooks.at_grid(world);
    if (hooks.progress)
      hooks.progress(to_seconds(world.now().time_since_epoch()) / to_seconds(frame.horizon));
  }
  // Stopped between two points: what happened since the last one belongs to the series too.
  if (hooks.at_grid && world.now() < grid_point) hooks.at_grid(world);
  world.finish();
  if (hooks.at_end) hooks.at_end(world);

  Summary summary = summarise(world, tally, names, scenario.report);
  summary.scenario = frame.title;
  summary.key = key;
  summary.interrupted = world.now() < end;
  summary.peak_rss_bytes = peak_resident_bytes();
  summary.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return summary;
}

Summary simulate_receiver(const Setting& root, const Dependence& dependence, const RunKey& key) {
  Problems problems;
  Scenario scenario =
      build_scenario(draw_receiver(root, dependence, key.seed, key.receiver),
                     {key.seed, key.receiver, key.traffic}, TraceCheck::header, problems);
  WEIR_CHECK(problems.empty(), problems.empty() ? "" : problems.front().text());
  Tally tally(scenario.world.sources.size() + 1);
  return simulate(std::move(scenario), tally, tally);
}

}  // namespace weir::experiments
