#pragma once
/// What `weir compare` is asked for, and the function that does it. See commands.h.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weir::experiments {

struct CompareOptions {
  std::vector<std::string> scenarios;
  std::vector<std::string> assignments;
  bool all_variants = false;                  // --variants, of a single scenario
  std::optional<std::uint64_t> replications;  // with a precision: at most so many
  std::uint64_t traffics = 1;                 // of each receiver
  std::optional<std::string> precision;       // "5 %"
  std::string figure;                         // whose differences shall be so precise
  std::string confidence = "95 %";
  std::string delivered = "99 %";  // the share of the mail that counts as delivered
  std::uint64_t seed = 1;
  unsigned jobs = 0;   // 0: as many as CPUs are allowed
  std::string output;  // -o; empty: no result file
  bool json = false;
  bool quiet = false;
};
int compare_command(const CompareOptions& options);

}  // namespace weir::experiments
