#pragma once
/// What KumoMTA's automation rules have done to one lane, and for how long.

#include <memory>

#include "models/control/kumo_rule.h"
#include "models/control/limit.h"

namespace weir::control {

/// Over which span a rule counts the refusals that match it.
enum class KumoSpan : std::uint8_t { period, duration };

constexpr std::array<EnumWord<KumoSpan>, 2> words_of(KumoSpan) {
  return {{{KumoSpan::period, "period"}, {KumoSpan::duration, "duration"}}};
}

/// The limit that a throttle is, none for none.
std::optional<RateLimit> limit_of(const std::optional<Throttle>& throttle);

class KumoAutomation {
 public:
  using Rules = std::vector<KumoRule>;

  KumoAutomation(std::shared_ptr<const Rules> rules, KumoSpan span);

  void refused(SimTime now, Reply reply);

  SimTime suspended_until() const { return suspended_until_; }
  SimTime bouncing_until() const { return bouncing_until_; }

  /// The value of a setting that is a count, which without a rule is `usual`.
  std::int64_t count(KumoOption option, std::int64_t usual, SimTime now) const;

  /// The same for a setting that is a rate: when it lets the next thing pass, and that one does.
  SimTime next(KumoOption option, const std::optional<RateLimit>& usual, SimTime now) const;
  void take(KumoOption option, std::optional<RateLimit>& usual, SimTime now);

 private:
  /// The last matches of a rule, as many as set it off, in a ring.
  struct Matches {
    std::vector<SimTime> instants;
    std::size_t oldest = 0;
  };

  /// What holds for a setting until `expires`: a count, or one of limits_.
  struct Override {
    SimTime expires = SimTime::min();
    std::int64_t count = 0;
    std::size_t limit = 0;
  };

  bool sets_off(const KumoRule& rule, Matches& matches, SimTime now) const;
  void act(const KumoAction& action, std::size_t limit, SimTime until);
  const Override& of(KumoOption option) const {
    return overrides_[static_cast<std::size_t>(option)];
  }

  std::shared_ptr<const Rules> rules_;
  KumoSpan span_;
  std::vector<Matches> matches_;   // of each rule
  std::vector<RateLimit> limits_;  // one for each action of each rule, in order
  std::array<Override, words_of(KumoOption{}).size()> overrides_{};
  SimTime suspended_until_ = SimTime::min();
  SimTime bouncing_until_ = SimTime::min();
};

}  // namespace weir::control
