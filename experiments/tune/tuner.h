#pragma once
/// Finds the plans that are fast and keep the risk: screening, search, calibration.
///
/// A plan is tried by its outlook at a panel of receivers, new ones and another traffic in each
/// generation, so that none is tuned to the receivers it was tried at. What the search found is
/// then scaled until it keeps the risk exactly over a large panel that it never saw. Nothing
/// depends on how many threads take part.

#include <functional>
#include <string>
#include <vector>

#include "experiments/tune/memo.h"
#include "experiments/tune/study.h"

namespace weir::experiments {

struct TuneBudget {
  std::size_t receivers = 512;      // of the panel of a generation
  std::size_t calibration = 2'048;  // of the panel that scales what was found
  std::size_t finalists = 4;        // candidates of a family that are calibrated
  unsigned jobs = 1;
};

/// A plan that keeps the risk, as far as the large panel shows.
struct TunedPlan {
  FamilyName family = FamilyName::growth;
  analysis::Point point;   // where in its family, before scaling
  PlanShape shape;         // scaled
  double objective = 0.0;  // days, by outlook; infinite when no scale keeps the risk
  double risk = 0.0;       // share of the large panel that opens a window
};

/// Which limits of a receiver count.
enum class Limits : std::uint8_t { all, own };

class Tuner {
 public:
  /// `step` is told the name of each step before it is made. When a signal asked to stop, the next
  /// step throws std::runtime_error.
  Tuner(const Study& study, const TuneBudget& budget, Memo& memo,
        std::function<void(const std::string&)> step)
      : study_(study), budget_(budget), memo_(memo), step_(std::move(step)) {}

  /// How much is spent on one search, and from where it begins.
  struct Effort {
    std::uint64_t generations = 60;
    std::vector<analysis::Point> known{};  // points of the family that may be good
    bool screen = true;                    // whether points all over the family are tried first
  };

  /// The best of a family at `risk`, best first; none when nothing keeps it. `label` names the
  /// search in the memo.
  std::vector<TunedPlan> tune(const std::string& label, const PlanFamily& family, double risk,
                              const Effort& effort);

  /// The same plan, scaled over four times as many receivers, none of them seen before.
  TunedPlan sharpened(const std::string& label, const TunedPlan& plan, double risk);

  /// The days of the plan, scaled anew, if addresses had no limits in common: where they are
  /// clearly fewer, the rules for the /24 and the domain decide.
  double days_apart(const TunedPlan& plan, double risk) const {
    return calibrate(plan.shape, risk, large_panel(), Limits::own)[1];
  }

  /// The plan scaled until it keeps `risk` at this panel: its days, by outlook.
  double days_at(const Panel& panel, const TunedPlan& plan, double risk) const {
    return calibrate(plan.shape, risk, panel, Limits::all)[1];
  }

  const Panel& large_panel() const;
  std::vector<double> all_margins(const Panel& panel, const Outlook& outlook,
                                  Limits limits = Limits::all) const;

  /// The number of the large panel: traffic of its outlooks.
  static constexpr std::uint64_t kLarge = 2'000'000'000;

 private:
  void begin_step(const std::string& name) const;
  std::vector<analysis::Point> descend(const std::string& label, const PlanFamily& family,
                                       double risk, analysis::Search& search);
  std::vector<analysis::Point> finalists(const analysis::Search& search,
                                         const std::vector<analysis::Point>& means) const;
  std::vector<analysis::Trial> try_out(const std::string& name, const PlanFamily& family,
                                       const std::vector<analysis::Point>& points, double risk,
                                       std::uint64_t number);
  TunedPlan calibrated(const std::string& name, const PlanFamily& family,
                       const analysis::Point& point, double risk);
  Numbers calibrate(const PlanShape& shape, double risk, const Panel& panel, Limits limits) const;
  const Study& study_;
  TuneBudget budget_;
  Memo& memo_;
  std::function<void(const std::string&)> step_;
  mutable std::unique_ptr<Panel> large_;
};

}  // namespace weir::experiments
