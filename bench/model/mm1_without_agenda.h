#pragma once
/// M/M/1 without pending events: what is left when an agenda costs nothing, and the floor below.

#include <algorithm>
#include <cstdint>

#include "bench/model/mm1.h"

namespace weir::bench::model {

/// The same model with a variable for the next instant of each kind. Were an arrival and a
/// departure ever at the same instant, the sums would show it.
template <class Folds>
class TwoClocks {
 public:
  TwoClocks() : next_arrival_(SimTime{} + chance_.to_next_arrival(0)) {}

  void serve(std::uint64_t customers) {
    const std::uint64_t until = times_.customers + customers;
    while (times_.customers < until) next_arrival_ < next_departure_ ? arrive() : depart();
  }

  const TimesInSystem& times() const { return times_; }
  std::uint64_t fingerprint() const { return folding_.with(times_); }

 private:
  void arrive() {
    const SimTime now = next_arrival_;
    folding_.fold(now, Happening::arrival, line_.end());
    if (line_.empty()) next_departure_ = now + chance_.service(line_.end());
    line_.arrive(now);
    next_arrival_ = now + chance_.to_next_arrival(line_.end());
  }

  void depart() {
    const SimTime now = next_departure_;
    folding_.fold(now, Happening::departure, line_.first());
    times_.add(now - line_.leave());
    next_departure_ = line_.empty() ? kNever : now + chance_.service(line_.first());
  }

  SmallChance chance_;
  SimTime next_arrival_;
  SimTime next_departure_ = kNever;
  WaitingLine line_;
  TimesInSystem times_;
  Folds folding_;
};

/// No events at all: a customer waits for as long as the one before, less what lay between them.
class Lindley {
 public:
  void serve(std::uint64_t customers) {
    for (std::uint64_t i = 0; i < customers; ++i) {
      arrived_ += chance_.to_next_arrival(0);
      free_ = std::max(free_, arrived_) + chance_.service(0);
      times_.add(free_ - arrived_);
    }
  }

  const TimesInSystem& times() const { return times_; }
  std::uint64_t fingerprint() const { return NoFolding().with(times_); }

 private:
  SmallChance chance_;
  SimTime arrived_{};
  SimTime free_{};
  TimesInSystem times_;
};

}  // namespace weir::bench::model
