#include "experiments/sweep/machine.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <string>

#include "experiments/run/workers.h"

namespace weir::experiments {
namespace {

namespace fs = std::filesystem;

constexpr double kShareOfMemory = 0.7;  // the rest is for others, and for runs above the pilot's

std::optional<std::uint64_t> number_in(const fs::path& file) {
  std::ifstream in(file);
  std::uint64_t number = 0;
  if (in >> number) return number;
  return std::nullopt;  // also for "max"
}

/// The number behind `key` in lines such as "MemAvailable:  1024 kB".
std::optional<std::uint64_t> number_behind(const fs::path& file, const std::string& key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string word;
    std::uint64_t number = 0;
    if (words >> word && word == key && words >> number) return number;
  }
  return std::nullopt;
}

/// The narrowest of the limits found on the way.
struct GroupLimits {
  double cpus = std::numeric_limits<double>::infinity();
  std::uint64_t memory = std::numeric_limits<std::uint64_t>::max();

  void limit_memory(std::optional<std::uint64_t> most, std::optional<std::uint64_t> used,
                    const fs::path& stat, const char* idle_key) {
    if (!most) return;
    // Pages of files that nobody uses are given back when memory is asked for.
    const std::uint64_t idle = number_behind(stat, idle_key).value_or(0);
    const std::uint64_t held = used.value_or(0) - std::min(used.value_or(0), idle);
    memory = std::min(memory, *most - std::min(*most, held));
  }

  void limit_cpus(double quota, double period) {
    if (quota > 0 && period > 0) cpus = std::min(cpus, quota / period);
  }
};

/// Version 2: one tree. A limit holds for all groups below.
void read_unified(const fs::path& top, const fs::path& group, GroupLimits& limits) {
  for (fs::path at = top / group.relative_path();; at = at.parent_path()) {
    limits.limit_memory(number_in(at / "memory.max"), number_in(at / "memory.current"),
                        at / "memory.stat", "inactive_file");
    std::ifstream in(at / "cpu.max");
    double quota = 0;
    double period = 0;
    if (in >> quota >> period) limits.limit_cpus(quota, period);
    if (at == top || !at.has_relative_path() || at == at.parent_path()) return;
  }
}

/// Version 1: a tree for each kind of limit.
void read_divided(const fs::path& top, const std::string& kinds, const fs::path& group,
                  GroupLimits& limits) {
  const bool memory = kinds.find("memory") != std::string::npos;
  const bool cpu = kinds.find("cpu") != std::string::npos && kinds.find("cpuset") != 0;
  if (!memory && !cpu) return;
  // In a container the group's own tree is mounted in the place of the whole.
  for (const fs::path& at : {top / kinds / group.relative_path(), top / kinds}) {
    if (memory)
      limits.limit_memory(number_in(at / "memory.limit_in_bytes"),
                          number_in(at / "memory.usage_in_bytes"), at / "memory.stat",
                          "total_inactive_file");
    const auto quota = number_in(at / "cpu.cfs_quota_us");
    const auto period = number_in(at / "cpu.cfs_period_us");
    if (cpu && quota && period)
      limits.limit_cpus(static_cast<double>(*quota), static_cast<double>(*period));
  }
}

GroupLimits read_limits(const fs::path& root) {
  GroupLimits limits;
  const fs::path top = root / "sys/fs/cgroup";
  std::ifstream in(root / "proc/self/cgroup");
  for (std::string line; std::getline(in, line);) {  // "7:memory:/a/b", or "0::/a/b"
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string kinds = line.substr(first + 1, second - first - 1);
    const fs::path group = line.substr(second + 1);
    if (kinds.empty()) {
      read_unified(top, group, limits);
    } else {
      read_divided(top, kinds, group, limits);
    }
  }
  return limits;
}

}  // namespace

Machine this_machine(const fs::path& root) {
  const GroupLimits limits = read_limits(root);
  Machine machine;
  machine.cpus = allowed_cpus();
  if (std::isfinite(limits.cpus))
    machine.cpus = std::clamp(static_cast<unsigned>(std::ceil(limits.cpus)), 1U, machine.cpus);
  constexpr std::uint64_t kKilo = 1024;
  const auto available = number_behind(root / "proc/meminfo", "MemAvailable:");
  machine.memory = available ? *available * kKilo : 0;
  if (limits.memory != std::numeric_limits<std::uint64_t>::max())
    machine.memory = available ? std::min(machine.memory, limits.memory) : limits.memory;
  return machine;
}

Jobs jobs_for(const Machine& machine, std::uint64_t peak_bytes) {
  if (machine.memory == 0 || peak_bytes == 0) return {machine.cpus, false};
  const double room = kShareOfMemory * static_cast<double>(machine.memory);
  const double fit = std::max(1.0, std::floor(room / static_cast<double>(peak_bytes)));
  if (fit >= machine.cpus) return {machine.cpus, false};
  return {static_cast<unsigned>(fit), true};
}

}  // namespace weir::experiments
