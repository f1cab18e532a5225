#pragma once
/// How many recipients a sending plan lets go on its n-th stage: the shape of a plan.
///
/// A curve is a pure function. Everything that plans have in common (spreading over the day, the
/// reaction to throttling, the stage gate) is the work of the Pacer, see models/plan/pacer.h.
/// Add one: write models/plan/<name>.cc, name it in models/plan/CMakeLists.txt.

#include <limits>
#include <memory>
#include <span>

#include "models/entry.h"
#include "models/plan/pacer_params.h"

namespace weir::plan {

class Curve {
 public:
  virtual ~Curve() = default;

  /// Recipients a day on `stage` (1, 2, ...); kUnlimited when nothing is held back. Never negative.
  virtual double volume(std::int64_t stage) const = 0;
};

inline constexpr double kUnlimited = std::numeric_limits<double>::infinity();

using Entry = EntryOf<Curve>;

template <class Model>
constexpr Entry entry(std::string_view name, std::string_view summary) {
  return make_entry<Curve, Model, PacerParams>(name, summary);
}

std::span<const Entry* const> catalogue();

}  // namespace weir::plan
