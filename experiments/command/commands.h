#pragma once
/// What each sub-command of `weir` is asked for, and the functions that do it.
///
/// A command returns its exit code. Results go to standard output, everything said on the way to
/// standard error, so that `--json` leaves exactly one object on standard output.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiments/command/precision.h"
#include "experiments/command/steady.h"

namespace weir::experiments {

/// The exit codes of DESIGN 6.
enum ExitCode : int {
  kDone = 0,
  kUsage = 1,
  kBadScenario = 2,
  kFailed = 3,
  kNotReached = 4,
};

struct RunOptions {
  std::string scenario;
  std::vector<std::string> assignments;  // --set path=value
  std::optional<std::string> variant;    // --variant NAME
  bool all_variants = false;             // --variants
  std::optional<std::uint64_t> replications;
  PrecisionOptions until;      // --replications auto
  std::uint64_t traffics = 1;  // of each receiver
  SteadyOptions steady;
  std::uint64_t seed = 1;
  std::uint64_t receiver = 0;
  unsigned jobs = 0;   // 0: as many as CPUs are allowed
  std::string output;  // -o; empty: named after the scenario
  bool no_result = false;
  bool live = false;           // FILE.live can be read meanwhile
  bool profile = false;        // by kind of event
  std::string sender_log;      // --sender-log FILE
  std::string receiver_trace;  // --receiver-trace FILE
  bool json = false;
  bool quiet = false;
};
int run_command(const RunOptions& options);

struct CheckOptions {
  std::string scenario;
  std::vector<std::string> assignments;
  bool json = false;
  bool effective = false;  // print the effective scenario of the receiver in the middle
};
int check_command(const CheckOptions& options);

struct TopologyOptions {
  std::string scenario;
  std::vector<std::string> assignments;
  std::optional<std::string> variant;
  std::string dot;  // --dot FILE
  std::string svg;  // --svg FILE
  bool json = false;
};
int topology_command(const TopologyOptions& options);

struct CapacityOptions {
  std::string scenario;
  std::vector<std::string> assignments;
  std::optional<std::string> variant;
  std::string svg;  // --svg FILE
  std::uint64_t seed = 1;
  bool json = false;
};
int capacity_command(const CapacityOptions& options);

int init_command();

struct ExplainOptions {
  std::string name;  // empty: what there is
  bool markdown = false;
  bool rules = false;
};
int explain_command(const ExplainOptions& options);

int schema_command();
int presets_command();

/// How the runs of a sweep are made.
struct SweepRunOptions {
  unsigned jobs = 0;                        // 0: as many as CPUs and memory permit
  std::string shard;                        // "i/N"; empty: all
  std::optional<std::string> memory_limit;  // "2 GB" of address space for a run
  std::optional<std::string> time_limit;    // "10 min" for a run
  bool json = false;
  bool quiet = false;
};

struct SweepOptions {
  std::string scenario;
  std::vector<std::string> assignments;
  std::optional<std::uint64_t> seed;
  std::string folder;  // -o
  bool plan = false;
  SweepRunOptions run;
};
int sweep_command(const SweepOptions& options);

/// What is asked of a sweep that stands in a folder.
struct SweepFolderOptions {
  std::string folder;
  bool failed = true;  // what is retried
  SweepRunOptions run;
};
int sweep_status_command(const SweepFolderOptions& options);
int sweep_resume_command(const SweepFolderOptions& options);
int sweep_retry_command(const SweepFolderOptions& options);

struct SweepSubmitOptions {
  SweepOptions sweep;
  bool slurm = false;
  bool parallel = false;
  std::optional<std::uint64_t> shards;
  std::string shard_time = "5 min";
};
int sweep_submit_command(const SweepSubmitOptions& options);

struct SweepMergeOptions {
  std::string folder;
  std::string output;  // -o; empty: FOLDER/sweep.h5
  std::string csv;     // --csv FILE
  bool json = false;
  bool quiet = false;
};
int sweep_merge_command(const SweepMergeOptions& options);

/// Hidden: makes runs for another process.
int sweep_worker_command(const std::string& folder, const std::string& digest);

struct ImportOptions {
  std::string log;
  std::string output;
  std::optional<int> year;
  bool notices = false;
  bool json = false;
  bool quiet = false;
};
int import_postfix_command(const ImportOptions& options);

}  // namespace weir::experiments
