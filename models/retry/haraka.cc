/// Haraka: waits that double from about a minute, twelve of them, then the message bounces.
///
/// There is no lifetime: the thirteenth failure ends the message, 72.8 h after the first if every
/// attempt is made on time.
///
/// Source: Haraka 3.1.6, outbound/hmail.js: 2^(i + 5) s for i = 1 to 12.

#include "models/retry/schedule.h"
#include "models/retry/waits.h"

namespace weir::retry {
namespace {

class Haraka final : public Schedule {
 public:
  struct Params {
    Duration first_wait = 64s;
    std::int64_t retries = 12;

    static void describe(auto field) {
      constexpr Source kSource{"Haraka 3.1.6, outbound/hmail.js"};
      field("first_wait", &Params::first_wait, "Wait after the first deferral; it doubles.", kWaits,
            kSource);
      field("retries", &Params::retries, "How many retries are made before the message bounces.",
            Bounds<std::int64_t>{0, 30}, kSource);
    }
  };

  explicit Haraka(const Params& p) : p_(p) {}

  SimTime next_attempt(const Deferred& deferred, Draw& /*draw*/) const override {
    if (deferred.attempts > p_.retries) return kNever;
    return later(deferred.now, doubled(p_.first_wait, deferred.attempts - 1));
  }

  Duration lifetime() const override { return kUnlimited; }

 private:
  Params p_;
};

}  // namespace

extern const Entry haraka;
constinit const Entry haraka =
    entry<Haraka>("haraka", "Waits that double from 64 s, twelve times, then a bounce.");

}  // namespace weir::retry
