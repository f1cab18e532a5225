/// The `weir` program: what may be typed. What each command does stands in its own file.

#include <charconv>
#include <functional>
#include <limits>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "experiments/command/commands.h"
#include "experiments/command/compare.h"
#include "experiments/command/tune.h"
#include "experiments/result/provenance.h"
#include "experiments/run/interrupt.h"

namespace {

using namespace weir::experiments;  // the file's only business

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

/// A whole number in digits alone: CLI11 itself takes -1 for 2^64 - 1.
CLI::Validator whole_number(std::uint64_t most) {
  return {[most](const std::string& text) {
            std::uint64_t number = 0;
            const char* end = text.data() + text.size();
            const auto [read, error] = std::from_chars(text.data(), end, number);
            return error == std::errc{} && read == end && number <= most
                       ? std::string()
                       : "'" + text + "' is no whole number from 0 to " + std::to_string(most);
          },
          ""};
}

void add_seed(CLI::App& app, auto& seed, std::uint64_t most = kLargest,
              const std::string& words = "Seed of all chance (1 unless given)") {
  app.add_option("--seed", seed, words)->type_name("N")->check(whole_number(most));
}

void add_jobs(CLI::App& app, auto& jobs,
              const std::string& words = "Workers; as many as CPUs are allowed unless given") {
  app.add_option("--jobs,-j", jobs, words)->type_name("N")->check(CLI::Range(1U, 1024U));
}

/// How the command answers.
void add_answer(CLI::App& app, auto& options,
                const std::string& quiet = "No progress, no remarks") {
  app.add_flag("--json", options.json, "One JSON object on standard output");
  app.add_flag("--quiet,-q", options.quiet, quiet);
}

void add_scenario(CLI::App& app, std::string& scenario, std::vector<std::string>& assignments) {
  app.add_option("scenario", scenario, "Scenario file (TOML)")->required()->type_name("FILE");
  app.add_option("--set", assignments, "Override one value, e.g. lane.connection_limit=5")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
}

void add_traffics(CLI::App& app, std::uint64_t& traffics) {
  app.add_option("--traffics", traffics,
                 "Runs of each receiver, with traffic of its own each (1 unless given)")
      ->type_name("M")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{10'000}));
}

/// How many receivers: a number, or as many as a precision takes.
void add_replications(CLI::App& app, RunOptions& options) {
  const CLI::Validator number = whole_number(10'000'000);
  app.add_option_function<std::string>(
         "--replications",
         [&options](const std::string& text) {
           options.until.asked = text == "auto";
           if (!options.until.asked) options.replications = std::stoull(text);
         },
         "Run over this many receivers; auto: until --figure is known to --precision")
      ->type_name("R|auto")
      ->check(CLI::Validator(
          [number](std::string& text) { return text == "auto" ? std::string() : number(text); },
          ""));
  app.add_option("--precision", options.until.precision,
                 "With auto: how well the mean must be known, e.g. '5 %'")
      ->type_name("SHARE");
  app.add_option("--figure", options.until.figure,
                 "With auto: the mean of which figure, e.g. days_to_deliver")
      ->type_name("NAME");
  app.add_option("--most", options.until.most, "With auto: over how many receivers at most (1000)")
      ->type_name("R")
      ->check(whole_number(10'000'000));
}

/// What a single long run comes to in its steady state.
void add_steady(CLI::App& app, SteadyOptions& steady) {
  app.add_option(
         "--steady", steady.series,
         "Mean of a series under a constant load, e.g. site_queue:NAME or source_delay; may "
         "be repeated")
      ->type_name("SERIES")
      ->allow_extra_args(false);
  app.add_option("--quantile", steady.quantile, "With --steady: also this quantile, e.g. 0.99")
      ->type_name("P");
  app.add_option("--cycle", steady.cycle,
                 "With --steady: the time in which the load repeats, e.g. '24 h'; as the sources' "
                 "profiles say unless given")
      ->type_name("TIME");
}

void add_run(CLI::App& root, std::function<int()>& chosen) {
  auto options = std::make_shared<RunOptions>();
  CLI::App& app = *root.add_subcommand("run", "Simulate a scenario");
  add_scenario(app, options->scenario, options->assignments);
  app.add_option("--variant", options->variant, "Run this variant")->type_name("NAME");
  app.add_flag("--variants", options->all_variants,
               "Run the scenario and all its variants side by side");
  add_replications(app, *options);
  add_traffics(app, options->traffics);
  add_steady(app, options->steady);
  add_seed(app, options->seed);
  app.add_option("--receiver", options->receiver, "Which receiver a single run draws (0)")
      ->type_name("N")
      ->check(whole_number(kLargest));
  add_jobs(app, options->jobs);
  app.add_option("-o,--output", options->output,
                 "Result file; NAME.h5 of the scenario unless given")
      ->type_name("FILE");
  app.add_flag("--no-result", options->no_result, "Write no result file");
  app.add_flag("--live", options->live,
               "Keep FILE.live, a result file of what there is so far, to be read while it runs");
  app.add_flag("--profile", options->profile,
               "Also tell how often each kind of event came, and which took the time");
  app.add_option("--sender-log", options->sender_log, "Also write every attempt as CSV")
      ->type_name("FILE");
  app.add_option("--receiver-trace", options->receiver_trace,
                 "Also write the attempts that the receiver's message trace shows, as CSV")
      ->type_name("FILE");
  add_answer(app, *options);
  app.callback([options, &chosen] { chosen = [options] { return run_command(*options); }; });
}

void add_compare(CLI::App& root, std::function<int()>& chosen) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App& app = *root.add_subcommand(
      "compare", "What differs between scenarios, or variants of one, and how sure that is");
  app.add_option("scenarios", options->scenarios,
                 "Scenario files (TOML), the one to compare with first")
      ->required()
      ->type_name("FILE");
  app.add_flag("--variants", options->all_variants, "A single scenario and all its variants");
  app.add_option("--set", options->assignments, "Override one value in all of them")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  app.add_option("--replications", options->replications,
                 "Over how many receivers (100); with --precision: over how many at most (1000)")
      ->type_name("R")
      ->check(whole_number(10'000'000));
  add_traffics(app, options->traffics);
  app.add_option("--precision", options->precision,
                 "Run until the differences of --figure are known so well, e.g. '5 %'")
      ->type_name("SHARE");
  app.add_option("--figure", options->figure, "The figure of --precision, e.g. days_to_deliver")
      ->type_name("NAME");
  app.add_option("--confidence", options->confidence, "Of each interval ('95 %')")
      ->type_name("SHARE");
  app.add_option("--delivered", options->delivered,
                 "Time is counted until so much of the reported mail was delivered ('99 %')")
      ->type_name("SHARE");
  add_seed(app, options->seed);
  add_jobs(app, options->jobs);
  app.add_option("-o,--output", options->output, "Result file; none unless given")
      ->type_name("FILE");
  add_answer(app, *options);
  app.callback([options, &chosen] { chosen = [options] { return compare_command(*options); }; });
}

void add_check(CLI::App& root, std::function<int()>& chosen) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App& app = *root.add_subcommand("check", "Check a scenario without running it");
  add_scenario(app, options->scenario, options->assignments);
  app.add_flag("--effective", options->effective, "Print every parameter with its value");
  app.add_flag("--json", options->json, "The problems as one JSON object");
  app.callback([options, &chosen] { chosen = [options] { return check_command(*options); }; });
}

void add_topology(CLI::App& root, std::function<int()>& chosen) {
  auto options = std::make_shared<TopologyOptions>();
  CLI::App& app =
      *root.add_subcommand("topology", "The ways mail may take: loops, dead ends, drawing");
  add_scenario(app, options->scenario, options->assignments);
  app.add_option("--variant", options->variant, "Of this variant")->type_name("NAME");
  app.add_option("--svg", options->svg, "Also draw it as SVG")->type_name("FILE");
  app.add_option("--dot", options->dot, "Also write it for Graphviz")->type_name("FILE");
  app.add_flag("--json", options->json, "One JSON object on standard output");
  app.callback([options, &chosen] { chosen = [options] { return topology_command(*options); }; });
}

void add_capacity(CLI::App& root, std::function<int()>& chosen) {
  auto options = std::make_shared<CapacityOptions>();
  CLI::App& app = *root.add_subcommand(
      "capacity", "What limits the mail, by the setting that makes each limit; nothing is run");
  add_scenario(app, options->scenario, options->assignments);
  app.add_option("--variant", options->variant, "Of this variant")->type_name("NAME");
  add_seed(app, options->seed, kLargest, "Seed of the mail that is looked at (1 unless given)");
  app.add_option("--svg", options->svg, "Also draw it as SVG")->type_name("FILE");
  app.add_flag("--json", options->json, "One JSON object on standard output");
  app.callback([options, &chosen] { chosen = [options] { return capacity_command(*options); }; });
}

void add_explain(CLI::App& root, std::function<int()>& chosen) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App& app = *root.add_subcommand(
      "explain", "Explain a parameter, model, preset, rule (S4-57) or reply code");
  auto words = std::make_shared<std::vector<std::string>>();
  app.add_option("name", *words, "What to explain; nothing: what there is");
  app.add_flag("--markdown", options->markdown, "The whole reference, for docs/reference");
  app.add_flag("--rules", options->rules, "All rules, one a line, tab-separated");
  app.callback([options, words, &chosen] {
    // A reply code has a blank in it: 451 4.7.500.
    for (const std::string& word : *words)
      options->name += (options->name.empty() ? "" : " ") + word;
    chosen = [options] { return explain_command(*options); };
  });
}

void add_sweep_run(CLI::App& app, SweepRunOptions& options) {
  add_jobs(app, options.jobs, "Runs side by side; what CPUs and memory permit unless given");
  app.add_option("--shard", options.shard, "Only this part of the runs, e.g. 3/10")
      ->type_name("I/N");
  app.add_option("--memory-limit", options.memory_limit, "What a run may take, e.g. '2 GB'")
      ->type_name("SIZE");
  app.add_option("--time-limit", options.time_limit, "How long a run may take, e.g. '10 min'")
      ->type_name("TIME");
  add_answer(app, options);
}

using FolderCommand = int (*)(const SweepFolderOptions&);

void add_sweep_folder(CLI::App& sweep, const char* name, const char* words, FolderCommand command,
                      std::function<int()>& chosen) {
  auto options = std::make_shared<SweepFolderOptions>();
  CLI::App& app = *sweep.add_subcommand(name, words);
  app.add_option("folder", options->folder, "Folder of the sweep")->required()->type_name("FOLDER");
  add_sweep_run(app, options->run);
  if (command == sweep_retry_command)
    app.add_flag("--failed", options->failed, "Those that failed; the same without it");
  app.callback(
      [options, command, &chosen] { chosen = [options, command] { return command(*options); }; });
}

void add_sweep_merge(CLI::App& sweep, std::function<int()>& chosen) {
  auto options = std::make_shared<SweepMergeOptions>();
  CLI::App& app = *sweep.add_subcommand("merge", "Put the results of all runs into one file");
  app.add_option("folder", options->folder, "Folder of the sweep")->required()->type_name("FOLDER");
  app.add_option("-o,--output", options->output, "Result file; FOLDER/sweep.h5 unless given")
      ->type_name("FILE");
  app.add_option("--csv", options->csv, "Also write a table with a row a run")->type_name("FILE");
  add_answer(app, *options, "No remarks");
  app.callback(
      [options, &chosen] { chosen = [options] { return sweep_merge_command(*options); }; });
}

/// Which experiment, and where its runs are kept.
void add_experiment(CLI::App& app, SweepOptions& options) {
  app.add_option("scenario", options.scenario, "Scenario file (TOML)")->type_name("FILE");
  app.add_option("--set", options.assignments, "Override one value")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  add_seed(app, options.seed, kLargest / 2, "Seed of all chance; the experiment's unless given");
  app.add_option("-o,--output", options.folder, "Folder in which the runs are kept")
      ->type_name("FOLDER");
}

void add_sweep_submit(CLI::App& sweep, std::function<int()>& chosen) {
  auto options = std::make_shared<SweepSubmitOptions>();
  CLI::App& app =
      *sweep.add_subcommand("submit", "Write the script that makes a sweep on other machines");
  add_experiment(app, options->sweep);
  app.add_flag("--slurm", options->slurm, "FOLDER/submit.sbatch, a job array");
  app.add_flag("--parallel", options->parallel, "FOLDER/submit.sh, GNU parallel over hosts");
  app.add_option("--shards", options->shards, "Into how many parts; by their time unless given")
      ->type_name("N")
      ->check(whole_number(1'000'000));
  app.add_option("--shard-time", options->shard_time, "How long a part should take (5 min)")
      ->type_name("TIME");
  app.add_flag("--quiet,-q", options->sweep.run.quiet, "No remarks");
  app.callback(
      [options, &chosen] { chosen = [options] { return sweep_submit_command(*options); }; });
}

void add_sweep(CLI::App& root, std::function<int()>& chosen) {
  auto options = std::make_shared<SweepOptions>();
  CLI::App& app = *root.add_subcommand(
      "sweep", "Run a scenario's [experiment]: factors by replications, kept in a folder");
  add_experiment(app, *options);
  app.add_flag("--plan", options->plan, "Only say what would be run, and how long it would take");
  add_sweep_run(app, options->run);
  app.callback([options, &chosen] {  // behind those of its own sub-commands
    if (!chosen) chosen = [options] { return sweep_command(*options); };
  });
  add_sweep_folder(app, "status", "How the runs of a sweep stand", sweep_status_command, chosen);
  add_sweep_folder(app, "resume", "Make the runs that are not done", sweep_resume_command, chosen);
  add_sweep_folder(app, "retry", "Make the runs that failed again", sweep_retry_command, chosen);
  add_sweep_merge(app, chosen);
  add_sweep_submit(app, chosen);
}

/// What `weir` starts for itself, to make runs apart.
void add_sweep_worker(CLI::App& root, std::function<int()>& chosen) {
  auto words = std::make_shared<std::vector<std::string>>();
  CLI::App& app = *root.add_subcommand("sweep-worker", "")->group("");
  app.add_option("words", *words)->required()->expected(2);
  app.callback([words, &chosen] {
    chosen = [words] { return sweep_worker_command(words->front(), words->back()); };
  });
}

void add_tune(CLI::App& root, std::function<int()>& chosen) {
  auto options = std::make_shared<TuneOptions>();
  CLI::App& app = *root.add_subcommand(
      "tune", "Find the best sending plan under the limits of the scenario's [tune]");
  add_scenario(app, options->scenario, options->assignments);
  app.add_option("--variant", options->variant, "The variant of the scenario to tune")
      ->type_name("NAME");
  app.add_flag("--ensemble", options->ensemble,
               "Over all receivers there may be; otherwise for the one in the middle");
  app.add_option("--risk", options->risk, "Largest chance of a window, such as '1.4 %'")
      ->type_name("SHARE");
  app.add_flag("--all-families", options->all_families, "Also plans given day by day; slower");
  app.add_flag("--no-frontier", options->no_frontier, "Do not show what other risks would cost");
  app.add_option("--generations", options->generations, "Steps of the search (50)")
      ->type_name("N")
      ->check(whole_number(100'000));
  app.add_option("--receivers", options->receivers, "Receivers that a step tries (512)")
      ->type_name("N")
      ->check(whole_number(1'000'000));
  app.add_option("--validate", options->validate,
                 "Receivers of the full runs at the end; 10 / risk unless given, 0 for none")
      ->type_name("N")
      ->check(whole_number(10'000'000));
  add_seed(app, options->seed);
  add_jobs(app, options->jobs);
  app.add_option("-o,--output", options->output, "The plan as a scenario; NAME-tuned.toml")
      ->type_name("FILE");
  app.add_option("--checkpoint", options->checkpoint, "What has been found so far; OUTPUT.memo")
      ->type_name("FILE");
  app.add_flag("--resume", options->resume, "Go on with the checkpoint");
  add_answer(app, *options);
  app.callback([options, &chosen] { chosen = [options] { return tune_command(*options); }; });
}

void add_import(CLI::App& root, std::function<int()>& chosen) {
  CLI::App& import = *root.add_subcommand("import", "Turn a log into a trace that can be replayed");
  import.require_subcommand(1);
  auto options = std::make_shared<ImportOptions>();
  CLI::App& app = *import.add_subcommand("postfix", "A Postfix mail log, plain or gzip");
  app.add_option("log", options->log, "The log; - for standard input")
      ->required()
      ->type_name("LOG");
  app.add_option("-o,--output", options->output, "Trace file; LOG.trace.csv unless given")
      ->type_name("FILE");
  app.add_option("--year", options->year, "Year of the first line, where stamps name none")
      ->type_name("YYYY")
      ->check(CLI::Range(1970, 2200));
  app.add_flag("--notices", options->notices, "Also replay the relay's own bounce notices");
  add_answer(app, *options);
  app.callback(
      [options, &chosen] { chosen = [options] { return import_postfix_command(*options); }; });
}

}  // namespace

int main(int argc, char** argv) {
  watch_signals();
  CLI::App app("weir predicts what happens to mail before it is sent.", "weir");
  app.set_version_flag("--version", "weir " + std::string(program_version()));
  app.require_subcommand(1);
  std::function<int()> chosen;
  add_run(app, chosen);
  add_compare(app, chosen);
  add_check(app, chosen);
  add_topology(app, chosen);
  add_capacity(app, chosen);
  app.add_subcommand("init", "Print a commented scenario to start from")->callback([&chosen] {
    chosen = init_command;
  });
  add_sweep(app, chosen);
  add_tune(app, chosen);
  add_sweep_worker(app, chosen);
  add_explain(app, chosen);
  app.add_subcommand("schema", "Print the JSON schema of scenario files, for editors")
      ->callback([&chosen] { chosen = schema_command; });
  app.add_subcommand("presets", "List the models there are, by family")->callback([&chosen] {
    chosen = presets_command;
  });
  add_import(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }
  try {
    return chosen();
  } catch (const std::exception& error) {
    fmt::print(stderr, "weir: {}\n", error.what());
    return kFailed;
  }
}
