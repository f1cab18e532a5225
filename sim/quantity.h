#pragma once
/// Strong types that every layer shares: simulated time, identifiers, rates, shares and sizes.
///
/// Nothing here converts silently to or from a bare number: a function that takes a Rate<Message>
/// cannot be handed a Duration, a Rate<Connection> or 500.

#include <cassert>
#include <chrono>
#include <compare>
#include <cstdint>

namespace weir {

using namespace std::chrono_literals;

/// Whole numbers of 128 bits, for products that must not overflow. A compiler extension.
__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

/// A span of simulated time in whole nanoseconds: sums are exact, so equal instants are real ties.
using Duration = std::chrono::nanoseconds;

/// Keeps simulated instants apart from wall-clock ones. It has no now(): only a Kernel does.
struct SimClock {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<SimClock>;
  static constexpr bool is_steady = true;
};

/// An instant of simulated time. A run starts at SimTime{}; the range is about 292 years.
using SimTime = SimClock::time_point;

/// The instant that never comes.
inline constexpr SimTime kNever = SimTime::max();

/// Seconds as a bare number, for statistics and reports only. Exact below 2^53 ns (104 days).
constexpr double to_seconds(Duration d) { return std::chrono::duration<double>(d).count(); }

/// Handle of one `Thing` in its table. Ids of different things do not mix or compare.
///
/// `generation` counts how often the cell `index` was given out, so that a handle outliving its
/// thing is noticed (DESIGN, "Ids"). A default Id names nothing.
template <class Thing>
struct Id {
  static constexpr std::uint32_t kNone = 0xffff'ffff;

  std::uint32_t index = kNone;
  std::uint32_t generation = 0;

  constexpr explicit operator bool() const { return index != kNone; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

/// `count` things per `period`, kept as written, so that a report says 10000/h and not 2.78/s.
template <class Thing>
struct Rate {
  std::int64_t count = 1;  // > 0
  Duration period{1s};     // > 0

  /// Mean spacing between two things, rounded up to a whole nanosecond: never faster than stated.
  constexpr Duration interval() const {
    assert(count > 0 && period > Duration::zero());
    return Duration{(period.count() - 1) / count + 1};
  }

  /// How many things pass in `span`, as a real number.
  constexpr double in(Duration span) const {
    return static_cast<double>(count) * (to_seconds(span) / to_seconds(period));
  }

  friend constexpr bool operator==(const Rate&, const Rate&) = default;
};

/// A share of a whole or the chance of an event, in [0, 1].
struct Probability {
  double value = 0.0;

  friend constexpr auto operator<=>(const Probability&, const Probability&) = default;
};

/// A size in bytes.
struct Bytes {
  std::int64_t count = 0;

  friend constexpr auto operator<=>(const Bytes&, const Bytes&) = default;
};

/// What rates count and ids name. They are tags here; models/ defines what they are.
struct Message;
struct Recipient;
struct Connection;

}  // namespace weir
