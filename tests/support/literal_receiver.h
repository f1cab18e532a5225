#pragma once
/// The nominal receiver told literally: it keeps a list of what it accepted and counts it anew for
/// each decision. Slow, and nothing but the words of docs/models/history-window.md.

#include <cstdint>
#include <vector>

#include "models/throttle/policy.h"

namespace weir::testing {

struct LiteralRule {
  double probation = 9000.0;
  double growth = 3.0;
  double half_life_days = 1.5;
  double hour_share = 0.25;
  double group_factor = 20.0;
  Duration window{24h};
  bool trickles = false;
  Duration trickle_interval{1min};
  bool deletes = false;
  std::size_t listing_windows = 3;
  Duration listing_span{168h};
  Duration listing{48h};
  double evidence_half_life_days = 10.0;
};

class LiteralReceiver {
 public:
  LiteralReceiver(const LiteralRule& rule, const std::vector<throttle::AddressInfo>& addresses);

  throttle::Verdict admit(const throttle::Attempt& attempt);
  void accepted(const throttle::Attempt& attempt, std::uint32_t recipients);
  void judged(SimTime now, std::uint32_t address, const throttle::Evidence& evidence);

  throttle::AddressState state(std::uint32_t address, SimTime now);
  std::size_t windows(std::uint32_t address) const { return addresses_[address].windows; }
  double reputation(std::uint32_t address, SimTime now) const;

 private:
  struct Mail {
    std::int64_t hour, recipients;
  };
  struct Sign {
    std::int64_t hour;
    double recipients, badness;
  };
  struct Memory {
    std::vector<Mail> mail;
    std::vector<Sign> signs;
    std::int64_t origin = 0;         // the hour from which days are counted
    std::vector<SimTime> deletions;  // still to come
  };
  struct Address {
    std::size_t memory = 0, subnet = 0, domain = 0;
    std::vector<SimTime> openings;  // since the last delisting
    std::size_t windows = 0;
    bool throttled = false, listed = false;
    SimTime until{}, slot{};
  };

  void settle(SimTime now);
  bool allows(const Memory& memory, SimTime now, std::int64_t more, double factor) const;
  double baseline(const Memory& memory, std::int64_t hour) const;
  Sign faded(const Memory& memory, std::int64_t hour) const;
  double reputation(const Memory& memory, std::int64_t hour) const;
  void open(Address& address, SimTime now);
  throttle::Verdict refuse(const Address& address) const;

  LiteralRule rule_;
  std::vector<double> fading_;
  std::vector<Address> addresses_;
  std::vector<Memory> memories_;
};

}  // namespace weir::testing
