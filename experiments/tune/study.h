#pragma once
/// The question of a tuning: a scenario, what is to be made small, and what must hold.

#include <memory>
#include <string>

#include "analysis/search/search.h"
#include "experiments/tune/outlook.h"
#include "experiments/tune/panel.h"
#include "experiments/tune/plan_family.h"

namespace weir::experiments {

/// How a plan answers a window; see plan::PacerParams.
struct Reaction {
  double cut = 0.5;
  double cut_once_in_hours = 0.0;
  double hold_hours = 24.0;
  double resume = 0.25;
};

class Study {
 public:
  /// `root` is sound and complete; what cannot be tuned is added to `problems`.
  Study(Setting root, TuneParams params, std::uint64_t seed, bool robust, Problems& problems);

  const TuneParams& params() const { return params_; }
  const Setting& root() const { return root_; }
  std::uint64_t seed() const { return seed_; }
  bool robust() const { return robust_; }
  std::size_t addresses() const { return addresses_; }
  double volume() const { return volume_; }  // recipients to deliver
  double horizon_days() const { return horizon_days_; }

  /// The same question where the unknowns ending in .`driver` and .`follower` depend on each other;
  /// nothing when there are none.
  std::optional<Study> with_dependence(const std::string& driver, const std::string& follower,
                                       double correlation) const;

  /// The same question for `count` addresses, all like the pool's first.
  Study with_addresses(std::size_t count, Problems& problems) const;

  /// `days` of its plans are told apart; 0: as many as the run has.
  PlanFamily family(FamilyName name, std::int64_t days = 0) const;

  /// The scenario with this plan instead of its own; its reaction as it is unless given.
  Setting scenario(const PlanShape& shape, const Reaction* reaction = nullptr) const;

  /// What the plan sends when nothing refuses, under traffic number `traffic`.
  Outlook outlook(const PlanShape& shape, std::uint64_t traffic) const;

  /// Days until the volume has been delivered, whatever the aim.
  double delivery_days(const Outlook& outlook) const {
    return outlook.hours_to_deliver(volume_) / 24;
  }

  /// What the plan is compared with: the scenario's own, its variants, even plans over 30 and 15
  /// days, and the schedules of tune.against.
  struct Other {
    std::string name;
    Setting root;
  };
  std::vector<Other> others() const;

  /// What is to be made small, in days; the outlook is that of the shape.
  double objective(const PlanShape& shape, const Outlook& outlook) const;

  /// Objective, and the logarithm of the margin that all but `risk` of the panel keep.
  analysis::Trial trial(const PlanShape& shape, std::uint64_t traffic, const Panel& panel,
                        double risk) const;

 private:
  void measure(Problems& problems);

  Setting root_;
  TuneParams params_;
  std::uint64_t seed_;
  bool robust_;
  std::string plan_;          // name of the plan that is tuned
  std::uint32_t source_ = 0;  // that it holds
  SettingList against_;       // files, with their place
  std::size_t addresses_ = 1;
  double submitted_ = 0.0;
  double volume_ = 0.0;
  double horizon_days_ = 0.0;
};

}  // namespace weir::experiments
