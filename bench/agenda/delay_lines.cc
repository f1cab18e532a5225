/// Delay lines: the hold model where each delay is one of 8 constants, taken at random, and the
/// kernel knows them as delay lines. The reference is H; the witness is std::priority_queue, to
/// which they are delays like any other.

#include <array>
#include <utility>

#include "bench/agenda/catalogue.h"
#include "bench/agenda/hold.h"
#include "bench/harness/compare.h"
#include "sim/prefetch.h"

namespace weir::bench::agenda {
namespace {

constexpr std::array<Duration, 8> kDelays{1min, 2min, 5min, 10min, 20min, 40min, 1h, 4h};

/// Which delay is next, drawn before.
class Choices {
 public:
  Choices() {
    for (std::uint8_t& choice : choices_) choice = random_() % kDelays.size();
  }

  std::size_t operator()() { return choices_[next_++ % choices_.size()]; }

  /// For the first event of an entity: spread over the longest delay, so that they do not tie.
  Duration first() {
    const auto longest = static_cast<std::uint64_t>(kDelays.back().count());
    return Duration{static_cast<Duration::rep>(random_() % longest)};
  }

 private:
  Xoshiro256 random_{1};
  std::array<std::uint8_t, 1 << 14> choices_{};
  std::size_t next_ = 0;
};

template <class Kernel>
class LineHold final : public Side {
 public:
  explicit LineHold(const Load& load) : payloads_(load.n), units_(holds_of_segment(load)) {
    for (std::size_t i = 0; i < kDelays.size(); ++i) lines_[i] = kernel_.delay_line(kDelays[i]);
    for (std::uint32_t i = 0; i < load.n; ++i) kernel_.in(choices_.first(), HoldEvent{i});
  }

  void warm() override { hold(3 * payloads_.size()); }
  Segment segment() override {
    hold(units_);
    return {units_};
  }
  std::uint64_t fingerprint() const override { return sum_.value(); }

 private:
  using Line = decltype(std::declval<Kernel&>().delay_line(Duration{}));

  struct Handler {
    LineHold& all;

    void operator()(HoldEvent event) const {
      all.sum_.fold(all.payloads_[event.entity].touch(all.kernel_.now()));
      all.kernel_.in(all.lines_[all.choices_()], event);
    }
    void prefetch(HoldEvent event) const { weir::prefetch(&all.payloads_[event.entity]); }
  };

  void hold(std::uint64_t times) {
    const Handler handler{*this};
    for (std::uint64_t i = 0; i < times; ++i) kernel_.step(kNever, handler);
  }

  Kernel kernel_;
  std::array<Line, kDelays.size()> lines_{};
  Choices choices_;
  std::vector<Payload> payloads_;
  std::uint64_t units_;
  RunningSum sum_;
};

std::vector<Row> rows() {
  return {{.work = "hold on 8 delay lines (reference: H)",
           .n = 1'000'000,
           .limits = {0.35, 0.20},
           .measure = [](const Load& load) {
             return compare({.measured = side<LineHold<Kernel<HoldEvent>>>(load),
                             .reference = queue_hold(load, kUnitHold),
                             .checked_by = Witness::apart,
                             .witness = side<LineHold<HeapKernel<HoldEvent>>>(load)},
                            load);
           }}};
}

}  // namespace

extern const Workload delay_lines;
constinit const Workload delay_lines{rows};

}  // namespace weir::bench::agenda
