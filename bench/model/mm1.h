#pragma once
/// M/M/1 on a kernel, and what its loops share. mm1_without_agenda.h has the others: all serve the
/// same customers and come to the same sum of times in system, to the nanosecond.

#include <cstdint>
#include <string>
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

}  // namespace weir::bench::model
