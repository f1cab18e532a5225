/// Campaign: a given number of messages from one instant on.
///
/// Without a rate all of them exist at that instant, as one arrival with a count, so that a million
/// messages that a plan holds cost one event. With a rate they come at even distances, each instant
/// computed from the first one in whole numbers: no rounding adds up.
/// Cost: one arrival in memory, no draws. Source: the batch of facts 5.4 (assumption there).

#include "models/source/timing.h"

namespace weir::source {
namespace {

class Campaign final : public Source {
 public:
  struct Params {
    std::int64_t messages = 1'000;
    Duration from{0s};
    std::optional<Rate<Message>> rate;

    static void describe(auto field) {
      field("messages", &Params::messages, "Messages in all.",
            Bounds<std::int64_t>{0, 1'000'000'000'000});
      field("from", &Params::from, "When the first one exists, counted from the source's begin.");
      field("rate", &Params::rate, "How fast they come; none: all exist at once.");
    }
  };

  explicit Campaign(const Params& p)
      : messages_(static_cast<std::uint64_t>(p.messages)), from_(p.from), rate_(p.rate) {}

  void prepare(SimTime begin, const Calendar&) override { first_ = after(begin, from_); }

  Arrival next(Draw&) override {
    if (given_ == messages_) return {};
    if (!rate_) {
      given_ = messages_;
      return {.at = first_, .count = messages_};
    }
    const Wide offset = static_cast<Wide>(given_++) * rate_->period.count() / rate_->count;
    if (offset > Duration::max().count()) return {};
    return {.at = after(first_, Duration{static_cast<std::int64_t>(offset)})};
  }

 private:
  std::uint64_t messages_;
  Duration from_;
  std::optional<Rate<Message>> rate_;
  SimTime first_{};
  std::uint64_t given_ = 0;
};

}  // namespace

extern const Entry campaign;
constinit const Entry campaign = entry<Campaign>(
    "campaign", "A given number of messages from one instant on, at once or at an even rate.");

}  // namespace weir::source
