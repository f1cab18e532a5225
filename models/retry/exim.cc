/// Exim's default rule F,2h,15m; G,16h,1h,1.5; F,4d,6h: a fixed interval, a growing one, a fixed
/// one again, by the age of the message.
///
/// Exim multiplies the interval that it finds in its retry database. We have no such record: the
/// interval is the one that the undisturbed timetable has at that age, which is the same for
/// attempts made on time. The factor is kept in thousandths, as in Exim, so that sums are exact.
///
/// Source: Exim 4.9x, the default configuration file and src/retry.c.
/// Left out: that retry times belong to a host and are shared by its messages, the retries that
/// wait for a queue runner, and retry_interval_max (24 h).

#include <cmath>

#include "models/retry/schedule.h"
#include "models/retry/waits.h"

namespace weir::retry {
namespace {

class Exim final : public Schedule {
 public:
  struct Params {
    Duration first_until = 2h;
    Duration first_interval = 15min;
    Duration growth_until = 16h;
    Duration growth_interval = 1h;
    double growth_factor = 1.5;
    Duration last_interval = 6h;
    Duration lifetime = 96h;

    static void describe(auto field) {
      constexpr Source kSource{"Exim 4.9x, default configuration: F,2h,15m; G,16h,1h,1.5; F,4d,6h"};
      field("first_until", &Params::first_until, "Age up to which first_interval holds.",
            kLifetimes, kSource);
      field("first_interval", &Params::first_interval, "Wait of a young message.", kIntervals,
            kSource);
      field("growth_until", &Params::growth_until, "Age up to which the wait grows.", kLifetimes,
            kSource);
      field("growth_interval", &Params::growth_interval, "First of the growing waits.", kIntervals,
            kSource);
      field("growth_factor", &Params::growth_factor, "Ratio of a growing wait to the one before.",
            Bounds<double>{1.0, 100.0}, kSource);
      field("last_interval", &Params::last_interval, "Wait of an old message.", kIntervals,
            kSource);
      field("lifetime", &Params::lifetime, "Age at which a message is returned as undeliverable.",
            kLifetimes, kSource);
    }

   private:
    // A minute at least, so that the growing waits up to any age are soon counted.
    static constexpr Bounds<Duration> kIntervals{1min, kWaits.high};
  };

  explicit Exim(const Params& p) : p_(p), thousandths_(std::llround(p.growth_factor * 1000.0)) {}

  SimTime next_attempt(const Deferred& deferred, Draw& /*draw*/) const override {
    return later(deferred.now, wait(deferred.now - deferred.queued));
  }

  Duration lifetime() const override { return p_.lifetime; }

 private:
  Duration wait(Duration age) const {
    if (age < p_.first_until) return p_.first_interval;
    if (age < p_.growth_until) return growing_wait(age);
    return p_.last_interval;
  }

  Duration growing_wait(Duration age) const {
    const auto first_retries = (p_.first_until + p_.first_interval - 1ns) / p_.first_interval;
    Duration wait = p_.growth_interval;
    for (Duration end = first_retries * p_.first_interval + wait; end <= age; end += wait)
      wait = wait * thousandths_ / 1000;
    return wait;
  }

  Params p_;
  std::int64_t thousandths_;
};

}  // namespace

extern const Entry exim;
constinit const Entry exim =
    entry<Exim>("exim", "Every quarter of an hour, then ever longer waits, then every six hours.");

}  // namespace weir::retry
