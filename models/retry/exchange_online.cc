/// Exchange Online: waits that grow from minutes to one hour, for one day.
///
/// Microsoft's two descriptions differ: "the first few deferrals 15 min or less", then up to 60
/// min; and "on average every 5 minutes". The default follows the first; waits = ["5 min"] is the
/// second.
///
/// Source: Microsoft's pages on mail flow in Exchange Online Protection (2023-06-15, 2025-07-21).
/// Left out: that the waits depend on the length and the priority of the queue, undisclosed.

#include "models/retry/schedule.h"
#include "models/retry/waits.h"

namespace weir::retry {
namespace {

class ExchangeOnline final : public Schedule {
 public:
  struct Params {
    std::vector<Duration> waits{5min, 10min, 15min, 30min, 60min};
    Duration lifetime = 24h;

    static void describe(auto field) {
      field("waits", &Params::waits,
            "Waits after the first, second, ... deferral; the last is repeated.",
            Source{"assumption: within \"15 min or less\" for the first few, then at most 60 min "
                   "(Microsoft, mail flow in EOP, 2023-06-15)"});
      field("lifetime", &Params::lifetime,
            "Age at which a message is returned as undeliverable (550 4.4.7).", kLifetimes,
            Source{"Microsoft, mail flow in EOP, 2023-06-15: one day"});
    }

    static void check(const Params& p, const ParamsPlace& at) { check_waits(p.waits, "waits", at); }
  };

  explicit ExchangeOnline(Params p) : p_(std::move(p)) {}

  SimTime next_attempt(const Deferred& deferred, Draw& /*draw*/) const override {
    return later(deferred.now, wait_after(p_.waits, deferred.attempts));
  }

  Duration lifetime() const override { return p_.lifetime; }

 private:
  Params p_;
};

}  // namespace

extern const Entry exchange_online;
constinit const Entry exchange_online = entry<ExchangeOnline>(
    "exchange-online", "Waits of 5, 10, 15, 30, then 60 minutes, for one day.");

}  // namespace weir::retry
