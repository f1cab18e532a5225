/// Age limit: a receiver that lets a new address send more with each day that goes well.
///
/// The warm-up seen from the other side: whoever waits, and behaves meanwhile, may send; what was
/// sent before plays no part, so an address may also wait its way up, which history-window does
/// not allow. Age is counted in days since the first mail. A day on which too much of the mail was
/// bad does not count, and takes days back. The limit of an hour is `step` times the day of age
/// (the first day is 1) until `ramp` is over, then `full`; the limit of connections rises evenly
/// over the same time.
///
/// Bound: at most the limit of its day in each clock hour
/// (tests/models/throttle/age_limit_test.cc). Source: US 8,495,145 (limits on messages and
/// connections that rise with time and good behaviour); the numbers are those of a sending server's
/// published rule for Yahoo, facts 3.1: 50,000 x age in days / 24 an hour for 28 days, then 100,000
/// an hour, 30 to 300 connections. Left out: a limit that follows the volume of past weeks (US
/// 9,143,473): history_window.cc.

#include <algorithm>

#include "models/throttle/counted.h"
#include "models/throttle/history.h"
#include "models/throttle/voice.h"
#include "sim/check.h"

namespace weir::throttle {
namespace {

class AgeLimit final : public Policy {
 public:
  struct Params {
    Rate<Recipient> step{50'000, 24h};
    std::int64_t ramp = 28;
    Rate<Recipient> full{100'000, 1h};
    std::int64_t first_connections = 30;
    std::int64_t full_connections = 300;
    Probability bad_share{0.003};
    std::int64_t setback = 7;
    std::int64_t forget = 30;
    Counted counts = Counted::recipients;
    Voice voice = Voice::plain;

    static void describe(auto field) {
      field("step", &Params::step, "What the limit gains with each day of age.",
            Source{"facts 3.1: 50,000 x age in days / 24 an hour"});
      field("ramp", &Params::ramp, "Days of age after which the limit is the full one.",
            Bounds<std::int64_t>{0, 3650}, Source{"facts 3.1: 28 days"});
      field("full", &Params::full, "The limit from then on.", Source{"facts 3.1: 100,000/h"});
      field("first_connections", &Params::first_connections,
            "Open connections of an address on its first day.", Bounds<std::int64_t>{1, 1'000'000},
            Source{"facts 3.1: 30 to 300"});
      field("full_connections", &Params::full_connections,
            "Open connections of an address after the ramp.", Bounds<std::int64_t>{1, 1'000'000},
            Source{"facts 3.1: 30 to 300"});
      describe_behaviour(field);
      field("counts", &Params::counts, "What the limit counts.", Source{"assumption"});
      field("voice", &Params::voice, kVoiceWords, Source{kVoiceSource});
    }

    static void describe_behaviour(auto& field) {
      field("bad_share", &Params::bad_share,
            "Share of a day's recipients who complain, or are traps, above which it went badly.",
            Source{"assumption: what Gmail and Yahoo say must never be reached; facts 3.2"});
      field("setback", &Params::setback, "Days of age that a bad day takes back.",
            Bounds<std::int64_t>{0, 3650},
            Source{"assumption: a week; the patent gives no number"});
      field("forget", &Params::forget, "Days without mail after which an address is new again.",
            Bounds<std::int64_t>{1, 3650}, Source{"S4-67; facts 3.1: after 30 idle days"});
    }
  };

  explicit AgeLimit(const Params& p) : params_(p) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    addresses_.assign(addresses.size(), {});
  }

  Verdict connect(SimTime now, std::uint32_t address) override {
    Address& a = addresses_[address];
    grow(a, now);
    if (a.open >= connections(a))
      return {.reply = over_connections(params_.voice), .retry_at = now};
    ++a.open;
    return {};
  }

  void disconnected(SimTime, std::uint32_t address) override {
    WEIR_CHECK(addresses_[address].open > 0, "a connection was closed that was not open");
    --addresses_[address].open;
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    Address& a = addresses_[attempt.address];
    grow(a, attempt.now);
    const std::int64_t hour = hour_of(attempt.now);
    if (hour != a.hour) {
      a.hour = hour;
      a.count = 0;
    }
    const std::int64_t after = a.count + amount(params_.counts, attempt.recipients);
    if (a.count == 0 || after <= limit(a)) return {};
    return {.reply = over_rate(params_.voice), .retry_at = SimTime{(hour + 1) * 1h}};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    Address& a = addresses_[attempt.address];
    if (recipients == 0) return;
    if (!a.day_began) a.day_began = attempt.now;
    a.count += amount(params_.counts, recipients);
    a.today += recipients;
  }

  void judged(SimTime, std::uint32_t address, const Evidence& evidence) override {
    addresses_[address].bad += evidence.complaints + evidence.traps;
  }

  std::vector<Ceiling> ceilings() const override {
    const double last_of_ramp = params_.step.in(params_.ramp * 1h);
    const double most = std::max(params_.full.in(1h), last_of_ramp);
    return {{.parameter = "full",
             .of = unit_of(params_.counts),
             .count = most,
             .span = 1h,
             .ahead = most},
            {.parameter = "full_connections",
             .of = Ceiling::Of::connections,
             .count = static_cast<double>(
                 std::max(params_.first_connections, params_.full_connections))}};
  }

  std::optional<Standing> standing(std::uint32_t address, SimTime) const override {
    const Address& a = addresses_[address];
    return Standing{.state = a.day_began ? AddressState::known : AddressState::fresh};
  }

 private:
  struct Address {
    std::optional<SimTime> day_began;  // the present day of age; none: no mail yet
    std::int64_t age = 1;              // days that went well, this one included
    std::int64_t silent = 0;           // days since the last mail
    std::int64_t today = 0;            // recipients
    std::int64_t bad = 0;              // of these
    std::int64_t hour = -1;
    std::int64_t count = 0;  // in that hour
    std::int64_t open = 0;
  };

  /// Ends the days that are over.
  void grow(Address& a, SimTime now) const {
    while (a.day_began && now - *a.day_began >= 24h) {
      const bool went_badly =
          static_cast<double>(a.bad) > params_.bad_share.value * static_cast<double>(a.today);
      a.age = went_badly ? std::max<std::int64_t>(1, a.age - params_.setback) : a.age + 1;
      a.silent = a.today > 0 ? 0 : a.silent + 1;
      a.today = a.bad = 0;
      *a.day_began += 24h;
      if (a.silent < params_.forget) continue;
      a.day_began.reset();
      a.age = 1;
      a.silent = 0;
    }
  }

  bool is_grown(const Address& a) const { return a.age > params_.ramp; }

  std::int64_t limit(const Address& a) const {
    const double limit = is_grown(a) ? params_.full.in(1h) : params_.step.in(a.age * 1h);
    return static_cast<std::int64_t>(limit);
  }

  std::int64_t connections(const Address& a) const {
    if (is_grown(a)) return params_.full_connections;
    return params_.first_connections + (params_.full_connections - params_.first_connections) *
                                           (a.age - 1) / std::max<std::int64_t>(params_.ramp, 1);
  }

  Params params_;
  std::vector<Address> addresses_;
};

}  // namespace

extern const Entry age_limit;
constinit const Entry age_limit =
    entry<AgeLimit>("age-limit", "A limit that rises with each day of an address that goes well.");

}  // namespace weir::throttle
