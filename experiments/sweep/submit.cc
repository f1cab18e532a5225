#include "experiments/sweep/submit.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

namespace weir::experiments {
namespace {

constexpr std::uint64_t kMostShards = 1'000;  // Slurm's MaxArraySize is 1,001 unless changed
constexpr double kLeastMinutes = 10;
constexpr double kSlack = 4;  // a shard may take so many times what was estimated

/// In single quotes, for a shell.
std::string shell_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// Room for a run twice as large as the pilots, and for the program.
std::uint64_t megabytes(const Submission& s) { return 512 + 2 * s.run_bytes / 1'000'000; }

std::uint64_t minutes(const Submission& s) {
  const double shard = s.run_seconds * static_cast<double>(s.runs) / static_cast<double>(s.shards);
  return static_cast<std::uint64_t>(std::ceil(std::max(kLeastMinutes, kSlack * shard / 60)));
}

/// What makes the shard that the shell calls `part`.
std::string command(const Submission& s, std::string_view part) {
  return fmt::format("{} sweep resume {} --shard {}/{} --jobs 1 --quiet", shell_quoted(s.program),
                     shell_quoted(s.folder), part, s.shards);
}

}  // namespace

std::uint64_t shards_for(std::uint64_t runs, double run_seconds, Duration shard_time) {
  const double all = run_seconds * static_cast<double>(runs);
  const double wanted = std::ceil(all / to_seconds(shard_time));
  const std::uint64_t most = std::min(runs, kMostShards);
  return wanted < static_cast<double>(most)
             ? std::max<std::uint64_t>(1, static_cast<std::uint64_t>(wanted))
             : most;
}

std::string slurm_script(const Submission& s) {
  return fmt::format(
      "#!/bin/sh\n"
      "# {} runs in {} shards. To start: sbatch {}/submit.sbatch\n"
      "# A shard whose node dies is begun again elsewhere and finds what is done.\n"
      "#SBATCH --job-name=weir-sweep\n"
      "#SBATCH --array=1-{}\n"
      "#SBATCH --ntasks=1\n"
      "#SBATCH --cpus-per-task=1\n"
      "#SBATCH --mem={}M\n"
      "#SBATCH --time={}\n"
      "#SBATCH --requeue\n"
      "#SBATCH --open-mode=append\n"
      "#SBATCH --output={}/log/%a.log\n"
      "exec {}\n",
      s.runs, s.shards, s.folder, s.shards, megabytes(s), minutes(s), s.folder,
      command(s, "\"$SLURM_ARRAY_TASK_ID\""));
}

std::string parallel_script(const Submission& s) {
  return fmt::format(
      "#!/bin/sh\n"
      "# {} runs in {} shards, by GNU parallel. To start: sh {}/submit.sh [HOSTS]\n"
      "# HOSTS is a file with a host a line, such as 8/node1, each of which sees this folder; "
      "without\n"
      "# it the shards are made here. Started again, it goes on with what is not done.\n"
      "exec parallel --joblog {} --resume-failed --retries 3 \\\n"
      "  ${{1:+--sshloginfile \"$1\"}} --workdir {} \\\n"
      "  {} ::: $(seq {})\n",
      s.runs, s.shards, s.folder, shell_quoted(s.folder + "/log/parallel.log"),
      shell_quoted(s.folder), shell_quoted(command(s, "{}")), s.shards);
}

}  // namespace weir::experiments
