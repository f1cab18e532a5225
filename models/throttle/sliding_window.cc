/// Sliding window: a site that accepts so many in any span of a given length, exactly.
///
/// No border to wait for and no burst around one, which is the drawback of the fixed window; the
/// price is memory: what was accepted is kept until it leaves the span, as one record for each
/// instant. A record holds at least one, so there are at most `limit` of them an address, of 16
/// bytes. What is accepted at t has left at t + span. A message of more than the limit is accepted
/// only when nothing is left in the span. Checked over all spans by
/// tests/models/throttle/limits_test.cc.
///
/// Left out: the approximation by two counters that proxies use to save this memory.

#include <algorithm>
#include <deque>

#include "models/throttle/counted.h"

namespace weir::throttle {
namespace {

class SlidingWindow final : public Policy {
 public:
  struct Params {
    Rate<Recipient> limit{500, 1h};
    Counted counts = Counted::recipients;

    static void describe(auto field) {
      field("limit", &Params::limit,
            "How many in any span, such as \"500/h\" or \"10000/24 h\": the span is the time as "
            "written.",
            Source{"assumption: ours, of the order of the limits in facts 3.2"});
      field("counts", &Params::counts, "What the limit counts.", Source{"assumption"});
    }
  };

  explicit SlidingWindow(const Params& p) : params_(p) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    windows_.assign(addresses.size(), {});
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    Window& window = windows_[attempt.address];
    forget(window, attempt.now);
    std::int64_t over =
        window.sum + amount(params_.counts, attempt.recipients) - params_.limit.count;
    if (over <= 0 || window.records.empty()) return {};
    for (const Record& record : window.records) {
      over -= record.count;
      if (over <= 0) return refusal(record);
    }
    return refusal(window.records.back());
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    const std::int64_t count = amount(params_.counts, recipients);
    if (count == 0) return;
    Window& window = windows_[attempt.address];
    window.sum += count;
    if (!window.records.empty() && window.records.back().at == attempt.now) {
      window.records.back().count += count;
    } else {
      window.records.push_back({attempt.now, count});
    }
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
  struct Record {
    SimTime at;
    std::int64_t count;  // accepted at that instant
  };
  struct Window {
    std::deque<Record> records;  // the oldest first
    std::int64_t sum = 0;        // of their counts
  };

  SimTime leaves(const Record& record) const {
    const Duration span = params_.limit.period;
    return record.at > kNever - span ? kNever : record.at + span;
  }

  Verdict refusal(const Record& record) const {
    return {.reply = Reply::rate_limited, .retry_at = leaves(record)};
  }

  void forget(Window& window, SimTime now) const {
    while (!window.records.empty() && leaves(window.records.front()) <= now) {
      window.sum -= window.records.front().count;
      window.records.pop_front();
    }
  }

  Params params_;
  std::vector<Window> windows_;
};

}  // namespace

extern const Entry sliding_window;
constinit const Entry sliding_window =
    entry<SlidingWindow>("sliding-window", "So many in any span of a given length, exactly.");

}  // namespace weir::throttle
