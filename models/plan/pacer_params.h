#pragma once
/// The parameters that all plans have in common, whatever their curve.

#include <optional>

#include "sim/params.h"

namespace weir::plan {

/// How a plan is spread over the day and reacts; read from the same table as the curve's
/// parameters.
struct PacerParams {
  Duration spread{24h};
  Probability cut{0.5};
  Duration cut_once_in{0s};
  Duration hold{24h};
  Probability resume{0.25};
  std::optional<Probability> gate{};

  static void describe(auto field) {
    field("spread", &PacerParams::spread,
          "Part of each 24 h over which the day's volume is released at even distances.",
          Bounds<Duration>{1min, 24h}, Source{"assumption: even spreading keeps every hour small"});
    field("cut", &PacerParams::cut, "On throttling the volume is cut by this share.",
          Source{"S4-66 says to reduce; the share is an assumption"});
    field("cut_once_in", &PacerParams::cut_once_in,
          "Throttled again within this time of a cut, the plan holds again and does not cut again: "
          "the window that made it cut may still be open.",
          Bounds<Duration>{0s, 720h}, Source{"assumption; a window reportedly lasts a day, S4-57"});
    field("hold", &PacerParams::hold, "On throttling nothing is released for this long.",
          Bounds<Duration>{0s, 720h}, Source{"assumption: the length of a window, S4-57"});
    field("resume", &PacerParams::resume,
          "After the hold the cut is taken back by this share of the full volume a day.",
          Source{"assumption"});
    field(
        "gate", &PacerParams::gate,
        "Advance to the next stage only on days when more than this share of the day's volume was "
        "delivered.",
        Source{"SparkPost: 90 % (facts 3.1)"});
  }
};

}  // namespace weir::plan
