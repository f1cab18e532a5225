#pragma once
/// Lets one address's mail go as its plan says, and reacts when the receiver throttles it.
///
/// The curve gives a volume a day; the pacer releases it at even distances over the day, so that no
/// hour carries more than its share. On throttling (S4-66) it cuts the volume, holds everything for
/// a while and then comes back step by step. With a stage gate it advances to the next stage only
/// when enough of the day's volume was delivered that day (SparkPost: more than 90 %).
///
/// It decides and answers; the world calls it and arms the timers.

#include <memory>

#include "models/plan/curve.h"
#include "sim/params.h"

namespace weir::plan {

/// What all plans have in common; read from the same table as the curve's parameters.
struct PacerParams {
  Duration spread{24h};
  Probability cut{0.5};
  Duration hold{24h};
  Probability resume{0.25};
  std::optional<Probability> gate;

  static void describe(auto field) {
    field("spread", &PacerParams::spread,
          "Part of each 24 h over which the day's volume is released at even distances.",
          Bounds<Duration>{1min, 24h}, Source{"assumption: even spreading keeps every hour small"});
    field("cut", &PacerParams::cut, "On throttling the volume is cut by this share.",
          Source{"S4-66 says to reduce; the share is an assumption"});
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

class Pacer {
 public:
  Pacer(std::unique_ptr<Curve> curve, const PacerParams& params);

  /// Told once: day 1 of the plan begins here.
  void begin(SimTime now);

  /// At or before `now`: one message may go. Later: when to ask again.
  SimTime earliest(SimTime now);

  /// A message of `recipients` went. REQUIRES: earliest(now) <= now.
  void released(SimTime now, std::uint32_t recipients);

  void delivered(SimTime now, std::uint32_t recipients);

  /// The receiver throttled an attempt of this address. Calls within a hold change nothing.
  void throttled(SimTime now);

  std::int64_t stage() const { return stage_; }

 private:
  void advance(SimTime now);
  double volume() const;

  std::unique_ptr<Curve> curve_;
  PacerParams params_;
  SimTime day_begin_{};
  std::int64_t stage_ = 1;
  double factor_ = 1.0;  // what reactions have left of the volume, in (0, 1]
  SimTime held_until_{};
  std::uint64_t released_today_ = 0;   // recipients
  std::uint64_t delivered_today_ = 0;  // recipients
};

}  // namespace weir::plan
