/// Token bucket: a site that tolerates a burst and then holds the address to a long-run rate.
///
/// Kept in its virtual-scheduling form: in place of a count of tokens, which a timer would have to
/// refill, we keep the one instant at which the bucket is full again. A decision is one comparison
/// and an idle bucket costs nothing. Accepts at most burst + floor(w / interval) in any span of
/// length w; tests/models/throttle/limits_test.cc checks that against literal counting. A message
/// of more recipients than the burst is accepted by a full bucket, and then paid off.
///
/// Source: Generic Cell Rate Algorithm, ITU-T Recommendation I.371.
/// Left out: counts that start afresh on the clock hour (fixed_window.cc).

#include <algorithm>

#include "models/throttle/counted.h"
#include "models/throttle/voice.h"

namespace weir::throttle {
namespace {

class TokenBucket final : public Policy {
 public:
  struct Params {
    Rate<Recipient> limit{500, 1h};
    std::int64_t burst = 20;
    Counted counts = Counted::recipients;
    Voice voice = Voice::plain;

    static void describe(auto field) {
      field("limit", &Params::limit, "Long-run rate at which the site accepts from one address.",
            Source{"assumption: ours, of the order of the limits in facts 3.2"});
      field("burst", &Params::burst, "How many it accepts back to back after an idle spell.",
            Bounds<std::int64_t>{1, 1'000'000'000}, Source{"assumption"});
      field("counts", &Params::counts, "What the limit counts.", Source{"assumption"});
      field("voice", &Params::voice, kVoiceWords, Source{kVoiceSource});
    }
  };

  explicit TokenBucket(const Params& p)
      : limit_(p.limit),
        interval_(p.limit.interval()),
        burst_(p.burst),
        counts_(p.counts),
        over_(over_rate(p.voice)) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    full_at_.assign(addresses.size(), SimTime::min());
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    const SimTime full = full_at_[attempt.address];
    if (full <= attempt.now) return {};
    const std::int64_t ahead =
        std::max<std::int64_t>(0, burst_ - amount(counts_, attempt.recipients));
    const SimTime earliest = full - clamped(ahead);
    if (earliest <= attempt.now) return {};
    return {.reply = over_, .retry_at = earliest};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    SimTime& full = full_at_[attempt.address];
    full = std::max(attempt.now, full);
    const Duration cost = clamped(amount(counts_, recipients));
    full = full > kNever - cost ? kNever : full + cost;
  }

  std::vector<Ceiling> ceilings() const override {
    return {{.parameter = "limit",
             .of = unit_of(counts_),
             .count = static_cast<double>(limit_.count),
             .span = limit_.period,
             .ahead = static_cast<double>(burst_)}};
  }

 private:
  /// The time in which `count` tokens come, at most half the range of instants.
  Duration clamped(std::int64_t count) const {
    const Wide time = static_cast<Wide>(count) * interval_.count();
    return Duration{static_cast<std::int64_t>(std::min<Wide>(time, Duration::max().count() / 2))};
  }

  Rate<Recipient> limit_;
  Duration interval_;
  std::int64_t burst_;
  Counted counts_;
  Reply over_;
  std::vector<SimTime> full_at_;  // of each address: when it is full again if nobody asks
};

}  // namespace

extern const Entry token_bucket;
constinit const Entry token_bucket =
    entry<TokenBucket>("token-bucket", "A burst, then a steady rate (GCRA).");

}  // namespace weir::throttle
