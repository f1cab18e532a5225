#pragma once
/// A number with the unit it was written in, so that it can be scaled and written back.

#include <optional>

#include "sim/quantity.h"
#include "sim/setting.h"

namespace weir::experiments {

struct Measure {
  enum class Kind : std::uint8_t { number, whole, duration, rate, share, bytes };

  Kind kind = Kind::number;
  double value = 0;   // a duration in ns, a share in [0, 1], a rate in counts a period
  Duration period{};  // of a rate
};

/// What is written there; nothing when it is a word, a list or a table.
std::optional<Measure> measure_of(const Setting& setting);

/// The way back. Counts and nanoseconds are rounded half up, a rate is at least 1 a period, a share
/// stays in [0, 1].
Setting setting_of(const Measure& measure, const Place& place);

}  // namespace weir::experiments
