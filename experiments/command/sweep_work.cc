#include "experiments/command/sweep_work.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <stdexcept>

#include <fmt/core.h>

#include "experiments/command/output.h"
#include "experiments/command/progress.h"
#include "sim/units.h"

namespace weir::experiments {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPilots = 3;
constexpr Duration kLongestPilot = 1min;  // when nothing but a plan is asked for
constexpr Duration kShortestTimeLimit = 10min;
constexpr double kTimeLimitInPilots = 100;     // a run may take so many times what a pilot took
constexpr std::uint64_t kProgram = 512 << 20;  // bytes of address space that a run does not use

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The first, the middle and the last of them.
std::vector<Task> pilots_of(const std::vector<Task>& tasks) {
  std::vector<Task> pilots;
  for (std::size_t i = 0; i < kPilots; ++i) {
    const Task& task = tasks[i * (tasks.size() - 1) / (kPilots - 1)];
    const auto same = [&](const Task& t) { return t.number == task.number; };
    if (std::ranges::none_of(pilots, same)) pilots.push_back(task);
  }
  return pilots;
}

/// What finished runs took, as far as is known.
Estimate estimate_of(const std::vector<RunCost>& costs) {
  Estimate estimate;
  estimate.pilots = costs.size();
  for (const RunCost& cost : costs) {
    estimate.cost.wall_s += cost.wall_s / static_cast<double>(costs.size());
    estimate.cost.peak_bytes = std::max(estimate.cost.peak_bytes, cost.peak_bytes);
  }
  return estimate;
}

#ifdef __SANITIZE_ADDRESS__
constexpr bool kCanLimitMemory = false;  // it takes all the addresses there are
#else
constexpr bool kCanLimitMemory = true;
#endif

/// The limits of every run, where none were asked for.
RunLimits limits_for(RunLimits limits, const Machine& machine, const Estimate& estimate) {
  if (!limits.time)
    limits.time = std::max(
        kShortestTimeLimit,
        Duration{static_cast<std::int64_t>(estimate.cost.wall_s * kTimeLimitInPilots * 1e9)});
  if (kCanLimitMemory && !limits.memory && machine.memory > 0)
    limits.memory = kProgram + std::max(machine.memory * 7 / 10 / estimate.jobs.count,
                                        2 * estimate.cost.peak_bytes);
  return limits;
}

std::vector<Task> without(std::vector<Task> tasks, const std::vector<Task>& made) {
  std::erase_if(tasks, [&](const Task& task) {
    return std::ranges::any_of(made, [&](const Task& t) { return t.number == task.number; });
  });
  return tasks;
}

/// A folder for pilots of which nothing is kept.
class PassingFolder {
 public:
  PassingFolder() {
    std::string name = (fs::temp_directory_path() / "weir-plan-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw std::runtime_error(name + ": cannot make a folder for the pilot runs");
    path_ = name;
  }
  ~PassingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  PassingFolder(const PassingFolder&) = delete;
  PassingFolder& operator=(const PassingFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

RunSettings read_settings(const SweepRunOptions& options) {
  RunSettings settings;
  if (!options.shard.empty()) {
    const std::size_t slash = options.shard.find('/');
    const auto part = whole(options.shard.substr(0, slash));
    const auto of =
        slash == std::string::npos ? std::nullopt : whole(options.shard.substr(slash + 1));
    if (!part || !of || *part < 1 || *part > *of)
      settings.fault =
          fmt::format("--shard {}: expected I/N with I from 1 to N, such as 3/10", options.shard);
    else
      settings.shard = {*part, *of};
  }
  if (options.memory_limit) {
    const auto bytes = parse_bytes(*options.memory_limit);
    if (!bytes || bytes->count <= 0)
      settings.fault =
          fmt::format("--memory-limit {}: expected a size with its unit, such as '2 GB'",
                      *options.memory_limit);
    else
      settings.limits.memory = static_cast<std::uint64_t>(bytes->count);
  }
  if (options.time_limit) {
    settings.limits.time = parse_duration(*options.time_limit);
    if (!settings.limits.time || *settings.limits.time <= Duration::zero())
      settings.fault =
          fmt::format("--time-limit {}: expected a duration with its unit, such as '10 min'",
                      *options.time_limit);
  }
  return settings;
}

std::string journal_name(const Shard& shard) {
  if (shard.of == 1) return "all";
  return fmt::format("shard-{}-of-{}", shard.part, shard.of);
}

std::string title_of(const Sweep& sweep) {
  const Setting* title = sweep.root().find("title");
  return title != nullptr && title->string() != nullptr ? *title->string() : FrameParams{}.title;
}

std::optional<Estimate> try_out(const Sweep& sweep, const SweepRunOptions& options,
                                const RunSettings& settings) {
  const PassingFolder folder;
  save_sweep(sweep, folder.path());
  Sweep saved = load_sweep(folder.path());
  std::vector<Task> ends;
  const std::uint64_t last = saved.design().runs() - 1;
  for (const std::uint64_t number : {std::uint64_t{0}, last / 2, last})
    ends.push_back({number, saved.id_of(number), 1});
  Journal journal(folder.path(), "all");
  const Machine machine = this_machine();
  RunLimits limits = limits_for(settings.limits, machine, {});
  limits.time = std::min(limits.time.value_or(kLongestPilot), kLongestPilot);
  std::vector<RunCost> costs;
  std::string failure;
  const PoolOptions pool{.folder = folder.path(),
                         .digest = sweep_digest(folder.path()),
                         .jobs = 1,
                         .limits = limits,
                         .finished = [&](const RunRecord& record) {
                           costs.push_back(record.cost);
                           if (!record.result) failure = record.reason;
                         }};
  if (!make_runs(pilots_of(ends), pool, journal)) return std::nullopt;
  Estimate estimate = estimate_of(costs);
  estimate.jobs =
      options.jobs > 0 ? Jobs{options.jobs, false} : jobs_for(machine, estimate.cost.peak_bytes);
  estimate.longer = !failure.empty();
  if (!failure.empty()) fmt::print(stderr, "remark: a pilot run failed: {}\n", failure);
  return estimate;
}

SweepWork::SweepWork(std::string folder, const SweepRunOptions& options,
                     const RunSettings& settings)
    : options_(options),
      settings_(settings),
      digest_(sweep_digest(folder)),
      sweep_(load_sweep(folder)),
      ledger_(folder, [this](const RunResult& r) { return Stopping(sweep_).metric_of(r); }),
      head_{title_of(sweep_), std::move(folder)} {
  if (!options_.quiet)
    for (const std::string& note : ledger_.notes()) fmt::print(stderr, "remark: {}\n", note);
  look();
}

void SweepWork::look() { shard_ = runs_of(sweep_, ledger_, settings_.shard); }

int SweepWork::make(Wanted wanted) {
  std::vector<Task> tasks = choose(wanted);
  bool whole = true;
  while (whole && !tasks.empty()) {
    whole = make(tasks);
    look();
    tasks.clear();
    // Points that stop by their own precision are run in rounds, as many as it takes.
    if (sweep_.design().stop) tasks = choose(Wanted::unfinished);
  }
  const int code = say();
  if (whole) return code;
  fmt::print(stderr, "weir: interrupted: what is done is kept; to go on: weir sweep resume {}\n",
             head_.folder);
  return kFailed;
}

int SweepWork::say() const {
  Standing standing = standing_of(shard_.runs);
  standing.undecided = shard_.undecided;
  standing.not_reached = shard_.not_reached;
  const std::string text =
      options_.json ? standing_json(head_, standing) : standing_text(head_, standing);
  if (!write_out(text)) return kFailed;
  if (standing.failed > 0) return kFailed;
  return standing.not_reached > 0 ? kNotReached : kDone;
}

/// Points that are the same by content share their runs.
std::vector<Task> SweepWork::choose(Wanted wanted) const {
  std::vector<Task> tasks;
  std::set<std::string> taken;
  for (const KnownRun& run : shard_.runs) {
    const bool failed = run.entry != nullptr && !run.entry->done;
    const bool chosen = wanted == Wanted::failed ? failed : run.entry == nullptr;
    if (chosen && taken.insert(run.id).second)
      tasks.push_back({run.number, run.id, failed ? run.entry->attempt + 1 : 1});
  }
  return tasks;
}

std::vector<RunCost> SweepWork::known_costs() const {
  std::vector<RunCost> costs;
  for (const KnownRun& run : shard_.runs)
    if (run.entry != nullptr && run.entry->done) costs.push_back(run.entry->cost);
  return costs;
}

bool SweepWork::make(const std::vector<Task>& tasks) {
  Journal journal(head_.folder, journal_name(settings_.shard));
  if (journal.was_torn() && !options_.quiet)
    fmt::print(stderr,
               "remark: a line of the journal torn by a crash was dropped; its run is made "
               "again\n");
  const Machine machine = this_machine();
  Progress progress("sweep", options_.quiet ? Verbosity::silent : Verbosity::talking);
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  PoolOptions pool{
      .folder = head_.folder, .digest = digest_, .jobs = 1, .limits = {}, .finished = {}};
  pool.finished = [&](const RunRecord& record) {
    ledger_.add(record);
    ++done;
    if (!record.result) ++failed;
    progress.show(static_cast<double>(done) / static_cast<double>(tasks.size()),
                  fmt::format("{} of {} runs, {} failed", done, tasks.size(), failed));
  };
  std::vector<RunCost> costs = known_costs();
  std::vector<Task> pilots;
  if (costs.empty()) {
    pilots = pilots_of(tasks);
    pool.limits = limits_for(settings_.limits, machine, {});
    if (!make_runs(pilots, pool, journal)) return false;
    for (const Task& task : pilots) costs.push_back(ledger_.find(task.id)->cost);
  }
  Estimate estimate = estimate_of(costs);
  estimate.jobs = jobs(machine, estimate);
  pool.jobs = estimate.jobs.count;
  pool.limits = limits_for(settings_.limits, machine, estimate);
  return make_runs(without(tasks, pilots), pool, journal);
}

Jobs SweepWork::jobs(const Machine& machine, const Estimate& estimate) const {
  if (options_.jobs > 0) return {options_.jobs, false};
  const Jobs jobs = jobs_for(machine, estimate.cost.peak_bytes);
  if (jobs.memory_bound && !options_.quiet)
    fmt::print(stderr,
               "remark: {} run{} side by side instead of {}: each takes {}, and {} of memory are "
               "available, of which 0.7 are used\n",
               jobs.count, jobs.count == 1 ? "" : "s", machine.cpus,
               bytes_text(estimate.cost.peak_bytes), bytes_text(machine.memory));
  return jobs;
}

}  // namespace weir::experiments
