#include <chrono>

#include <fmt/core.h>

#include "experiments/command/json.h"
#include "experiments/command/nested_text.h"
#include "experiments/command/output.h"
#include "experiments/command/run_parts.h"
#include "experiments/command/text.h"
#include "experiments/result/variants_file.h"
#include "experiments/run/workers.h"
#include "experiments/scenario/scenario.h"
#include "sim/calendar.h"

namespace weir::experiments {
namespace {

int not_reached(const KnownMean& mean) {
  fmt::print(stderr, "weir: {}; allow more with --most, or ask for less\n", words_on(mean));
  return kNotReached;
}

/// How much is due to the receivers, and how much to traffic.
std::string shares_output(const RunOptions& options, const Scenario& median, const Variant& variant,
                          const VariantFigures& runs, double wall_s) {
  const Duration horizon = median.frame.horizon;
  const NestedHead head{.scenario = median.frame.title,
                        .report = median.world.sources[median.report].name,
                        .seed = options.seed,
                        .receivers = runs.receivers.size() / runs.traffics,
                        .traffics = runs.traffics,
                        .complete = runs.complete,
                        .wall_s = wall_s};
  const auto figures =
      find_shares(compared_figures(days_begun(horizon), kDeliveredShare), runs,
                  unknown_draws(variant.root, options.seed, head.receivers), horizon);
  return options.json ? nested_json(head, figures) : nested_text(head, figures);
}

}  // namespace

std::string command_text(const RunOptions& o) {
  std::string text = "weir run " + o.scenario;
  for (const std::string& set : o.assignments) text += " --set '" + set + "'";
  if (o.variant) text += " --variant " + *o.variant;
  if (o.all_variants) text += " --variants";
  if (o.replications) text += fmt::format(" --replications {}", *o.replications);
  if (o.traffics > 1) text += fmt::format(" --traffics {}", o.traffics);
  for (const std::string& series : o.steady.series) text += " --steady " + series;
  if (o.steady.quantile) text += fmt::format(" --quantile {}", *o.steady.quantile);
  if (o.steady.cycle) text += " --cycle '" + *o.steady.cycle + "'";
  if (o.until.asked)
    text += fmt::format(" --replications auto --precision '{}' --figure {} --most {}",
                        o.until.precision.value_or(""), o.until.figure,
                        o.until.most.value_or(kMostReplications));
  return text + fmt::format(" --seed {}", o.seed);
}

std::string output_of(const RunOptions& options) {
  return options.output.empty() ? result_name(options.scenario) : options.output;
}

Verbosity verbosity_of(const RunOptions& options) {
  return options.quiet ? Verbosity::silent : Verbosity::talking;
}

int finish_with(const RunOptions& options, const std::string& text, bool interrupted) {
  if (!write_out(text)) return kFailed;
  if (!options.quiet && !options.no_result)
    fmt::print(stderr, "result file: {}\n", output_of(options));
  if (!interrupted) return kDone;
  fmt::print(stderr, "weir: interrupted: what had been simulated until then was kept\n");
  return kFailed;
}

int run_many(const RunOptions& options, const Document& document,
             const std::vector<Variant>& variants) {
  const auto began = std::chrono::steady_clock::now();
  Problems problems;
  const Scenario median =
      build_scenario(median_receiver(variants.front().root), {}, TraceCheck::header, problems);
  std::string fault;
  const auto goal = goal_of(options.until, median.frame.horizon, fault);
  if (!fault.empty()) return usage_error("run", fault);
  std::optional<KnownMean> mean;
  if (goal) mean.emplace(*goal);
  ReplicateOptions replicate_options{
      .seed = options.seed,
      .replications = goal ? goal->precision.most : options.replications.value_or(1),
      .traffics = options.traffics,
      .jobs = options.jobs > 0 ? options.jobs : allowed_cpus(),
      .progress = {}};
  Progress progress("simulating", verbosity_of(options));
  replicate_options.progress = [&](std::uint64_t done, std::uint64_t total) {
    progress.show(static_cast<double>(done) / static_cast<double>(total),
                  fmt::format("{} of {}{} runs", done, mean ? "at most " : "", total));
  };
  if (mean)
    replicate_options.enough = [&](std::span<const ReceiverFigures> row) {
      mean->add(row.front());
      return mean->state() == KnownMean::State::reached;
    };
  const std::string report = median.world.sources[median.report].name;
  const auto figures = replicate(variants, replicate_options);
  progress.done();
  const bool interrupted = !figures.front().complete;
  if (figures.front().receivers.empty()) {
    fmt::print(stderr, "weir: interrupted before the first receiver was done: no result\n");
    return kFailed;
  }
  if (!options.no_result)
    write_variants_file({.path = output_of(options),
                         .command = command_text(options),
                         .title = median.frame.title,
                         .scenario_as_given = document.text,
                         .effective = to_toml(document.root),
                         .seed = options.seed,
                         .days = days_begun(median.frame.horizon)},
                        figures);
  const double wall_s =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  if (options.traffics > 1)
    return finish_with(options,
                       shares_output(options, median, variants.front(), figures.front(), wall_s),
                       interrupted);
  const VariantsHead head{.scenario = median.frame.title,
                          .seed = options.seed,
                          .replications = replicate_options.replications,
                          .wall_s = wall_s,
                          .mean = mean};
  std::string text = options.json ? variants_json(head, figures)
                                  : variants_text(median.frame.title, report, figures);
  if (mean && !options.json) text.append("\n  ").append(words_on(*mean)) += '\n';
  const int code = finish_with(options, text, interrupted);
  if (code != kDone || !mean || mean->state() == KnownMean::State::reached) return code;
  return not_reached(*mean);
}

}  // namespace weir::experiments
