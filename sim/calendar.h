#pragma once
/// Which hour of which day an instant of the simulation is.
///
/// A scenario has a start date and one fixed offset from UTC; there is no time-zone data, so a day
/// always has 24 hours.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/quantity.h"

namespace weir {

class Calendar {
 public:
  /// Monday 2026-01-05, 00:00 UTC, when a scenario names no start.
  Calendar() = default;

  /// `start`: seconds since 1970-01-01T00:00 UTC; `utc_offset`: local time minus UTC.
  Calendar(std::int64_t start, Duration utc_offset) : start_(start), utc_offset_(utc_offset) {}

  /// "2026-03-02" or "2026-03-02T08:30:00", read as local time at `utc_offset`.
  static std::optional<Calendar> parse(std::string_view local, Duration utc_offset);

  std::int64_t start() const { return start_; }
  Duration utc_offset() const { return utc_offset_; }

  /// Local time since local midnight before `t`, in [0 h, 24 h).
  Duration time_of_day(SimTime t) const { return local(t).time; }
  int hour_of_day(SimTime t) const { return static_cast<int>(time_of_day(t) / 1h); }

  /// 0 = Monday ... 6 = Sunday, local.
  int day_of_week(SimTime t) const;

  /// "2026-03-02 08:30:00" in UTC.
  std::string utc_text(SimTime t) const;

 private:
  struct Local {
    std::int64_t day;  // since 1970-01-01
    Duration time;     // since midnight
  };
  Local local(SimTime t) const;

  std::int64_t start_ = 1'767'571'200;
  Duration utc_offset_{};
};

/// How many days a span has begun: one that it cuts short counts as a day.
constexpr std::int64_t days_begun(Duration span) { return (span + 24h - 1ns) / 24h; }

}  // namespace weir
