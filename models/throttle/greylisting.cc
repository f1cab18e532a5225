/// Greylisting: a site that refuses what it does not know yet and accepts it when it comes again.
///
/// Real ones keep a table of (address, sender, recipient); its size would grow with the traffic.
/// Here each message stands for itself, by the instant of its first attempt, and the state is two
/// words an address: mail between parties that have met before is greylisted again, so the delay is
/// an upper bound until the address is known. After `known_after` messages an address is accepted
/// at once, until it has been silent for `forget`.
/// A first retry that comes after `retry_within` is a new first attempt to such a site; it is
/// refused once more, whatever later ones do.
///
/// Source: RFC 6647; defaults of Postgrey (its manual page).

#include "models/throttle/policy.h"

namespace weir::throttle {
namespace {

SimTime plus(SimTime t, Duration d) { return t > kNever - d ? kNever : t + d; }

class Greylisting final : public Policy {
 public:
  struct Params {
    Duration delay{5min};
    Duration retry_within{48h};
    std::int64_t known_after = 5;
    Duration forget{24h * 35};

    static void describe(auto field) {
      field("delay", &Params::delay,
            "A retry earlier than this after the first attempt is refused.",
            Bounds<Duration>{0s, 24h}, Source{"Postgrey --delay 300"});
      field("retry_within", &Params::retry_within,
            "A first retry later than this counts as a first attempt.",
            Source{"Postgrey --retry-window 2 days"});
      field("known_after", &Params::known_after,
            "Messages accepted after which an address is not greylisted; 0: always greylisted.",
            Bounds<std::int64_t>{0, 1'000'000}, Source{"Postgrey --auto-whitelist-clients 5"});
      field("forget", &Params::forget, "A known address that is silent for longer is forgotten.",
            Source{"Postgrey --max-age 35 days"});
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.retry_within < p.delay) at.report("retry_within", "must not be below 'delay'");
    }
  };

  explicit Greylisting(const Params& p) : params_(p) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    known_.assign(addresses.size(), {});
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    Known& known = known_[attempt.address];
    if (known.messages > 0 && attempt.now > plus(known.last, params_.forget)) known = {};
    if (params_.known_after > 0 && known.messages >= params_.known_after) return {};
    const SimTime due = plus(attempt.first_attempt, params_.delay);
    if (attempt.now < due) return {.reply = Reply::greylisted, .retry_at = due};
    const bool late = attempt.now > plus(attempt.first_attempt, params_.retry_within);
    if (late && attempt.number == 2)
      return {.reply = Reply::greylisted, .retry_at = plus(attempt.now, params_.delay)};
    return {};
  }

  void accepted(const Attempt& attempt, std::uint32_t) override {
    Known& known = known_[attempt.address];
    ++known.messages;
    known.last = attempt.now;
  }

 private:
  struct Known {
    std::int64_t messages = 0;  // accepted since it was last forgotten
    SimTime last{};
  };

  Params params_;
  std::vector<Known> known_;
};

}  // namespace

extern const Entry greylisting;
constinit const Entry greylisting = entry<Greylisting>(
    "greylisting", "Refuses what it does not know yet and accepts it when it comes again.");

}  // namespace weir::throttle
