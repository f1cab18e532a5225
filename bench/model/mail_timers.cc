/// B10: the timers of e-mail, an attempt.
///
/// n messages are in the system at any time, at 10^4 destinations. An attempt fails with chance
/// 0.3; then the message is tried again after the next of 5, 10, 20, 40, 80 minutes, each within a
/// tenth of that, and given up after the last. A message that ended makes room for another, first
/// tried within an hour. Every destination counts its attempts over 60 s, 1 h and 1 d, and each
/// count has a timer that resets it, all of them in step. One retry in 20 is cancelled half-way,
/// since an operator holds the message, which ends it. "No jitter" waits the minutes as they are.
/// What has a constant delay, resets and waits without jitter, is on delay lines.
///
/// The cost is that of everything per attempt, resets included. The reference is H; the witness
/// does the same on a heap that can cancel.

#include <array>
#include <utility>

#include "bench/agenda/hold.h"
#include "bench/harness/compare.h"
#include "bench/harness/memory.h"
#include "bench/model/catalogue.h"
#include "bench/reference/cancelling_heap_kernel.h"
#include "sim/kernel.h"
#include "sim/prefetch.h"

namespace weir::bench::model {
namespace {

constexpr std::array<Duration, 5> kWaits{5min, 10min, 20min, 40min, 80min};
constexpr std::array<Duration, 3> kSpans{60s, 1h, 24h};
constexpr std::uint32_t kDestinations = 10'000;

template <class Kernel>
using LineOf = decltype(std::declval<Kernel&>().delay_line(Duration{}));

struct Event {
  enum class Kind : std::uint32_t { attempt, reset, hold };

  Kind kind;
  std::uint32_t index;  // of a message; of a destination and a span
};

/// A share of `whole`, by the top bits of a drawn number.
Duration share_of(Duration whole, std::uint64_t drawn) {
  return Duration{static_cast<Duration::rep>(
      static_cast<UnsignedWide>(drawn) * static_cast<std::uint64_t>(whole.count()) >> 64)};
}

/// How a message waits before its retry of that number.
template <class Kernel>
class Jitter {
 public:
  explicit Jitter(Kernel& kernel) : kernel_(kernel) {}

  auto wait(std::uint32_t retry, std::uint64_t drawn, Event then) {
    const Duration wait = kWaits[retry];
    return kernel_.in(wait - wait / 10 + share_of(wait / 5, drawn), then);
  }

 private:
  Kernel& kernel_;
};

template <class Kernel>
class NoJitter {
 public:
  explicit NoJitter(Kernel& kernel) : kernel_(kernel) {
    for (std::size_t i = 0; i < kWaits.size(); ++i) lines_[i] = kernel.delay_line(kWaits[i]);
  }

  auto wait(std::uint32_t retry, std::uint64_t, Event then) {
    return kernel_.in(lines_[retry], then);
  }

 private:
  Kernel& kernel_;
  std::array<LineOf<Kernel>, kWaits.size()> lines_;
};

template <class Kernel, template <class> class Waits>
class MailTimers final : public Side {
 public:
  explicit MailTimers(const Load& load) : units_(load.units(1'000'000)), messages_count_(load.n) {
    for (std::size_t i = 0; i < kSpans.size(); ++i) resets_[i] = kernel_.delay_line(kSpans[i]);
  }

  void warm() override {
    memory_.measure([this] {
      counts_.resize(kDestinations);
      for (std::uint32_t i = 0; i < kDestinations * kSpans.size(); ++i) schedule_reset(i);
      messages_.resize(messages_count_);
      for (std::uint32_t i = 0; i < messages_count_; ++i) submit(i);
      run(messages_count_);
    });
  }
  Segment segment() override {
    memory_.measure([this] { run(units_); });
    return {units_};
  }
  std::uint64_t fingerprint() const override { return sum_.value(); }
  std::vector<Figure> figures() const override {
    return {{"memory, a message", memory_.bytes() / static_cast<double>(messages_count_), "bytes"}};
  }

 private:
  using Handle = decltype(std::declval<Kernel&>().in(Duration{}, Event{}));

  struct Message {
    Handle retry;
    std::uint32_t destination;
    std::uint32_t retries;
  };

  struct Handler {
    MailTimers& all;

    void operator()(Event event) const { all.happen(event); }
    void prefetch(Event event) const {
      if (event.kind != Event::Kind::reset) weir::prefetch(&all.messages_[event.index]);
    }
  };

  void schedule_reset(std::uint32_t index) {
    kernel_.in(resets_[index % kSpans.size()], Event{Event::Kind::reset, index});
  }

  void run(std::uint64_t attempts) {
    const Handler handler{*this};
    const std::uint64_t until = attempts_ + attempts;
    while (attempts_ < until) kernel_.step(kNever, handler);
  }

  void happen(Event event) {
    switch (event.kind) {
      case Event::Kind::attempt:
        return attempt(event.index);
      case Event::Kind::reset:
        return reset(event.index);
      case Event::Kind::hold:
        kernel_.cancel(messages_[event.index].retry);
        return submit(event.index);
    }
  }

  void submit(std::uint32_t index) {
    const std::uint64_t drawn = random_();
    Message& message = messages_[index];
    message.destination = static_cast<std::uint32_t>((drawn & 0xffff'ffff) * kDestinations >> 32);
    message.retries = 0;
    kernel_.in(share_of(1h, drawn), Event{Event::Kind::attempt, index});
  }

  void attempt(std::uint32_t index) {
    Message& message = messages_[index];
    ++attempts_;
    for (std::uint32_t& count : counts_[message.destination]) ++count;
    sum_.fold(static_cast<std::uint64_t>(kernel_.now().time_since_epoch().count()) + index);
    const std::uint64_t drawn = random_();
    const bool fails = (drawn & 0xffff) < 19'661;  // 0.3 of 2^16
    if (!fails || message.retries == kWaits.size()) return submit(index);
    message.retry = waits_.wait(message.retries, drawn, Event{Event::Kind::attempt, index});
    const bool is_held = (drawn >> 16 & 0xffff) < 3'277;  // 0.05 of 2^16
    if (is_held) kernel_.in(kWaits[message.retries] / 2, Event{Event::Kind::hold, index});
    ++message.retries;
  }

  void reset(std::uint32_t index) {
    sum_.fold(std::exchange(counts_[index / kSpans.size()][index % kSpans.size()], 0));
    schedule_reset(index);
  }

  std::uint64_t units_;
  std::uint64_t messages_count_;
  std::uint64_t attempts_ = 0;
  Kernel kernel_;
  Waits<Kernel> waits_{kernel_};
  std::array<LineOf<Kernel>, kSpans.size()> resets_;
  Xoshiro256 random_{1};
  std::vector<Message> messages_;
  std::vector<std::array<std::uint32_t, kSpans.size()>> counts_;  // by destination
  RunningSum sum_;
  MemoryMeter memory_;
};

template <template <class> class Waits>
Measurement measure(const Load& load) {
  return compare({.measured = side<MailTimers<Kernel<Event>, Waits>>(load),
                  .reference = queue_hold(load, kUnitHold),
                  .checked_by = Witness::apart,
                  .witness = side<MailTimers<CancellingHeapKernel<Event>, Waits>>(load)},
                 load);
}

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const std::uint64_t n : {1'000'000U, 10'000'000U}) {
    all.push_back({.work = "B10 timers of e-mail (reference: H)",
                   .n = n,
                   .limits = {1.0, 0.5},
                   .measure = measure<Jitter>});
    all.push_back({.work = "B10 timers of e-mail, no jitter (reference: H)",
                   .n = n,
                   .occasion = n > 1'000'000 ? Occasion::full : Occasion::always,
                   .measure = measure<NoJitter>});
  }
  return all;
}

}  // namespace

extern const Workload mail_timers;
constinit const Workload mail_timers{rows};

}  // namespace weir::bench::model
