/// Exchange Server: a few quick retries, a few slower ones, then one every ten minutes.
///
/// The form is that of a next hop that does not answer or turns the connection away, which is how
/// a throttled address looks to it. For deferrals of single messages Exchange knows one interval
/// only, MessageRetryInterval (15 min): glitch_retries = 0, transient_retries = 0,
/// retry_interval = "15 min".
///
/// Source: Exchange Server documentation, message-intervals.md (2021-04-20).
/// Left out: that the counts belong to a queue and not to a message, and the intervals of the Edge
/// role (10 and 30 min, which parameters can say).

#include "models/retry/schedule.h"
#include "models/retry/waits.h"

namespace weir::retry {
namespace {

class ExchangeServer final : public Schedule {
 public:
  struct Params {
    std::int64_t glitch_retries = 4;
    Duration glitch_interval = 1min;
    std::int64_t transient_retries = 6;
    Duration transient_interval = 5min;
    Duration retry_interval = 10min;
    Duration lifetime = 48h;

    static void describe(auto field) {
      constexpr Source kSource{"Exchange Server documentation, message-intervals.md (2021-04-20)"};
      constexpr Bounds<std::int64_t> kCounts{0, 1'000};
      field("glitch_retries", &Params::glitch_retries,
            "How many retries come at glitch_interval (QueueGlitchRetryCount).", kCounts, kSource);
      field("glitch_interval", &Params::glitch_interval,
            "Wait before each of the first retries (QueueGlitchRetryInterval).", kWaits, kSource);
      field("transient_retries", &Params::transient_retries,
            "How many retries then come at transient_interval (TransientFailureRetryCount).",
            kCounts, kSource);
      field("transient_interval", &Params::transient_interval,
            "Wait before each of those (TransientFailureRetryInterval).", kWaits, kSource);
      field("retry_interval", &Params::retry_interval,
            "Wait before all later retries (OutboundConnectionFailureRetryInterval).", kWaits,
            kSource);
      field("lifetime", &Params::lifetime,
            "Age at which a message is returned as undeliverable (MessageExpirationTimeout).",
            kLifetimes, kSource);
    }
  };

  explicit ExchangeServer(const Params& p) : p_(p) {}

  SimTime next_attempt(const Deferred& deferred, Draw& /*draw*/) const override {
    return later(deferred.now, wait(deferred.attempts));
  }

  Duration lifetime() const override { return p_.lifetime; }

 private:
  Duration wait(std::int64_t attempts) const {
    if (attempts <= p_.glitch_retries) return p_.glitch_interval;
    if (attempts <= p_.glitch_retries + p_.transient_retries) return p_.transient_interval;
    return p_.retry_interval;
  }

  Params p_;
};

}  // namespace

extern const Entry exchange_server;
constinit const Entry exchange_server = entry<ExchangeServer>(
    "exchange-server", "Four retries a minute apart, six five minutes apart, then every ten.");

}  // namespace weir::retry
