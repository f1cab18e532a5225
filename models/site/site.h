#pragma once
/// A receiving system: connection, then throttle, then delivery with its acceptance time.
///
/// A site has any number of named throttle policies; the first that refuses decides, and what all
/// let pass is counted by all. An inbound connector of the organization type that was in force
/// before a window opened keeps its addresses from being throttled (S4-58, S4-59); one of the
/// partner type has no effect on throttling (S4-61).

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "models/routing/inbound_connector.h"
#include "models/site/outage.h"
#include "models/throttle/policy.h"
#include "sim/params.h"
#include "sim/prefetch.h"

namespace weir {

enum class ReplyTimes : std::uint8_t { fixed, exponential };

constexpr std::array<EnumWord<ReplyTimes>, 2> words_of(ReplyTimes) {
  return {{{ReplyTimes::fixed, "fixed"}, {ReplyTimes::exponential, "exponential"}}};
}

/// What a site is for: mail from other systems, or that of its own users' clients.
enum class FrontDoor : std::uint8_t { transfer, submission };

constexpr std::array<EnumWord<FrontDoor>, 2> words_of(FrontDoor) {
  return {{{FrontDoor::transfer, "transfer"}, {FrontDoor::submission, "submission"}}};
}

struct SiteParams {
  FrontDoor front = FrontDoor::transfer;
  bool tls = true;
  Duration envelope_time{50ms};
  Duration acceptance_time{200ms};
  ReplyTimes reply_times = ReplyTimes::fixed;
  Probability transient;

  static void describe(auto field) {
    field("front", &SiteParams::front,
          "Whether other systems transfer mail to it, or clients submit it: what is refused there "
          "is refused at submission, and nobody bounces it.",
          Source{"S1-03; S3-01"});
    field("tls", &SiteParams::tls, "Whether it offers TLS.", Source{"S4-90: optional"});
    field("envelope_time", &SiteParams::envelope_time,
          "Time from the recipient command to the site's answer (mean).", Bounds<Duration>{0s, 1h},
          Source{"assumption: a fraction of a round trip and a lookup"});
    field("acceptance_time", &SiteParams::acceptance_time,
          "Time from the end of the data to the site's answer (mean).", Bounds<Duration>{0s, 1h},
          Source{"assumption: scanning before the reply"});
    field("reply_times", &SiteParams::reply_times,
          "Whether both times are constant or exponentially distributed.", Source{"assumption"});
    field("transient", &SiteParams::transient,
          "Share of attempts that are deferred with 452 4.3.1 for want of resources.",
          Source{"facts 2.2, back pressure; off unless measured"});
  }
};

using routing::ConnectorType;

/// An inbound connector of whatever organisation: only what it does about throttling.
struct ConnectorParams {
  ConnectorType type = ConnectorType::organization;
  std::vector<std::string> addresses;
  Duration registered{0s};
  Duration propagation{1h};

  static void describe(auto field) { routing::describe_connector<ConnectorParams>(field); }
};

struct Connector {
  ConnectorParams params;
  std::vector<std::uint32_t> addresses;  // indices in the scenario

  bool exempts(std::uint32_t address, SimTime now) const;
};

struct NamedPolicy {
  std::string name;
  std::unique_ptr<throttle::Policy> policy;
};

class Site {
 public:
  static constexpr std::uint32_t kNoSystem = 0xffff'ffff;

  Site(std::string name, const SiteParams& params, std::vector<NamedPolicy> policies,
       std::vector<Connector> connectors)
      : name_(std::move(name)),
        params_(params),
        policies_(std::move(policies)),
        connectors_(std::move(connectors)) {}

  /// What else it has: outages, and the system behind it.
  void set_outages(std::vector<Outage> outages) { outages_ = std::move(outages); }
  void set_system(std::uint32_t system) { system_ = system; }
  std::uint32_t system() const { return system_; }

  /// What a connection that is begun now meets.
  Contact contact(SimTime now) const;

  /// Told once, before anything else.
  void prepare(std::span<const throttle::AddressInfo> addresses, const Calendar& calendar = {});

  throttle::Verdict connect(SimTime now, std::uint32_t address);
  void disconnected(SimTime now, std::uint32_t address);

  /// Decides one attempt, of whose recipients `unknown` do not exist, and which may turn out to be
  /// exempt. When all policies let it pass, they count the recipients that do; a message without
  /// any is rejected.
  throttle::Verdict admit(throttle::Attempt& attempt, std::uint32_t unknown, Draw& throttle_draw,
                          Draw& transient_draw);

  void judged(SimTime now, std::uint32_t address, const throttle::Evidence& evidence);

  /// Mail of others by the same address, as a count: how much of it all policies let pass.
  std::uint32_t background(SimTime now, std::uint32_t address, std::uint32_t recipients);

  void wake(SimTime now);

  /// When wake() is wanted next, or kNever.
  SimTime next_wake() const { return next_wake_; }

  /// How the address stands, by all policies that keep a standing together.
  std::optional<throttle::Standing> standing(std::uint32_t address, SimTime now) const;

  /// An attempt of `address` is to come. Has what it will meet on its way, in three steps: each
  /// reads what the one before it has asked for.
  void fetch_list() const {
    if (!policies_.empty()) prefetch_all(policies_.front());
  }
  void fetch_policies() const {
    constexpr std::size_t kRead = 128;  // bytes of a policy that an attempt reads: its first
    for (const NamedPolicy& named : policies_) prefetch(named.policy.get(), kRead);
  }
  void fetch(std::uint32_t address) const {
    for (const NamedPolicy& named : policies_) named.policy->fetch(address);
  }

  const std::vector<NamedPolicy>& policies() const { return policies_; }
  const std::vector<Connector>& connectors() const { return connectors_; }
  const std::string& name() const { return name_; }
  const SiteParams& params() const { return params_; }

 private:
  const Outage* outage(SimTime now) const;
  void note_wake(const throttle::Verdict& verdict) {
    next_wake_ = std::min(next_wake_, verdict.wake_at);
  }

  std::string name_;
  SiteParams params_;
  std::vector<NamedPolicy> policies_;
  std::vector<Connector> connectors_;
  std::vector<Outage> outages_;
  std::uint32_t system_ = kNoSystem;
  SimTime next_wake_ = kNever;
};

}  // namespace weir
