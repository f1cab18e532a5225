#pragma once
/// How long a deferred message waits before its next attempt, and when its sender gives up.
///
/// A schedule decides and answers: it draws from the Draw it is given and arms no timer.
/// Add one: write models/retry/<name>.cc, name it in models/retry/CMakeLists.txt.

#include "models/entry.h"
#include "sim/random.h"

namespace weir::retry {

/// What a schedule may know of a message whose attempt was just deferred.
struct Deferred {
  SimTime now{};
  SimTime queued{};            // when the message entered the queue (was released)
  std::uint32_t attempts = 1;  // made so far, the one just deferred included; >= 1
};

class Schedule {
 public:
  virtual ~Schedule() = default;

  /// The instant of the next attempt, later than `deferred.now`. An answer at or beyond
  /// queued + lifetime() means that the message expires instead, kNever that it does so now.
  virtual SimTime next_attempt(const Deferred& deferred, Draw& draw) const = 0;

  /// How long after it was queued a message expires.
  virtual Duration lifetime() const = 0;
};

using Entry = EntryOf<Schedule>;

template <class Model>
constexpr Entry entry(std::string_view name, std::string_view summary) {
  return make_entry<Schedule, Model>(name, summary);
}

std::span<const Entry* const> catalogue();

}  // namespace weir::retry
