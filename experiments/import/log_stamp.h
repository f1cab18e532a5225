#pragma once
/// Time stamps of syslog lines, and the clock that makes one increasing time line of them.
///
/// RFC 3164 stamps ("Nov 22 20:34:20") have neither year nor zone: the year is the one that puts
/// the line nearest to the line before, so that January follows December.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/quantity.h"

namespace weir::experiments {

/// An instant of the real world, UTC, in nanoseconds (1677 to 2262).
using LogTime = std::chrono::sys_time<std::chrono::nanoseconds>;

/// A stamp as it stands in the line.
struct LogStamp {
  std::size_t length = 0;        ///< Characters of the line that the stamp takes.
  std::optional<int> year;       ///< Absent in RFC 3164.
  unsigned month = 1;            ///< 1 to 12.
  unsigned day = 1;              ///< 1 to 31.
  Duration of_day{};             ///< Since midnight.
  std::optional<Duration> zone;  ///< East of UTC; absent when the stamp names none.
  bool fraction = false;         ///< Finer than whole seconds.
};

/// The stamp at the beginning of `line`: RFC 3164, or ISO 8601 / RFC 3339 as newer syslogs write
/// it. Nothing when there is none, or no such date.
std::optional<LogStamp> parse_stamp(std::string_view line);

/// The instant of a stamp that has no year: of all years, the one nearest to `anchor`.
std::optional<LogTime> resolve_near(const LogStamp& stamp, LogTime anchor, Duration default_zone);

/// The instant of a stamp in the year it names, else in `year`.
std::optional<LogTime> resolve_in(const LogStamp& stamp, int year, Duration default_zone);

/// What the clock had to put right.
struct ClockFaults {
  std::uint64_t steps_back = 0;  ///< Lines stamped earlier than the line before them.
  Duration largest_step_back{};
  std::uint64_t distrusted = 0;  ///< Stamps far from the lines around them: not believed.
};

/// Turns stamps into instants that never decrease.
class LogClock {
 public:
  /// A jump ahead of more than this is believed only when the next lines confirm it.
  static constexpr Duration kJump = std::chrono::hours{1};

  LogClock(LogTime anchor, std::optional<int> first_year, Duration default_zone)
      : last_(anchor), first_year_(first_year), zone_(default_zone) {}

  /// Reads the stamp of `line` and moves the clock. `ahead` is the text behind this line. Returns
  /// the length of the stamp, or nothing when the line has none (the clock then stands still).
  std::optional<std::size_t> read(std::string_view line, std::string_view ahead);

  LogTime now() const { return now_; }
  /// The stamp of the line read last lies before now(): time stepped back, and now() held.
  bool held() const { return last_ < now_; }
  bool started() const { return started_; }
  bool saw_fractions() const { return fractions_; }
  bool saw_years() const { return years_; }
  const ClockFaults& faults() const { return faults_; }

 private:
  std::optional<LogTime> resolve(const LogStamp& stamp) const;
  bool confirmed(LogTime candidate, std::string_view ahead) const;
  bool believes(LogTime instant, std::string_view ahead) const;
  void advance(LogTime instant);

  LogTime last_;  // of the line read last
  LogTime now_{};
  std::optional<int> first_year_;
  Duration zone_;
  std::string text_;  // of the last stamp: most lines repeat it
  ClockFaults faults_;
  bool started_ = false;
  bool fractions_ = false;
  bool years_ = false;
};

}  // namespace weir::experiments
