// What a child does with the numbers of runs that it is sent.

#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <ctime>
#include <fstream>
#include <iostream>
#include <new>
#include <stdexcept>

#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include "experiments/command/output.h"
#include "experiments/sweep/child.h"
#include "experiments/sweep/sweep.h"

namespace weir::experiments {
namespace {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// From here on the largest resident size counts anew.
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

/// The largest resident size since then; since the process began where /proc has none.
std::uint64_t peak_bytes() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  return peak_resident_bytes();
}

RunResult result_of_run(Sweep& sweep, std::uint64_t number) {
  Problems problems;
  const Setting& root = sweep.scenario_of(number);
  const RunKey key = sweep.key_of(number);
  const Dependence dependence = read_dependence(root, problems);
  Scenario scenario =
      build_scenario(draw_receiver(root, dependence, key.seed, key.receiver),
                     {key.seed, key.receiver, key.traffic}, TraceCheck::header, problems);
  if (!problems.empty()) throw std::runtime_error(problems.front().text());
  Tally tally(scenario.world.sources.size() + 1);
  const Summary summary = simulate(std::move(scenario), tally, tally);
  if (summary.interrupted) throw std::runtime_error("interrupted");
  return result_of(figures_of(summary));
}

std::string host_name() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return name.data();
}

std::string time_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

RunRecord record_of(Sweep& sweep, std::uint64_t number) {
  using Clock = std::chrono::steady_clock;
  const auto began = Clock::now();
  const double cpu = cpu_seconds();
  forget_peak();
  RunRecord record;
  try {
    record.result = result_of_run(sweep, number);
  } catch (const std::bad_alloc&) {
    record.reason = "it needed more memory than a run may take";
  } catch (const std::exception& error) {
    record.reason = error.what();
  }
  record.host = host_name();
  record.finished = time_now();
  record.cost = {std::chrono::duration<double>(Clock::now() - began).count(), cpu_seconds() - cpu,
                 peak_bytes()};
  return record;
}

}  // namespace

int serve_runs(const std::string& folder, const std::string& digest) {
  // What a terminal or a queue sends is for the parent to act on.
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGTERM, SIG_IGN);
  if (sweep_digest(folder) != digest)
    throw std::runtime_error(folder + ": the sweep was replaced by another one meanwhile");
  Sweep sweep = load_sweep(folder);
  if (!write_out("ready\n")) return 1;
  for (std::string line; std::getline(std::cin, line);) {
    std::uint64_t number = 0;
    std::from_chars(line.data(), line.data() + line.size(), number);
    if (!write_out(journal_line(record_of(sweep, number)))) return 1;
  }
  return 0;
}

}  // namespace weir::experiments
