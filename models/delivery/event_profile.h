#pragma once
/// How often each kind of event comes, and what a sample of them costs.
///
/// Counts and ties are exact. Time is measured for the first events of each kind, so that a rare
/// kind is known in full, and from then on for one in 64 of it: reading a clock costs as much as a
/// third of an event. The distances are drawn from 32 to 96 and not fixed: events come in turns
/// (connect, reply, connect, reply), and a fixed distance that shares a factor with a turn would
/// see the same part of it for ever. That draw is no chance of the run's. Its cost is a nanosecond
/// or two an event, which only a run that is profiled pays.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "models/delivery/event.h"

namespace weir {

/// Durations that were measured: how many of each order of magnitude, their sum, their squares.
class DurationSample {
 public:
  struct Bin {
    std::uint64_t count = 0;
    double sum = 0;  // ns
    double squares = 0;
  };
  static constexpr std::size_t kBins = 64;  // bin b: from 2^(b - 1) ns to less than 2^b, bin 0: 0

  void add(std::uint64_t ns) {
    Bin& bin = bins_[std::min<std::size_t>(std::bit_width(ns), kBins - 1)];
    const auto value = static_cast<double>(ns);
    ++bin.count;
    bin.sum += value;
    bin.squares += value * value;
  }

  const std::array<Bin, kBins>& bins() const { return bins_; }

 private:
  std::array<Bin, kBins> bins_{};
};

/// What is known of a kind of events.
struct KindProfile {
  std::uint64_t count = 0;
  std::uint64_t ties = 0;  // at the same instant as the event before, of any kind
  DurationSample first;    // the first kMeasuredFirst
  DurationSample later;    // a sample of the others
};

class EventProfile {
 public:
  static constexpr std::uint64_t kMeasuredFirst = 64;
  static constexpr std::uint64_t kMeanDistance = 64;

  /// A clock that only goes forward, in nanoseconds; models have none.
  using Clock = std::uint64_t (*)();
  explicit EventProfile(Clock clock);

  /// Handles an event that is due `now`.
  template <class Handle>
  void handle(std::size_t kind, SimTime now, Handle&& handle) {
    if (handled_at_ != 0) end_taking();
    Counter& counter = counters_[kind];
    counter.ties += now == last_ ? 1U : 0U;
    last_ = now;
    if (++counter.count != counter.next) {
      handle();
      return;
    }
    const std::uint64_t began = clock_();
    handle();
    measured(kind, clock_() - began);
    handled_at_ = clock_();
  }

  /// What comes now is no event's.
  void pause() { handled_at_ = 0; }

  /// In the order of Event's alternatives.
  std::array<KindProfile, std::variant_size_v<Event>> kinds() const;

  /// From the end of an event to the next one: the agenda's work.
  const DurationSample& taking() const { return taking_; }

 private:
  /// What every event touches, side by side.
  struct Counter {
    std::uint64_t count = 0;
    std::uint64_t next = 1;  // the number of the one to be measured
    std::uint64_t ties = 0;
  };

  void end_taking();
  void measured(std::size_t kind, std::uint64_t ns);
  std::uint64_t distance();

  Clock clock_;
  std::uint64_t reading_;         // what a reading adds to a duration
  std::uint64_t handled_at_ = 0;  // when the event before was through, if that is known
  SimTime last_ = SimTime::min();
  std::array<Counter, std::variant_size_v<Event>> counters_{};
  std::array<DurationSample, std::variant_size_v<Event>> first_{}, later_{};
  DurationSample taking_;
  std::uint64_t draws_ = 0;
};

}  // namespace weir
