#include "experiments/sweep/sweep.h"

#include <algorithm>
#include <filesystem>

#include <fmt/core.h>

#include "experiments/command/chosen.h"
#include "experiments/command/commands.h"
#include "experiments/command/output.h"
#include "experiments/command/sweep_work.h"
#include "experiments/command/text.h"
#include "experiments/result/sweep_file.h"
#include "experiments/sweep/child.h"
#include "experiments/sweep/submit.h"
#include "sim/units.h"

namespace weir::experiments {
namespace {

namespace fs = std::filesystem;

int plan(const Sweep& sweep, const SweepOptions& options, const RunSettings& settings) {
  const auto estimate = try_out(sweep, options.run, settings);
  if (!estimate) return kFailed;
  const SweepHead head{title_of(sweep), options.folder};
  const std::string text = options.run.json ? plan_json(head, sweep.design(), *estimate)
                                            : plan_text(head, sweep.design(), *estimate);
  return write_out(text) ? kDone : kFailed;
}

/// The experiment that is asked for; nothing, after it was said what is wrong with it.
std::optional<Sweep> sound_sweep(const SweepOptions& options) {
  const auto document = sound_document(options.scenario, options.assignments);
  if (!document) return std::nullopt;
  Problems problems;
  Sweep sweep = make_sweep(document->root, options.seed, problems);
  if (problems.empty()) return sweep;
  print_problems(problems);
  return std::nullopt;
}

/// Not while another process makes runs of what stands there.
void save(const Sweep& sweep, const SweepOptions& options, const Shard& shard) {
  fs::create_directories(fs::path(options.folder) / "journal");
  const Journal ours(options.folder, journal_name(shard));
  if (save_sweep(sweep, options.folder) || options.run.quiet) return;
  fmt::print(stderr,
             "remark: another sweep stood in {}: its finished runs are kept, and used where they "
             "are the same\n",
             options.folder);
}

int in_folder(const SweepFolderOptions& options, int (*act)(SweepWork&)) {
  const RunSettings settings = read_settings(options.run);
  if (!settings.fault.empty()) return usage_error("sweep", settings.fault);
  SweepWork work(options.folder, options.run, settings);
  return act(work);
}

}  // namespace

int sweep_command(const SweepOptions& options) {
  if (options.scenario.empty())
    return usage_error("sweep", "name a scenario, as in `weir sweep my.toml -o results`");
  if (options.folder.empty() && !options.plan)
    return usage_error("sweep", "-o FOLDER is missing: where the runs are to be kept");
  const RunSettings settings = read_settings(options.run);
  if (!settings.fault.empty()) return usage_error("sweep", settings.fault);
  const auto sweep = sound_sweep(options);
  if (!sweep) return kBadScenario;
  if (options.plan) return plan(*sweep, options, settings);
  save(*sweep, options, settings.shard);
  return SweepWork(options.folder, options.run, settings).make(Wanted::unfinished);
}

int sweep_submit_command(const SweepSubmitOptions& options) {
  const SweepOptions& sweep_options = options.sweep;
  if (sweep_options.scenario.empty() || sweep_options.folder.empty())
    return usage_error("sweep",
                       "submit: name a scenario and a folder, as in `weir sweep submit my.toml -o "
                       "results --slurm`");
  if (options.slurm == options.parallel)
    return usage_error("sweep", "submit: --slurm or --parallel?");
  const auto shard_time = parse_duration(options.shard_time);
  if (!shard_time || *shard_time <= Duration::zero())
    return usage_error("sweep",
                       fmt::format("--shard-time {}: expected a duration with its unit, such as "
                                   "'5 min'",
                                   options.shard_time));
  const auto sweep = sound_sweep(sweep_options);
  if (!sweep) return kBadScenario;
  const auto estimate = try_out(*sweep, sweep_options.run, {});
  if (!estimate) return kFailed;
  save(*sweep, sweep_options, {});
  const std::string folder = fs::absolute(sweep_options.folder).lexically_normal().string();
  fs::create_directories(fs::path(folder) / "log");
  Submission submission{.program = fs::read_symlink("/proc/self/exe").string(),
                        .folder = folder,
                        .runs = sweep->design().runs(),
                        .run_seconds = estimate->cost.wall_s,
                        .run_bytes = estimate->cost.peak_bytes};
  submission.shards = std::clamp(
      options.shards.value_or(shards_for(submission.runs, submission.run_seconds, *shard_time)),
      std::uint64_t{1}, sweep->design().stop ? sweep->design().points.size() : submission.runs);
  const std::string script = folder + (options.slurm ? "/submit.sbatch" : "/submit.sh");
  if (!write_file(script, options.slurm ? slurm_script(submission) : parallel_script(submission)))
    return kFailed;
  return write_out(fmt::format("{} runs of about {} in {} shards\nto start: {} {}\n",
                               submission.runs, seconds_text(submission.run_seconds),
                               submission.shards, options.slurm ? "sbatch" : "sh", script))
             ? kDone
             : kFailed;
}

int sweep_status_command(const SweepFolderOptions& options) {
  return in_folder(options, [](SweepWork& work) { return work.say(); });
}

int sweep_resume_command(const SweepFolderOptions& options) {
  return in_folder(options, [](SweepWork& work) { return work.make(Wanted::unfinished); });
}

int sweep_retry_command(const SweepFolderOptions& options) {
  return in_folder(options, [](SweepWork& work) { return work.make(Wanted::failed); });
}

int sweep_merge_command(const SweepMergeOptions& options) {
  Sweep sweep = load_sweep(options.folder);
  const RunTable runs(sweep, options.folder);
  const SweepHead head{title_of(sweep), options.folder};
  const std::string output =
      options.output.empty() ? (fs::path(options.folder) / "sweep.h5").string() : options.output;
  if (!options.quiet)
    for (const std::string& note : runs.notes()) fmt::print(stderr, "remark: {}\n", note);
  write_sweep_file(output, head.title, sweep, runs);
  if (!options.csv.empty()) write_sweep_table(options.csv, sweep, runs);
  if (!options.quiet) fmt::print(stderr, "result file: {}\n", output);
  if (options.json) {
    const Stopping stopping(sweep);
    const Ledger ledger(options.folder,
                        [&](const RunResult& result) { return stopping.metric_of(result); });
    const ShardRuns all = runs_of(sweep, ledger, {});
    Standing standing = standing_of(all.runs);
    standing.undecided = all.undecided;
    standing.not_reached = all.not_reached;
    if (!write_out(standing_json(head, standing))) return kFailed;
  }
  if (runs.missing() == 0 && runs.not_reached() > 0) {
    fmt::print(stderr, "weir: at {} of {} points the precision was NOT REACHED: raise `max`\n",
               runs.not_reached(), sweep.design().points.size());
    return kNotReached;
  }
  if (runs.missing() == 0) return kDone;
  fmt::print(stderr, "weir: {} of {} runs are missing: weir sweep status {}\n", runs.missing(),
             runs.size(), options.folder);
  return kFailed;
}

int sweep_worker_command(const std::string& folder, const std::string& digest) {
  return serve_runs(folder, digest);
}

}  // namespace weir::experiments
