/// Sliding window: a site that accepts so many in any span of a given length, exactly.
///
/// No border to wait for and no burst around one, which is the drawback of the fixed window; the
/// price is memory: what was accepted is kept until it leaves the span, as one record for each
/// instant (models/rolling_count.h), at most `limit` of them an address. A message of more than the
/// limit is accepted only when nothing is left in the span. Checked over all spans by
/// tests/models/throttle/limits_test.cc.
///
/// Left out: the approximation by two counters that proxies use to save this memory.

#include <algorithm>

#include "models/rolling_count.h"
#include "models/throttle/counted.h"
#include "models/throttle/voice.h"

namespace weir::throttle {
namespace {

class SlidingWindow final : public Policy {
 public:
  struct Params {
    Rate<Recipient> limit{500, 1h};
    Counted counts = Counted::recipients;
    Voice voice = Voice::plain;

    static void describe(auto field) {
      field("limit", &Params::limit,
            "How many in any span, such as \"500/h\" or \"10000/24 h\": the span is the time as "
            "written.",
            Source{"assumption: ours, of the order of the limits in facts 3.2"});
      field("counts", &Params::counts, "What the limit counts.", Source{"assumption"});
      field("voice", &Params::voice, kVoiceWords, Source{kVoiceSource});
    }
  };

  explicit SlidingWindow(const Params& p) : params_(p) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    counts_.assign(addresses.size(), RollingCount(params_.limit.period));
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    RollingCount& count = counts_[attempt.address];
    count.roll_to(attempt.now);
    const std::int64_t room = params_.limit.count - amount(params_.counts, attempt.recipients);
    if (count.sum() == 0 || count.sum() <= room) return {};
    return {.reply = over_rate(params_.voice),
            .retry_at = count.falls_to(std::max<std::int64_t>(room, 0))};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    counts_[attempt.address].add(attempt.now, amount(params_.counts, recipients));
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
  Params params_;
  std::vector<RollingCount> counts_;
};

}  // namespace

extern const Entry sliding_window;
constinit const Entry sliding_window =
    entry<SlidingWindow>("sliding-window", "So many in any span of a given length, exactly.");

}  // namespace weir::throttle
