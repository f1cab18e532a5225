#include "bench/mail/timed_run.h"

#include <optional>
#include <stdexcept>

#include "bench/harness/cpu_time.h"
#include "experiments/result/run_file.h"
#include "experiments/run/simulate.h"

namespace weir::bench::mail {

using namespace experiments;

Scenario built(const Simulation& simulation) {
  Problems problems;
  Scenario scenario = build_scenario(simulation.root, StreamKey{}, TraceCheck::header, problems);
  for (const Problem& problem : problems) throw std::runtime_error(problem.text());
  return scenario;
}

TimedWorld run_world(Scenario scenario, Recorder& recorder) {
  auto world = std::make_unique<World>(std::move(scenario.world), recorder);
  const double began = process_cpu_ns();
  world->run_until(SimTime{scenario.frame.horizon});
  const double cpu_ns = process_cpu_ns() - began;
  world->finish();
  return {std::move(world), cpu_ns};
}

std::uint64_t TimedRun::messages() const {
  return summary.messages - summary.sources.back().totals.messages;
}

TimedRun run_counted(const Simulation& simulation) {
  Scenario scenario = built(simulation);
  const WorldNames names = names_of(scenario.world);
  const std::uint32_t report = scenario.report;
  Tally tally(scenario.world.sources.size() + 1);
  const TimedWorld run = run_world(std::move(scenario), tally);
  return {summarise(*run.world, tally, names, report), run.cpu_ns};
}

TimedRun run_recorded(const Simulation& simulation, const std::filesystem::path& path,
                      const Interludes& interludes) {
  Scenario scenario = built(simulation);
  const RunFileHead head{.path = path.string(),
                         .command = "benchmark",
                         .title = scenario.frame.title,
                         .calendar = scenario.world.calendar,
                         .grid = scenario.frame.grid,
                         .names = names_of(scenario.world),
                         .lanes = lanes_of(scenario.world)};
  const Duration between = scenario.frame.horizon / (interludes.times + 1);
  SimTime next_interlude = SimTime{between};
  int left = interludes.times;
  const Setting effective = scenario.effective;
  SeriesTally tally(scenario.world.sources.size() + 1, head.lanes.size());

  double not_ours = 0;
  std::optional<IntervalDigests> digests;
  const double began = process_cpu_ns();
  RunFile file(head);
  RunHooks hooks;
  hooks.digest_interval = 24h;
  hooks.at_end = [&](const World& world) { digests = *world.chronicle().digests(); };
  hooks.at_grid = [&](const World& world) {
    file.write_row(world, tally);
    tally.next_interval();
    if (left == 0 || world.now() < next_interlude) return;
    --left;
    next_interlude += between;
    not_ours += interludes.cpu_ns();
  };
  TimedRun run{simulate(std::move(scenario), tally, tally, hooks), 0};
  file.finish(run.summary, tally, &*digests, "", to_toml(effective));
  run.cpu_ns = process_cpu_ns() - began - not_ours;
  return run;
}

}  // namespace weir::bench::mail
