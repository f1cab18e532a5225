/// KumoMTA: waits that double without end, each moved a little by chance.
///
/// Without a longest wait the gaps soon exceed the trouble they bridge: retries come 21 h and
/// 42.3 h after the first attempt, so a window of 24 h costs 42 h. The jitter is uniform, as wide
/// as a twentieth of the first wait, at most a minute. One draw a deferral, none without jitter.
///
/// Source: KumoMTA, kumod/src/queue/config.rs and queue.rs (2026-08-04).
/// Left out: the rounding of the jitter to whole seconds.

#include <algorithm>
#include <optional>

#include "models/retry/schedule.h"
#include "models/retry/waits.h"

namespace weir::retry {
namespace {

class KumoMta final : public Schedule {
 public:
  struct Params {
    Duration retry_interval = 20min;
    std::optional<Duration> max_retry_interval;
    Duration jitter_limit = 60s;
    Duration lifetime = 168h;

    static void describe(auto field) {
      constexpr Source kSource{"KumoMTA 2026-08-04, kumod/src/queue/config.rs, queue.rs"};
      field("retry_interval", &Params::retry_interval, "Wait after the first deferral; it doubles.",
            kWaits, kSource);
      field("max_retry_interval", &Params::max_retry_interval,
            "Longest wait after a deferral, or \"none\".", kSource);
      field("jitter_limit", &Params::jitter_limit,
            "Widest span of the jitter, which else is a twentieth of retry_interval.",
            Bounds<Duration>{0s, 8'760h}, kSource);
      field("lifetime", &Params::lifetime,
            "Age at which a message is returned as undeliverable (max_age).", kLifetimes, kSource);
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.max_retry_interval && *p.max_retry_interval < p.retry_interval)
        at.report("max_retry_interval", "is shorter than retry_interval, " +
                                            to_text(p.retry_interval) + ": raise it, or \"none\"");
    }
  };

  explicit KumoMta(const Params& p)
      : p_(p),
        longest_(p.max_retry_interval.value_or(Duration::max())),
        jitter_(std::min(p.retry_interval / 20, p.jitter_limit)) {}

  SimTime next_attempt(const Deferred& deferred, Draw& draw) const override {
    const Duration wait = std::min(doubled(p_.retry_interval, deferred.attempts - 1), longest_);
    return later(later(deferred.now, wait - jitter_ / 2), jitter(draw));
  }

  Duration lifetime() const override { return p_.lifetime; }

 private:
  Duration jitter(Draw& draw) const {
    if (jitter_ == Duration::zero()) return jitter_;
    return Duration{
        static_cast<Duration::rep>(draw.below(static_cast<std::uint64_t>(jitter_.count())))};
  }

  Params p_;
  Duration longest_;
  Duration jitter_;  // the whole span, half of it to each side
};

}  // namespace

extern const Entry kumomta;
constinit const Entry kumomta =
    entry<KumoMta>("kumomta", "Waits that double from 20 min for seven days, with jitter.");

}  // namespace weir::retry
