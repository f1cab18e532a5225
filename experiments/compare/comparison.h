#pragma once
/// A whole comparison, as it is printed and written.

#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate/sequential_difference.h"
#include "experiments/compare/findings.h"

namespace weir::experiments {

/// A variant that is compared.
struct Contender {
  std::string name;
  std::string title;   // of its scenario
  std::string report;  // the source whose mail is followed
  Duration horizon{};
};

/// Replications until the differences of one figure are known well enough.
struct PrecisionGoal {
  std::string figure;
  analysis::Precision precision;
  bool reached = false;
};

struct Comparison {
  std::vector<Contender> contenders;  // the first is what the others are compared with
  std::uint64_t seed = 1;
  std::uint64_t receivers = 0;  // of each
  std::uint64_t traffics = 1;   // of each receiver, whose mean is compared
  Probability confidence = analysis::kUsualConfidence;
  std::optional<PrecisionGoal> goal;
  std::vector<std::string> remarks;
  std::vector<FigureFindings> findings;
  bool interrupted = false;
  double wall_s = 0;

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const Contender& contender : contenders) all.push_back(contender.name);
    return all;
  }
};

}  // namespace weir::experiments
