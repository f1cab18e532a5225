#pragma once
/// What a receiver remembers of accepted mail: 24 hourly and 30 daily counters.
///
/// Hours are those of simulated time. Days are 24 hours each, counted from the hour of the first
/// mail, so that at the end of a day the volume of the last 24 hours is the volume of that day and
/// the rolling rule agrees with a rule stated in days. Counters are rolled when they are touched,
/// so an idle history costs nothing. A history whose 30 days are all empty starts anew. Hours below
/// zero are those before the run.

#include <array>
#include <cstdint>

#include "sim/prefetch.h"
#include "sim/quantity.h"

namespace weir::throttle {

/// The hour of simulated time that holds `t`.
constexpr std::int64_t hour_of(SimTime t) { return t.time_since_epoch() / 1h; }

class History {
 public:
  static constexpr std::int64_t kHours = 24;
  static constexpr std::int64_t kDays = 30;  // S4-67: providers keep about one month

  /// How much a day counts by its age in days; index 0, the day that has not ended, is not used.
  using Weights = std::array<double, kDays + 1>;

  /// Weights that halve every `half_life`. REQUIRES: half_life >= 1 h.
  static Weights halving_every(Duration half_life);

  /// Moves on to `hour`. Returns true when a day has ended, so that the baseline is another.
  bool roll_to(std::int64_t hour) { return hour != hour_ && move_on_to(hour); }

  /// Counts accepted recipients in the present hour. REQUIRES: rolled to it.
  void add(std::int64_t recipients) {
    if (recipients == 0) return;
    if (empty()) first_hour_ = hour_;
    hours_[slot(hour_, kHours)] += recipients;
    volume_ += recipients;
    today_ += recipients;
  }

  /// Recipients accepted in the present hour and in the last 24 hours, it included.
  std::int64_t this_hour() const { return hours_[slot(hour_, kHours)]; }
  std::int64_t volume() const { return volume_; }

  void fetch() const { prefetch(&volume_); }

  /// Whether there was mail in one of the days remembered or in the present one.
  bool empty() const { return first_hour_ == kNoMail; }

  /// The weighted mean of the days that have ended, are at most 30 days old and had mail; 0 when
  /// there is none.
  double baseline(const Weights& weights) const;

 private:
  /// Before all hours that can be; a multiple of both numbers of slots.
  static constexpr std::int64_t kNoMail = -kHours * kDays * 1000;

  static constexpr std::size_t slot(std::int64_t at, std::int64_t slots) {
    return static_cast<std::size_t>((at - kNoMail) % slots);
  }
  bool move_on_to(std::int64_t hour);
  std::int64_t day() const { return (hour_ - first_hour_) / kHours; }
  void roll_hours(std::int64_t hour);
  void end_days(std::int64_t from, std::int64_t to);

  std::array<std::int64_t, kHours> hours_{};
  std::array<std::int64_t, kDays> days_{};
  std::int64_t volume_ = 0;
  std::int64_t today_ = 0;
  std::int64_t hour_ = 0;
  std::int64_t first_hour_ = kNoMail;
};

}  // namespace weir::throttle
