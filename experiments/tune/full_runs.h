#pragma once
/// What plans come to when they are really run: the race of the best, and the validation of what is
/// printed. Receivers are drawn by key, as `weir run` draws them, and appear in no panel.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "experiments/run/replicate.h"
#include "experiments/tune/memo.h"
#include "experiments/tune/study.h"

namespace weir::experiments {

/// One plan over receivers, in their order.
struct PlanRuns {
  std::string name;
  std::vector<double> days;          // until the volume was delivered, at most the horizon
  std::vector<std::uint8_t> window;  // whether one opened
  std::vector<double> window_hours;
  double delivered = 0.0;    // share of what was submitted, mean
  double late = 0.0;         // share of the mail delivered later than `late_after`, or never
  double delay_p99_s = 0.0;  // since release, mean over receivers; infinite when never

  std::uint64_t windows() const;
};

using NamedScenario = Study::Other;

class FullRuns {
 public:
  using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

  FullRuns(const Study& study, unsigned jobs, Memo& memo, Progress progress)
      : study_(study), jobs_(jobs), memo_(memo), progress_(std::move(progress)) {}

  /// Every scenario at the same `receivers`, numbers 0 and up of `seed`. Throws std::runtime_error
  /// when a signal ended it.
  std::vector<PlanRuns> run(const std::string& step, const std::vector<NamedScenario>& scenarios,
                            std::uint64_t receivers, std::uint64_t seed);

  /// Which of the scenarios needs the fewest days, within a tenth of one, by Kim and Nelson; with
  /// how many runs each it was decided, 0 when it was not.
  struct Race {
    std::size_t best = 0;
    std::uint64_t rounds = 0;
  };
  Race race(const std::vector<NamedScenario>& scenarios);

 private:
  const Study& study_;
  unsigned jobs_;
  Memo& memo_;
  Progress progress_;
};

}  // namespace weir::experiments
