#pragma once
/// When a message that is always deferred would be tried again.

#include <cstdint>
#include <vector>

#include "models/retry/schedule.h"
#include "tests/models/make_model.h"

namespace weir::retry {

using testing::Keys;
using Waits = std::vector<Duration>;
using Seconds = std::vector<std::int64_t>;

inline std::unique_ptr<Schedule> schedule(std::string_view name, const Keys& keys = {}) {
  return testing::make_model<Schedule>(catalogue(), name, keys);
}

inline Draw draw_for(std::uint64_t message, std::uint32_t attempt) {
  return Chance(StreamKey{}).draw(Purpose{9}, message, attempt);
}

/// Every retry before `until`, and before the lifetime ends, of a message queued, and tried for
/// the first time, at `queued`.
inline std::vector<SimTime> retry_instants(const Schedule& schedule,
                                           Duration until = kNever - SimTime{},
                                           SimTime queued = {}) {
  std::vector<SimTime> all;
  Deferred deferred{queued, queued, 1};
  while (true) {
    Draw draw = draw_for(7, deferred.attempts);
    const SimTime next = schedule.next_attempt(deferred, draw);
    EXPECT_GT(next, deferred.now);
    if (next - queued >= std::min(until, schedule.lifetime()) || next <= deferred.now) return all;
    all.push_back(next);
    deferred = {next, queued, deferred.attempts + 1};
  }
}

/// The same in whole seconds since the start of the run, rounded to the nearest.
inline Seconds retries(const Schedule& schedule, Duration until = kNever - SimTime{},
                       SimTime queued = {}) {
  Seconds all;
  for (const SimTime at : retry_instants(schedule, until, queued))
    all.push_back((at + 500ms).time_since_epoch() / 1s);
  return all;
}

/// How long a message queued at `queued` waits for a receiver that accepts from `opens` on.
inline Duration delay_until_open(const Schedule& schedule, SimTime opens, SimTime queued = {}) {
  for (const SimTime at : retry_instants(schedule, Duration::max(), queued))
    if (at >= opens) return at - queued;
  return Duration::max();
}

/// All that is wrong with these parameters, one a line.
inline std::string problems_of(std::string_view name, const Keys& keys) {
  std::string all;
  for (const std::string& one : testing::problems_of(catalogue(), name, keys)) all += one + "\n";
  return all;
}

/// How many numbers one decision takes.
inline std::uint32_t draws_of_one(const Schedule& schedule) {
  Draw draw = draw_for(7, 1);
  schedule.next_attempt({SimTime{}, SimTime{}, 1}, draw);
  return draw.draws();
}

}  // namespace weir::retry
