#pragma once
/// What the benchmarks were asked to do.

#include <span>
#include <stdexcept>
#include <string>

namespace weir::bench {

struct Options {
  std::string only{};  // a regular expression over "work n"; empty for all
  std::string json{};  // where the rows go besides the table; empty for nowhere
  int segments = 9;
  bool full = false;
  bool tiny = false;
  bool peers = false;
  bool list = false;
  bool help = false;
};

/// An argument that cannot be understood; what() says which, why, and what there is.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

Options read_options(std::span<const char* const> arguments);

std::string help_text();

}  // namespace weir::bench
