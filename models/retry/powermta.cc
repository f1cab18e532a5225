/// PowerMTA: one interval for all retries.
///
/// Source: the help texts of its directives retry-after and bounce-after, as mirrored in public.
/// Left out: backoff mode, in which a queue waits an hour after replies that match a pattern: it
/// is a state of the queue, not of a message.

#include "models/retry/schedule.h"
#include "models/retry/waits.h"

namespace weir::retry {
namespace {

class PowerMta final : public Schedule {
 public:
  struct Params {
    Duration retry_after = 10min;
    Duration lifetime = 108h;

    static void describe(auto field) {
      constexpr Source kSource{"PowerMTA directive help, as mirrored in public"};
      field("retry_after", &Params::retry_after, "Wait after each deferral (retry-after).", kWaits,
            kSource);
      field("lifetime", &Params::lifetime,
            "Age at which a message is returned as undeliverable (bounce-after).", kLifetimes,
            kSource);
    }
  };

  explicit PowerMta(const Params& p) : p_(p) {}

  SimTime next_attempt(const Deferred& deferred, Draw& /*draw*/) const override {
    return later(deferred.now, p_.retry_after);
  }

  Duration lifetime() const override { return p_.lifetime; }

 private:
  Params p_;
};

}  // namespace

extern const Entry powermta;
constinit const Entry powermta =
    entry<PowerMta>("powermta", "Every ten minutes, for four and a half days.");

}  // namespace weir::retry
