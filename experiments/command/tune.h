#pragma once
/// What `weir tune` is asked for.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weir::experiments {

struct TuneOptions {
  std::string scenario;
  std::vector<std::string> assignments;
  std::optional<std::string> variant;
  std::optional<std::string> risk;  // "1.4 %"; the scenario's unless given
  bool ensemble = false;            // over the receivers there may be, not the one in the middle
  bool all_families = false;
  bool no_frontier = false;
  std::uint64_t generations = 50;
  std::uint64_t receivers = 512;
  std::optional<std::uint64_t> validate;
  std::uint64_t seed = 1;
  unsigned jobs = 0;
  std::string output;
  std::string checkpoint;
  bool resume = false;
  bool json = false;
  bool quiet = false;
};

/// Returns an exit code of commands.h.
int tune_command(const TuneOptions& options);

}  // namespace weir::experiments
