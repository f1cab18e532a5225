#pragma once
/// A receiving system: connection, then throttle, then delivery with its acceptance time.
///
/// A site has any number of named throttle policies; the first that refuses decides, and what all
/// let pass is counted by all. An inbound connector of the organization type that was in force
/// before a window opened keeps its addresses from being throttled (S4-58, S4-59); one of the
/// partner type has no effect on throttling (S4-61).

#include <memory>
#include <string>
#include <vector>

#include "models/throttle/policy.h"
#include "sim/params.h"

namespace weir {

enum class ReplyTimes : std::uint8_t { fixed, exponential };

constexpr std::array<EnumWord<ReplyTimes>, 2> words_of(ReplyTimes) {
  return {{{ReplyTimes::fixed, "fixed"}, {ReplyTimes::exponential, "exponential"}}};
}

struct SiteParams {
  Duration envelope_time{50ms};
  Duration acceptance_time{200ms};
  ReplyTimes reply_times = ReplyTimes::fixed;
  Probability transient;

  static void describe(auto field) {
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

enum class ConnectorType : std::uint8_t { organization, partner };

constexpr std::array<EnumWord<ConnectorType>, 2> words_of(ConnectorType) {
  return {{{ConnectorType::organization, "organization"}, {ConnectorType::partner, "partner"}}};
}

/// An inbound connector that names sending addresses.
struct ConnectorParams {
  ConnectorType type = ConnectorType::organization;
  std::vector<std::string> addresses;
  Duration registered{0s};
  Duration propagation{1h};

  static void describe(auto field) {
    field("type", &ConnectorParams::type,
          "Only the type of the organization's own mail server exempts from throttling.",
          Source{"S4-61"});
    field("addresses", &ConnectorParams::addresses, "Names of the sending addresses it names.");
    field("registered", &ConnectorParams::registered,
          "When it is registered, counted from the start of the run.");
    field("propagation", &ConnectorParams::propagation, "How long after that it takes effect.",
          Source{"S4-60 gives no figure; assumption: as the allow list, S4-49"});
  }
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
  Site(std::string name, const SiteParams& params, std::vector<NamedPolicy> policies,
       std::vector<Connector> connectors)
      : name_(std::move(name)),
        params_(params),
        policies_(std::move(policies)),
        connectors_(std::move(connectors)) {}

  /// Told once, before anything else.
  void prepare(std::span<const throttle::AddressInfo> addresses, const Calendar& calendar = {});

  throttle::Verdict connect(SimTime now, std::uint32_t address);
  void disconnected(SimTime now, std::uint32_t address);

  /// Decides one attempt, of whose recipients `unknown` do not exist. When all policies let it
  /// pass, they count the recipients that do; a message without any is rejected.
  throttle::Verdict admit(throttle::Attempt attempt, std::uint32_t unknown, Draw& throttle_draw,
                          Draw& transient_draw);

  void judged(SimTime now, std::uint32_t address, const throttle::Evidence& evidence);

  void wake(SimTime now);

  /// When wake() is wanted next, or kNever.
  SimTime next_wake() const { return next_wake_; }

  /// How the address stands, by the first policy that keeps a standing.
  std::optional<throttle::Standing> standing(std::uint32_t address, SimTime now) const;

  const std::string& name() const { return name_; }
  const SiteParams& params() const { return params_; }

 private:
  throttle::Verdict heard(const throttle::Verdict& verdict);

  std::string name_;
  SiteParams params_;
  std::vector<NamedPolicy> policies_;
  std::vector<Connector> connectors_;
  SimTime next_wake_ = kNever;
};

}  // namespace weir
