/// Poisson: messages that come independently of each other at a constant mean rate.
///
/// The arrivals of queueing theory (M/.../.), and measured for spam; legitimate mail is burstier
/// (facts 5.4), which replaying a log shows and this does not.
/// Cost: one exponential draw an arrival, nothing stored.

#include "models/source/timing.h"

namespace weir::source {
namespace {

class Poisson final : public Source {
 public:
  struct Params {
    Rate<Message> rate{3'000, 24h};
    std::optional<std::int64_t> messages;
    Duration from{0s};
    std::optional<Duration> until;

    static void describe(auto field) {
      field("rate", &Params::rate, "Mean rate at which messages come.");
      field("messages", &Params::messages, "Messages in all; none: no end.");
      field("from", &Params::from, "When mail begins to come, counted from the source's begin.");
      field("until", &Params::until, "When no more comes, counted from the source's begin.");
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.messages && *p.messages < 0) at.report("messages", "must not be negative");
      if (p.until && *p.until < p.from) at.report("until", "must not be before 'from'");
    }
  };

  explicit Poisson(const Params& p)
      : params_(p),
        mean_gap_(mean_gap(p.rate)),
        left_(p.messages.value_or(std::numeric_limits<std::int64_t>::max())) {}

  void prepare(SimTime begin, const Calendar&) override {
    last_ = after(begin, params_.from);
    end_ = end_of(begin, params_.until);
  }

  Arrival next(Draw& draw) override {
    if (left_ <= 0 || last_ == kNever) return {};
    --left_;
    last_ = after_exponential(last_, mean_gap_, draw);
    if (last_ >= end_) last_ = kNever;
    return {.at = last_};
  }

 private:
  Params params_;
  double mean_gap_;
  std::int64_t left_;
  SimTime last_{};
  SimTime end_ = kNever;
};

}  // namespace

extern const Entry poisson;
constinit const Entry poisson =
    entry<Poisson>("poisson", "Independent arrivals at a constant mean rate.");

}  // namespace weir::source
