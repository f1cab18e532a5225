#pragma once
/// What the controllers share: a rate with a burst, sums of time that end at the end of time, and
/// bounds.

#include <algorithm>
#include <type_traits>

#include "models/control/controller.h"
#include "sim/params.h"

namespace weir::control {

inline constexpr Bounds<std::int64_t> kConnections{1, 100'000};
inline constexpr Bounds<std::int64_t> kMessagesPerConnection{1, 65'535};
inline constexpr Bounds<Duration> kPauses{0s, 720h};

/// The ceiling that a rate of messages or connections is.
template <class Thing>
Ceiling rate_ceiling(std::string_view parameter, const Rate<Thing>& rate) {
  constexpr bool kMessages = std::is_same_v<Thing, Message>;
  return {.parameter = parameter,
          .of = kMessages ? Ceiling::Of::messages : Ceiling::Of::connects,
          .count = static_cast<double>(rate.count),
          .span = rate.period,
          .ahead = 1.0};
}

/// `now + wait`, or kNever where that is beyond the end of time.
constexpr SimTime later(SimTime now, Duration wait) {
  return wait > kNever - now ? kNever : now + wait;
}

/// Lets `burst` things through at once and then one each `interval` (GCRA, as in
/// models/throttle/token_bucket.cc): at most burst + floor(w / interval) in any span of length w.
class RateLimit {
 public:
  RateLimit(Duration interval, std::int64_t burst)
      : interval_(interval), slack_(Wide{interval.count()} * (burst - 1)) {}

  /// The earliest instant at which another may pass.
  SimTime next() const {
    const Wide earliest = Wide{full_at_.time_since_epoch().count()} - slack_;
    return SimTime{Duration{static_cast<std::int64_t>(
        std::max<Wide>(earliest, SimTime::min().time_since_epoch().count()))}};
  }

  void take(SimTime now) { full_at_ = later(std::max(now, full_at_), interval_); }

 private:
  Duration interval_;
  Wide slack_;  // how far ahead of the even pace a burst may run
  SimTime full_at_ = SimTime{};
};

}  // namespace weir::control
