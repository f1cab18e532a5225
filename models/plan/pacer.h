#pragma once
/// Lets one address's mail go as its plan says, and reacts when the receiver throttles it.
///
/// The curve gives a volume a day; the pacer releases it at even distances over the day, so that no
/// hour carries more than its share: the day is cut into as many equal slots as the volume has
/// recipients, and each slot serves one recipient. A slot that passes unused is lost, so that mail
/// that comes late, or waits for the end of a hold, makes no burst. A message of several recipients
/// goes in one slot and uses up the next ones too; what it takes beyond the day's volume (never
/// more than its recipients less one) is taken from the next day's.
///
/// On throttling (S4-66) it cuts the volume, holds everything for a while and then comes back step
/// by step: each whole day of the plan without a hold takes back a part of the cut. With a stage
/// gate it advances to the next stage only when enough of the stage's volume was delivered that day
/// (SparkPost: more than 90 %). An unlimited volume can be held, not cut.
///
/// It decides and answers; the world calls it and arms the timers.

#include <algorithm>
#include <memory>

#include "models/plan/curve.h"
#include "models/plan/pacer_params.h"

namespace weir::plan {

class Pacer {
 public:
  Pacer(std::unique_ptr<Curve> curve, const PacerParams& params);

  /// Told once: day 1 of the plan begins here.
  void begin(SimTime now);

  /// At or before `now`: one message may go. Later: when to ask again.
  SimTime earliest(SimTime now) {
    advance(now);
    const SimTime free = std::max(now, held_until_);
    if (volume_ == kUnheld) return free;
    const SimTime t = std::max(free, next_slot_);
    if (released_today_ < volume_ && t - day_begin_ < params_.spread) return t;
    return std::max(free, next_day());
  }

  /// Until when one may go that may go now, if nothing is told until then. REQUIRES:
  /// earliest(now) <= now was asked last.
  SimTime open_until() const {
    return volume_ == kUnheld ? next_day() : std::min(next_day(), spread_end());
  }

  /// A message of `recipients` went. REQUIRES: earliest(now) <= now.
  void released(SimTime now, std::uint32_t recipients);

  void delivered(SimTime now, std::uint32_t recipients) {
    advance(now);
    delivered_today_ += recipients;
  }

  /// The receiver throttled an attempt of this address. Calls within a hold, or within an hour of
  /// one that was shorter, belong to the same reaction and change nothing; those within
  /// `cut_once_in` of a cut hold again and do not cut.
  void throttled(SimTime now);

  std::int64_t stage() const { return stage_; }

  /// Recipients that the plan has for its `day`th day (1, 2, ...), uncut; kUnlimited: all there
  /// are.
  double planned(std::int64_t day) const { return curve_->volume(day); }

  /// Over how much of each day they are spread.
  Duration spread() const { return params_.spread; }

 private:
  static constexpr Duration kDay = 24h;

  /// Stands for an unlimited volume.
  static constexpr std::int64_t kUnheld = std::numeric_limits<std::int64_t>::max();

  static std::int64_t whole(double volume);

  void advance(SimTime now) {
    while (now - day_begin_ >= kDay) end_day();
  }
  SimTime next_day() const { return day_begin_ > kNever - kDay ? kNever : day_begin_ + kDay; }
  SimTime spread_end() const {
    return day_begin_ > kNever - params_.spread ? kNever : day_begin_ + params_.spread;
  }
  void end_day();
  void set_volume();
  bool passes_gate() const;
  SimTime slot_begin(std::int64_t slot) const;
  std::int64_t slot_at(SimTime t) const;

  std::unique_ptr<Curve> curve_;
  PacerParams params_;
  SimTime day_begin_{};
  std::int64_t stage_ = 1;
  double stage_volume_ = 0.0;  // recipients a day, before any cut
  std::int64_t volume_ = 0;    // of this day, after the cut, rounded down; kUnheld: no limit
  double factor_ = 1.0;        // what reactions have left of the volume, in [0, 1]
  SimTime held_until_{};
  SimTime next_reaction_{};
  SimTime next_cut_{};
  SimTime next_slot_{};
  std::int64_t released_today_ = 0;   // recipients, with what the day before overshot
  std::int64_t debt_ = 0;             // recipients that this day took from the next
  std::int64_t delivered_today_ = 0;  // recipients
};

}  // namespace weir::plan
