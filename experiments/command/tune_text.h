#pragma once
/// What a tuning found, for people and for programs.

#include <string>

#include "experiments/tune/tuning.h"

namespace weir::experiments {

/// What all outputs of one call have in common.
struct TuneHead {
  std::string title;
  std::string command;  // as typed, near enough to repeat it
  double wall_s = 0;
};

std::string tuning_text(const TuneHead& head, const Study& study, const Tuning& tuning);

/// docs/json.md lists the keys.
std::string tuning_json(const TuneHead& head, const Study& study, const Tuning& tuning);

/// The whole scenario with the plan, to be run.
std::string plan_toml(const TuneHead& head, const Study& study, const Tuning& tuning);

}  // namespace weir::experiments
