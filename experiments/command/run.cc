#include <algorithm>

#include <fmt/core.h>

#include "experiments/command/chosen.h"
#include "experiments/command/commands.h"
#include "experiments/command/json.h"
#include "experiments/command/output.h"
#include "experiments/command/progress.h"
#include "experiments/command/run_parts.h"
#include "experiments/command/text.h"
#include "experiments/record/logs.h"
#include "experiments/result/run_file.h"
#include "experiments/run/interrupt.h"
#include "experiments/run/simulate.h"
#include "experiments/scenario/document.h"

namespace weir::experiments {
namespace {

/// One run, with its time series.
int run_once(const RunOptions& options, const Document& document, const Setting& root,
             const std::string& variant) {
  Problems problems;
  const Dependence dependence = read_dependence(root, problems);
  const StreamKey key{options.seed, options.receiver, 0};
  Scenario scenario = build_scenario(draw_receiver(root, dependence, key.seed, key.receiver), key,
                                     TraceCheck::header, problems);
  if (!problems.empty()) {
    print_problems(problems);
    return kBadScenario;
  }
  const Setting effective = scenario.effective;
  const std::size_t sources = scenario.world.sources.size() + 1;
  const RunFileHead head{.path = output_of(options),
                         .readable = options.live ? Readable::all_the_time : Readable::at_the_end,
                         .command = command_text(options),
                         .title = scenario.frame.title,
                         .calendar = scenario.world.calendar,
                         .grid = scenario.frame.grid,
                         .names = names_of(scenario.world),
                         .lanes = lanes_of(scenario.world)};
  const GridRow row(shape_of(head.names, head.lanes));
  std::string fault;
  auto asked = series_asked(options.steady, effective, head.grid, row, fault);
  if (!asked) return usage_error("run", "--steady: " + fault);
  std::optional<RunFile> file;
  if (!options.no_result) file.emplace(head);
  SeriesTally tally(sources, head.lanes.size());
  AttemptLogs logs(options.sender_log, options.receiver_trace, head, tally);

  LongRecorder recorder(logs.recorder(), std::move(asked->series), row);
  const bool is_long = !options.steady.series.empty();

  Progress progress("simulating", verbosity_of(options));
  std::optional<IntervalDigests> digests;
  RunHooks hooks;
  hooks.at_grid = [&](const World& world) {
    if (file) file->write_row(world, tally);
    if (is_long && world.now().time_since_epoch() % head.grid == Duration::zero())
      recorder.take(world, tally);
    tally.next_interval();
  };
  hooks.progress = [&](double share) {
    progress.show(share, "");
    if (file) file->refresh();
  };
  hooks.digest_interval = 24h;
  hooks.at_end = [&](const World& world) { digests = *world.chronicle().digests(); };
  std::optional<EventProfile> profile;
  if (options.profile) hooks.profile = &profile.emplace(wall_nanoseconds);
  Summary summary =
      simulate(std::move(scenario), is_long ? recorder : logs.recorder(), tally, hooks);
  if (is_long) summary.steady = recorder.figures(asked->cycle, options.steady.quantile);
  if (profile) summary.profile = figures_of(*profile);
  summary.variant = variant;
  progress.done();
  logs.finish();
  if (file)
    file->finish(summary, tally, digests ? &*digests : nullptr, document.text, to_toml(effective));
  const int code = finish_with(
      options, options.json ? summary_json(summary) : summary_text(summary), summary.interrupted);
  return code == kDone && needs_longer(summary.steady) ? kNotReached : code;
}

/// What cannot be asked for together; empty when all can.
std::string usage_problem(const RunOptions& o) {
  if (o.variant && o.all_variants) return "--variant and --variants exclude each other";
  if (o.replications && *o.replications == 0) return "--replications must be at least 1";
  if (std::string problem = precision_problem(o.until); !problem.empty()) return problem;
  if (o.until.asked && o.all_variants)
    return "--replications auto is for one variant: weir compare SCENARIO --variants has "
           "--precision for differences";
  if (o.traffics > 1 && (o.all_variants || o.until.asked || o.replications.value_or(0) < 2))
    return "--traffics goes with --replications R of at least 2, for one variant: weir compare "
           "SCENARIO --variants has it for several";
  const bool several = o.all_variants || o.replications || o.until.asked;
  if (several && !(o.sender_log.empty() && o.receiver_trace.empty()))
    return "--sender-log and --receiver-trace are for a single run";
  if (std::string problem = steady_problem(o.steady); !problem.empty()) return problem;
  if (several && !o.steady.series.empty())
    return "--steady is for a single long run: means over many runs come with their intervals by "
           "themselves";
  if (several && o.live)
    return "--live is for a single run: results over many have no time series to read";
  if (several && o.profile)
    return "--profile is for a single run: runs side by side would disturb each other's times";
  if (o.live && o.no_result) return "--live and --no-result exclude each other";
  if (o.live && o.output.empty())
    return "--live needs -o FILE: meanwhile the result can be read as FILE.live";
  return "";
}

int run_checked(const RunOptions& options, const Document& document) {
  if (options.all_variants) {
    if (variant_names(document.root).empty())
      return usage_error("run", "--variants: the scenario has no [variant.NAME] tables");
    return run_many(options, document, all_variants(document.root));
  }
  const auto root = chosen_variant("run", document.root, options.variant);
  if (!root) return kUsage;
  const std::string name = options.variant.value_or("");
  if (options.replications || options.until.asked)
    return run_many(options, document, {{name.empty() ? "scenario" : name, *root}});
  return run_once(options, document, *root, name);
}

}  // namespace

int run_command(const RunOptions& options) {
  if (const std::string problem = usage_problem(options); !problem.empty())
    return usage_error("run", problem);
  const auto document = sound_document(options.scenario, options.assignments);
  if (!document) return kBadScenario;
  return run_checked(options, *document);
}

}  // namespace weir::experiments
