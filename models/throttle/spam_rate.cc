/// Spam rate: a receiver that limits bulk senders by the share of recipients who report spam.
///
/// A sender domain becomes a bulk sender when it reaches so many recipients in 24 hours, and stays
/// one. Bulk senders are told to keep the rate of reports below 0.10 % and never to let it reach
/// 0.30 %. What happens in between and above is not said; here an address of such a domain is held
/// to one rate an hour in between and to a lower one above. Others are not judged.
///
/// Source: Google's guidelines for senders, facts 3.2; the reply `421 4.7.28`.
/// Left out: authentication, and that reports count by day and by the address that a user reads.

#include <algorithm>
#include <map>

#include "models/throttle/faded_evidence.h"
#include "models/throttle/history.h"
#include "models/throttle/voice.h"

namespace weir::throttle {
namespace {

class SpamRate final : public Policy {
 public:
  struct Params {
    Rate<Recipient> bulk{5'000, 24h};
    Probability keep_below{0.001};
    Probability never_reach{0.003};
    Rate<Recipient> warned{1'000, 1h};
    Rate<Recipient> limited{100, 1h};
    double least_recipients = 1000.0;
    Duration half_life{48h};
    Voice voice = Voice::gmail;

    static void describe(auto field) {
      field("bulk", &Params::bulk,
            "Recipients in 24 hours above which a domain is a bulk sender, from then on.",
            Source{"facts 3.2: 5,000 a day"});
      field("keep_below", &Params::keep_below,
            "Share of recipients who report spam up to which nothing happens.",
            Source{"facts 3.2: 0.10 %"});
      field("never_reach", &Params::never_reach,
            "Share from which on the lower of the two limits holds.", Source{"facts 3.2: 0.30 %"});
      describe_limits(field);
    }

    static void describe_limits(auto& field) {
      const Source undisclosed{"assumption: facts 3.2 gives the thresholds, not what follows"};
      field("warned", &Params::warned, "What an address may send between the two.", undisclosed);
      field("limited", &Params::limited, "What it may send from `never_reach` on.", undisclosed);
      field("least_recipients", &Params::least_recipients,
            "Recipients, faded, that it takes to judge a rate.", Bounds<double>{1.0, 1e9},
            Source{"assumption: 0.1 % of fewer is less than one report"});
      field("half_life", &Params::half_life, "Time in which reports fade by half.",
            Bounds<Duration>{1h, 8760h}, Source{"assumption: rates are shown by day"});
      field("voice", &Params::voice, kVoiceWords, Source{kVoiceSource});
    }

    static void check(const Params& p, const ParamsPlace& at) {
      if (p.never_reach < p.keep_below) at.report("never_reach", "must not be below keep_below");
    }
  };

  explicit SpamRate(const Params& p) : params_(p) {}

  void prepare(std::span<const AddressInfo> addresses) override {
    std::map<std::uint32_t, std::uint32_t> known;
    for (const AddressInfo& info : addresses) {
      const auto next = static_cast<std::uint32_t>(known.size());
      const std::uint32_t domain = known.try_emplace(info.domain, next).first->second;
      addresses_.push_back({.domain = domain});
    }
    domains_.resize(known.size());
  }

  Verdict admit(const Attempt& attempt, Draw&) override {
    Address& a = addresses_[attempt.address];
    const std::int64_t hour = hour_of(attempt.now);
    if (hour != a.hour) {
      a.hour = hour;
      a.count = 0;
    }
    const auto limit = limit_of(domains_[a.domain], hour);
    if (!limit || a.count == 0 || a.count + attempt.recipients <= limit->in(1h)) return {};
    return {.reply = over_rate(params_.voice), .retry_at = SimTime{(hour + 1) * 1h}};
  }

  void accepted(const Attempt& attempt, std::uint32_t recipients) override {
    Address& a = addresses_[attempt.address];
    a.count += recipients;
    Domain& domain = domains_[a.domain];
    domain.history.roll_to(hour_of(attempt.now));
    domain.history.add(recipients);
    if (static_cast<double>(domain.history.volume()) > params_.bulk.in(24h)) domain.bulk = true;
  }

  void judged(SimTime now, std::uint32_t address, const Evidence& evidence) override {
    domains_[addresses_[address].domain].evidence.add(hour_of(now), evidence, params_.half_life);
  }

  std::optional<Standing> standing(std::uint32_t address, SimTime now) const override {
    Domain domain = domains_[addresses_[address].domain];
    if (domain.history.empty()) return Standing{.state = AddressState::fresh};
    const bool limited = limit_of(domain, hour_of(now)).has_value();
    return Standing{.state = limited ? AddressState::throttled : AddressState::known};
  }

 private:
  struct Address {
    std::uint32_t domain = 0;
    std::int64_t hour = -1;
    double count = 0.0;  // recipients accepted in that hour
  };
  struct Domain {
    History history;
    FadedEvidence evidence;
    bool bulk = false;
  };

  std::optional<Rate<Recipient>> limit_of(Domain& domain, std::int64_t hour) const {
    domain.evidence.fade_to(hour, params_.half_life);
    if (!domain.bulk || domain.evidence.recipients < params_.least_recipients) return std::nullopt;
    const double rate = domain.evidence.share_of(domain.evidence.complaints);
    if (rate >= params_.never_reach.value) return params_.limited;
    if (rate >= params_.keep_below.value) return params_.warned;
    return std::nullopt;
  }

  Params params_;
  std::vector<Address> addresses_;
  std::vector<Domain> domains_;
};

}  // namespace

extern const Entry spam_rate;
constinit const Entry spam_rate = entry<SpamRate>(
    "spam-rate", "Limits bulk senders by the share of recipients who report spam (Gmail).");

}  // namespace weir::throttle
