/// Postfix: a message waits as long again as it is old, between two bounds, and then for the next
/// scan of the deferred queue.
///
/// The wait follows from the age and not from a count of attempts, so an attempt that came late
/// does not shorten it. All messages of a sender share the scans, which is why retries come in
/// bursts. Postfix reckons in whole seconds, and a scan takes up what is due within the second
/// after it: all 4,448 retries of a real log were at the scan that this says (tests/real/).
/// Reproduces 300, 600, 1200, 2400, 4800, 9000 s, then every 4200 s; 24 retries in the
/// first 24 h, 106 in 5 d (tests/models/retry/postfix_test.cc).
///
/// Source: Postfix 3.12, src/qmgr/qmgr_active.c (qmgr_active_feed: st_mtime > time() + 1) and
/// src/global/mail_params.h.
/// Left out: dead destinations (a lane's concern), and the last attempt that Postfix makes when it
/// finds a message beyond its lifetime.

#include <algorithm>

#include "models/retry/schedule.h"
#include "models/retry/waits.h"

namespace weir::retry {
namespace {

class Postfix final : public Schedule {
 public:
  struct Params {
    Duration minimal_backoff = 300s;
    Duration maximal_backoff = 4000s;
    Duration queue_run_delay = 300s;
    Duration scan_phase = 0s;
    Duration lifetime = 120h;

    static void describe(auto field) {
      constexpr Source kSource{"Postfix 3.12, src/global/mail_params.h"};
      field("minimal_backoff", &Params::minimal_backoff,
            "Shortest wait of a message after a deferral (minimal_backoff_time).", kWaits, kSource);
      field("maximal_backoff", &Params::maximal_backoff,
            "Longest wait of a message after a deferral (maximal_backoff_time).", kWaits, kSource);
      field("queue_run_delay", &Params::queue_run_delay,
            "Time between two scans of the deferred queue (queue_run_delay).", kWaits, kSource);
      field(
          "scan_phase", &Params::scan_phase,
          "Offset of the scans from whole multiples of queue_run_delay since the start of the run.",
          Bounds<Duration>{0s, 8'760h},
          Source{"assumption: the queue manager starts with the run"});
      field("lifetime", &Params::lifetime,
            "Age at which a message is returned as undeliverable (maximal_queue_lifetime).",
            kLifetimes, kSource);
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.minimal_backoff > p.maximal_backoff)
        at.report("minimal_backoff", "is longer than maximal_backoff, " +
                                         to_text(p.maximal_backoff) + ": lower it, or raise that");
    }
  };

  explicit Postfix(const Params& p) : p_(p) {}

  SimTime next_attempt(const Deferred& deferred, Draw& /*draw*/) const override {
    const SimTime now = std::chrono::floor<std::chrono::seconds>(deferred.now);
    const Duration age = now - std::chrono::floor<std::chrono::seconds>(deferred.queued);
    const Duration wait = std::clamp(age, p_.minimal_backoff, p_.maximal_backoff);
    return scan_from(std::max(later(now, wait - kAhead), later(deferred.now, Duration{1})));
  }

  Duration lifetime() const override { return p_.lifetime; }

 private:
  static constexpr Duration kAhead = 1s;

  SimTime scan_from(SimTime due) const {
    const Duration phase = p_.scan_phase % p_.queue_run_delay;
    const Duration since_scan = (due.time_since_epoch() - phase) % p_.queue_run_delay;
    if (since_scan == Duration::zero()) return due;
    if (since_scan < Duration::zero()) return due - since_scan;
    return later(due, p_.queue_run_delay - since_scan);
  }

  Params p_;
};

}  // namespace

extern const Entry postfix;
constinit const Entry postfix =
    entry<Postfix>("postfix", "Waits as long again as the message is old, then for a queue scan.");

}  // namespace weir::retry
