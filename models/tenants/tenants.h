#pragma once
/// Other tenants: the mail that strangers send by shared addresses, as counts by the hour.
///
/// No message of theirs is simulated. For each address and hour there is a number of recipients;
/// the site says how many it takes (throttle::Policy::background), and what became of those goes
/// into its reputation. Their own spam, and that of the simulated sources, is then felt by all who
/// share the addresses. With a high-risk pool, spam leaves by other addresses (S4-38 to S4-40).
/// Shares are kept exactly in the long run: what an hour rounds off, a later one gets.
/// Card: docs/models/other-tenants.md.

#include <vector>

#include "models/filter/spam_level.h"
#include "models/throttle/policy.h"
#include "sim/params.h"

namespace weir::tenants {

struct TenantsParams {
  std::string pool;
  std::optional<std::string> high_risk_pool;
  std::string site;
  Rate<Recipient> rate{1'000'000, 24h};
  std::vector<double> hours{2.7, 2.0, 1.6, 1.3, 1.2, 1.6, 2.4, 3.6, 4.8, 5.4, 5.6, 5.6,
                            5.6, 5.6, 5.6, 5.6, 5.6, 5.6, 5.6, 5.2, 5.0, 4.8, 4.4, 3.6};
  std::vector<double> days{98.3, 99.7, 101.6, 100.5, 99.9, 89.9, 87.4};
  Duration past{720h};
  Probability spam;
  Probability missed;
  Probability unknown{0.002};
  Probability complaints{0.0002};
  Probability spam_unknown{0.1};
  Probability spam_traps{0.001};

  static void describe(auto field) {
    describe_traffic(field);
    describe_signs(field);
  }

  static void describe_traffic(auto& field) {
    field("pool", &TenantsParams::pool, "The pool that they share.");
    field("high_risk_pool", &TenantsParams::high_risk_pool,
          "The pool that their spam is sent by; \"none\": by the same as all else.",
          Source{"S4-38"});
    field("site", &TenantsParams::site, "The receiving site.");
    field("rate", &TenantsParams::rate, "Recipients that they send to, by all addresses together.");
    field("hours", &TenantsParams::hours, "24 weights, the first for the hour from midnight.",
          Source{"assumption: as source model profile, facts 5.4"});
    field("days", &TenantsParams::days, "Seven weights, Monday first.",
          Source{"tzink, MSDN 2006-11-09 (facts 5.4)"});
    field("past", &TenantsParams::past,
          "How long before the run they have been sending the same; the site has let it pass.",
          Bounds<Duration>{0h, 8760h}, Source{"assumption: as long as providers remember, S4-67"});
  }

  static void describe_signs(auto& field) {
    field("spam", &TenantsParams::spam, "Share of it that filters take for spam.");
    field("missed", &TenantsParams::missed,
          "Share of the spam that the outbound filter lets pass as clean.",
          Source{"assumption: as sharp as the receivers'"});
    field("unknown", &TenantsParams::unknown, "Share of clean mail to recipients not there.",
          Source{"assumption: kept lists; facts 3.2 has 5 % as too much"});
    field("complaints", &TenantsParams::complaints,
          "Share of clean mail in inboxes that is reported as spam.",
          Source{"assumption: well below the 0.1 % of facts 3.2"});
    field("spam_unknown", &TenantsParams::spam_unknown, "Share of spam to recipients not there.",
          Source{"assumption: bought lists"});
    field("spam_traps", &TenantsParams::spam_traps, "Share of spam that hits spam traps.",
          Source{"assumption: bought lists"});
  }

  static void check(const TenantsParams& p, const ParamsPlace& at);
};

/// Recipients of an hour at one address.
struct Load {
  std::uint32_t clean = 0;
  std::uint32_t spam = 0;

  std::uint32_t total() const { return clean + spam; }
};

/// What became of the clean mail of all; spam of theirs that a receiver junks is nobody's loss.
struct Totals {
  std::uint64_t offered = 0;
  std::uint64_t refused = 0;
  std::uint64_t junked = 0;
  std::uint64_t unknown = 0;

  std::uint64_t delivered() const { return offered - refused - junked - unknown; }

  /// Of what went to recipients who exist; 1 when there was none.
  double delivered_share() const {
    const std::uint64_t wanted = offered - unknown;
    return wanted == 0 ? 1.0 : static_cast<double>(delivered()) / static_cast<double>(wanted);
  }
};

class Tenants {
 public:
  /// `addresses` of the pool and `high_risk_addresses` of the other, none when there is none; both
  /// are indices of the scenario. `receiver`: the spam filter of the site's users.
  Tenants(const TenantsParams& params, const std::vector<std::uint32_t>& addresses,
          const std::vector<std::uint32_t>& high_risk_addresses, const Calendar& calendar,
          const filter::FilterParams& receiver = {});

  /// The addresses that their mail comes from: first those of the pool, then the high-risk ones.
  std::size_t size() const { return streams_.size(); }
  std::uint32_t address(std::size_t stream) const { return streams_[stream].address; }

  /// The first hour of their past, at or below zero.
  std::int64_t first_hour() const { return -(params_.past / 1h); }

  /// What comes from one address in an hour of simulated time, which may be before the run.
  Load load(std::size_t stream, std::int64_t hour) const;

  /// The evidence of what the site took of a load. `reputation`: of the address there, or NaN.
  throttle::Evidence taken(std::size_t stream, const Load& load, std::uint32_t accepted,
                           double reputation);

  /// Since the last call of start_counting().
  const Totals& totals() const { return totals_; }
  void start_counting() { totals_ = {}; }

 private:
  /// Turns real numbers into counts: what is left over waits for the next time.
  class Remainder {
   public:
    std::uint32_t whole(double more);

   private:
    double left_ = 0.0;
  };
  struct Stream {
    std::uint32_t address = 0;
    bool high_risk = false;
    Remainder unknown{}, spam_unknown{}, junked{}, spam_junked{}, traps{}, complaints{};
  };

  double volume_before(std::int64_t hour) const;
  std::uint32_t of_hour(std::int64_t hour, double share) const;

  TenantsParams params_;
  filter::FilterParams receiver_;
  std::vector<Stream> streams_;
  std::size_t normal_ = 0;  // how many streams are of the pool
  Totals totals_;
  std::vector<double> before_;  // recipients of a week before each of its hours, and all of them
};

}  // namespace weir::tenants
