/// Fixed window: a site that accepts so many in a span and counts afresh in the next.
///
/// The rule of many published limits ("a day", "an hour"), and the cheapest: one count an address.
/// Its drawback is the point of having it: around a border, twice the limit passes in a short time.
/// Spans follow the local clock (from midnight on, for spans that divide the day; longer ones from
/// the midnight before the start) or begin with an address's first attempt after the last one.
/// At most the limit in each span, tests/models/throttle/limits_test.cc. A message of more than the
/// limit is accepted only as the first of a span.
///
/// Left out: limits over several spans at once; name two policies for these.

#include <algorithm>

#include "models/throttle/counted.h"
#include "models/throttle/voice.h"

namespace weir::throttle {

enum class Aligned : std::uint8_t { clock, first_attempt };

constexpr std::array<EnumWord<Aligned>, 2> words_of(Aligned) {
  return {{{Aligned::clock, "clock"}, {Aligned::first_attempt, "first-attempt"}}};
}

namespace {

class FixedWindow final : public Policy {
 public:
  struct Params {
    Rate<Recipient> limit{500, 1h};
    Aligned aligned = Aligned::clock;
    Counted counts = Counted::recipients;
    Voice voice = Voice::plain;

    static void describe(auto field) {
      field(
          "limit", &Params::limit,
          "How many a span, such as \"500/h\" or \"10000/24 h\": the span is the time as written.",
          Source{"assumption: ours, of the order of the limits in facts 3.2"});
      field("aligned", &Params::aligned,
            "Whether spans follow the local clock or begin with the first attempt.",
            Source{"assumption: the clock, as for limits that are given for an hour or a day"});
      field("counts", &Params::counts, "What the limit counts.", Source{"assumption"});
      field("voice", &Params::voice, kVoiceWords, Source{kVoiceSource});
    }
  };

  explicit FixedWindow(const Params& p) : params_(p) {}

  void set_calendar(const Calendar& calendar) override {
    origin_ = SimTime{} - calendar.time_of_day(SimTime{});
  }

  void prepare(std::span<const AddressInfo> addresses) override {
    spans_.assign(addresses.size(), {});
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    Span& span = spans_[attempt.address];
    if (attempt.now >= span.end) span = {end_of_span(attempt.now), 0};
    const std::int64_t after = span.count + amount(params_.counts, attempt.recipients);
    if (after <= params_.limit.count || span.count == 0) return {};
    return {.reply = over_rate(params_.voice), .retry_at = span.end};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    spans_[attempt.address].count += amount(params_.counts, recipients);
  }

  std::vector<Ceiling> ceilings() const override {
    const auto limit = static_cast<double>(params_.limit.count);
    return {{.parameter = "limit",
             .of = unit_of(params_.counts),
             .count = limit,
             .span = params_.limit.period,
             .ahead = limit}};
  }

 private:
  struct Span {
    SimTime end = SimTime::min();
    std::int64_t count = 0;  // accepted in it
  };

  SimTime end_of_span(SimTime now) const {
    const Duration length = params_.limit.period;
    const Duration gone =
        params_.aligned == Aligned::clock ? (now - origin_) % length : Duration::zero();
    const Duration left = length - gone;
    return now > kNever - left ? kNever : now + left;
  }

  Params params_;
  SimTime origin_{};  // the local midnight before the start
  std::vector<Span> spans_;
};

}  // namespace

extern const Entry fixed_window;
constinit const Entry fixed_window =
    entry<FixedWindow>("fixed-window", "So many in a span, counted afresh in the next.");

}  // namespace weir::throttle
