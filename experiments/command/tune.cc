#include "experiments/command/tune.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include <fmt/core.h>

#include "experiments/command/chosen.h"
#include "experiments/command/commands.h"
#include "experiments/command/output.h"
#include "experiments/command/progress.h"
#include "experiments/command/tune_text.h"
#include "experiments/run/interrupt.h"
#include "experiments/run/workers.h"
#include "experiments/sweep/run_id.h"
#include "experiments/sweep/sha256.h"
#include "experiments/tune/tuning.h"
#include "sim/units.h"

namespace weir::experiments {
namespace {

const std::vector<double> kFrontierRisks{0.005, 0.02, 0.05, 0.1, 0.2};

std::string command_text(const TuneOptions& o) {
  std::string text = "weir tune " + o.scenario;
  for (const std::string& set : o.assignments) text += " --set '" + set + "'";
  if (o.ensemble) text += " --ensemble";
  if (o.risk) text += " --risk '" + *o.risk + "'";
  return text + fmt::format(" --seed {}", o.seed);
}

/// The table [tune] with what the command line says on top.
TuneParams read_tune(const Setting& root, const TuneOptions& options, Problems& problems) {
  Setting table = make_table();
  if (const Setting* given = root.find("tune")) table = *given;
  if (table.table() == nullptr) {
    problems.push_back({table.place, "tune", table.text(), "expected a table [tune]"});
    return {};
  }
  if (options.risk) {
    Setting risk;
    risk.value = *options.risk;
    risk.place.file = "--risk";
    table.set("risk", risk);
  }
  return read_params<TuneParams>({table, "tune", problems}, {});
}

std::string plan_name(const TuneOptions& options) {
  if (!options.output.empty()) return options.output;
  std::string name = result_name(options.scenario);
  return name.substr(0, name.rfind('.')) + "-tuned.toml";
}

TuningOptions tuning_options(const TuneOptions& o, double risk) {
  TuningOptions t;
  t.budget.jobs = o.jobs > 0 ? o.jobs : allowed_cpus();
  // So that some receivers of a panel lie above the quantile that is asked for.
  constexpr double kLeastAbove = 7.0;
  t.budget.receivers =
      std::max<std::size_t>(o.receivers, static_cast<std::size_t>(kLeastAbove / risk));
  t.budget.calibration = 4 * t.budget.receivers;
  t.generations = o.generations;
  t.validate = o.validate;
  if (o.all_families) t.families.push_back(FamilyName::table);
  if (!o.no_frontier)
    for (const double other : kFrontierRisks)
      if (std::abs(other - risk) > 1e-9) t.frontier.push_back(other);
  return t;
}

std::string question(const Study& study, const TuneOptions& o) {
  FileDigests files;
  const Setting& root = study.root();
  std::string text = content_digest(root, files) + std::string(source_digest()) + to_toml(root);
  text += echo_params(study.params()).text();
  return sha256(text + fmt::format("{} {} {} {} {} {}", o.seed, o.ensemble, o.generations,
                                   o.receivers, o.all_families,
                                   o.validate.value_or(~std::uint64_t{0})));
}

int answer(const TuneOptions& options, const Study& study, const TuningOptions& how, Memo& memo,
           std::vector<FrontierPoint> pools) {
  const auto began = std::chrono::steady_clock::now();
  const std::optional<Tuning> found = tune(study, how, memo);
  if (!found) {
    fmt::print(
        stderr,
        "weir tune: no plan was found that keeps a risk of {:.2f} %: allow more risk, a longer "
        "horizon or less volume\n",
        100 * study.params().risk.value);
    return kNotReached;
  }
  Tuning tuning = *found;
  tuning.pools = std::move(pools);
  const double wall =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  const Setting* title = study.root().find("title");
  const TuneHead head{title != nullptr ? *title->string() : options.scenario, command_text(options),
                      wall};
  const std::string file = plan_name(options);
  if (!write_file(file, plan_toml(head, study, tuning))) return kFailed;
  const std::string text =
      options.json ? tuning_json(head, study, tuning) : tuning_text(head, study, tuning);
  if (!write_out(text)) return kFailed;
  if (!options.quiet) fmt::print(stderr, "the plan, to run or to vary: {}\n", file);
  memo.remove();
  return tuning.broken.empty() ? kDone : kNotReached;
}

/// The cheapest number of addresses, or the least that gets there within the time that is asked
/// for; null when none does.
const FrontierPoint* chosen_pool(const std::vector<FrontierPoint>& pools, const TuneParams& p) {
  const double most_days =
      p.within ? to_seconds(*p.within) / to_seconds(24h) : std::numeric_limits<double>::infinity();
  const FrontierPoint* chosen = nullptr;
  for (const FrontierPoint& pool : pools) {
    if (pool.days > most_days) continue;
    const bool better = chosen == nullptr ||
                        (p.within ? pool.addresses < chosen->addresses : pool.cost < chosen->cost);
    if (better) chosen = &pool;
  }
  return chosen;
}

int too_slow(const std::vector<FrontierPoint>& pools, double risk) {
  const auto fastest = std::ranges::min_element(pools, {}, &FrontierPoint::days);
  fmt::print(stderr,
             "weir tune: none of these numbers of addresses gets there within the time of "
             "tune.within at a risk of {:.2f} %: {} addresses take {:.1f} days; allow more time, "
             "more risk or other numbers\n",
             100 * risk, fastest->addresses, fastest->days);
  return kNotReached;
}

/// For each number of addresses the best plan by outlook; then the chosen number in full.
int answer_pools(const TuneOptions& options, const Study& study, const TuningOptions& how,
                 Memo& memo, Problems& problems) {
  std::vector<FrontierPoint> pools =
      best_of_pools(study, study.params().addresses, how, memo, problems);
  if (!problems.empty()) return kBadScenario;
  const FrontierPoint* best = chosen_pool(pools, study.params());
  if (best == nullptr) return too_slow(pools, study.params().risk.value);
  const Study chosen = study.with_addresses(best->addresses, problems);
  TuningOptions knowing = how;
  knowing.known = best->plans;
  return answer(options, chosen, knowing, memo, std::move(pools));
}

int tune_sound(const TuneOptions& options, const Study& study, Problems& problems) {
  TuningOptions how = tuning_options(options, study.params().risk.value);
  Progress progress("tuning", options.quiet ? Verbosity::silent : Verbosity::talking);
  how.progress = [&](const std::string& what, double share) { progress.show(share, what); };
  const std::string checkpoint =
      options.checkpoint.empty() ? plan_name(options) + ".memo" : options.checkpoint;
  Memo memo(checkpoint, question(study, options), options.resume);
  try {
    return study.params().addresses.empty() ? answer(options, study, how, memo, {})
                                            : answer_pools(options, study, how, memo, problems);
  } catch (const std::runtime_error&) {
    if (!stop_requested()) throw;
    fmt::print(stderr, "weir: interrupted; to go on, give the same command and --resume\n");
    return kFailed;
  }
}

}  // namespace

int tune_command(const TuneOptions& options) {
  const auto document = sound_document(options.scenario, options.assignments);
  if (!document) return kBadScenario;
  const auto root = chosen_variant("tune", document->root, options.variant);
  if (!root) return kUsage;
  Problems problems;
  const TuneParams params = read_tune(*root, options, problems);
  int code = kBadScenario;
  if (problems.empty()) {
    const Study study(*root, params, options.seed, options.ensemble, problems);
    if (problems.empty()) code = tune_sound(options, study, problems);
  }
  if (!problems.empty()) print_problems(problems);
  return code;
}

}  // namespace weir::experiments
