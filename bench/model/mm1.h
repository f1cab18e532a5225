#pragma once
/// M/M/1 in four ways: on a kernel, with two clock variables and no agenda, as Lindley's recursion.
/// All serve the same customers and come to the same sum of times in system, to the nanosecond.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "bench/harness/side.h"
#include "bench/model/waiting_line.h"
#include "sim/fingerprint.h"

namespace weir::bench::model {

/// A segment of M/M/1: as many customers leave. The mean is checked over all of them.
template <class Model>
class Customers final : public Side {
 public:
  explicit Customers(const Load& load) : units_(load.n) {}

  Segment segment() override {
    model_.serve(units_);
    return {units_};
  }
  std::uint64_t fingerprint() const override { return model_.fingerprint(); }
  std::string problem() const override { return model_.times().problem(); }
  std::vector<Figure> figures() const override {
    return {{"mean time in system", model_.times().mean(), "s, expected 10"}};
  }

 private:
  Model model_;
  std::uint64_t units_;
};

enum class Happening : std::uint32_t { arrival, departure };

/// Folds every event, as weir does in each of its runs.
class Folding {
 public:
  void fold(SimTime when, Happening what, std::uint64_t customer) {
    fingerprint_.fold(when, static_cast<std::uint32_t>(what), customer);
  }
  std::uint64_t with(const TimesInSystem& times) const {
    return mix64(fingerprint_.value() + static_cast<std::uint64_t>(times.sum.count()));
  }

 private:
  Fingerprint fingerprint_;
};

/// Folds nothing: only the sum of times tells one run from another.
class NoFolding {
 public:
  void fold(SimTime, Happening, std::uint64_t) {}
  std::uint64_t with(const TimesInSystem& times) const {
    return static_cast<std::uint64_t>(times.sum.count());
  }
};

/// Two kinds of events on an agenda.
template <template <class> class Kernel, class Chance>
class OnKernel {
 public:
  OnKernel() { kernel_.in(chance_.to_next_arrival(0), Event{Happening::arrival}); }

  void serve(std::uint64_t customers) {
    const std::uint64_t until = times_.customers + customers;
    const auto handle = [this](Event event) {
      event.what == Happening::arrival ? arrive() : depart();
    };
    while (times_.customers < until) kernel_.step(kNever, handle);
  }

  const TimesInSystem& times() const { return times_; }
  std::uint64_t fingerprint() const { return folding_.with(times_); }

 private:
  struct Event {
    Happening what;
  };

  void arrive() {
    folding_.fold(kernel_.now(), Happening::arrival, line_.end());
    if (line_.empty()) begin_service(line_.end());
    line_.arrive(kernel_.now());
    kernel_.in(chance_.to_next_arrival(line_.end()), Event{Happening::arrival});
  }

  void depart() {
    folding_.fold(kernel_.now(), Happening::departure, line_.first());
    times_.add(kernel_.now() - line_.leave());
    if (!line_.empty()) begin_service(line_.first());
  }

  void begin_service(std::uint64_t customer) {
    kernel_.in(chance_.service(customer), Event{Happening::departure});
  }

  Kernel<Event> kernel_;
  Chance chance_;
  WaitingLine line_;
  TimesInSystem times_;
  Folding folding_;
};

/// The same with a variable for the next instant of each kind: what is left when an agenda costs
/// nothing. Were an arrival and a departure ever at the same instant, the sums would show it.
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
