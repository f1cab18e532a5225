#pragma once
/// What a hop remembers: whose turn it is, and which hosts did not answer.
///
/// next() both begins an attempt, which passes the turn on, and goes on within it after a host gave
/// no answer (S4-81) or, where the hop says so, a 4xx. Nothing of an attempt is kept here but what
/// the caller hands back: the last host and how far the attempt has come.

#include <algorithm>
#include <cstdint>
#include <optional>

#include "models/routing/hop.h"
#include "sim/check.h"
#include "sim/prefetch.h"
#include "sim/random.h"

namespace weir::routing {

class HopState {
 public:
  static constexpr std::uint32_t kNone = 0xffff'ffff;

  /// A host to ask, and how many hosts the attempt has gone through with it: those that were
  /// passed over because they are taken for dead count too.
  struct Choice {
    std::uint32_t site = 0;
    std::uint8_t passed = 0;

    friend bool operator==(const Choice&, const Choice&) = default;
  };

  /// REQUIRES: from 1 to 255 hosts in all, each named once.
  explicit HopState(Hop hop);

  /// The host to ask after `before`, which was chosen as the `passed`th; kNone begins an attempt.
  /// Nothing when there is none left. `draw`, one with the same key throughout an attempt, is used
  /// for a random order, and at the very first choice for a random start.
  std::optional<Choice> next(std::uint32_t before, std::uint8_t passed, SimTime now, Draw& draw) {
    if (hosts_.size() > 1) return next_of_many(before, passed, now, draw);
    if (before != kNone || hosts_.front().dead_until > now) return std::nullopt;
    return Choice{.site = hosts_.front().site, .passed = 1};
  }

  /// The site did not answer: it is left out for the hop's `dead_for`.
  void no_answer(std::uint32_t site, SimTime now);

  /// The site answered: whatever was thought of it, it lives.
  void answered(std::uint32_t site) { dead_until(site) = SimTime{}; }

  /// When the next host that is taken for dead is tried again; kNever when none is.
  SimTime revival(SimTime now) const;

  /// An attempt is to come; after the hop itself was fetched.
  void fetch_hosts() const { prefetch(hosts_.data()); }

  const HopManner& manner() const { return hop_.manner; }
  std::size_t hosts() const { return hosts_.size(); }

 private:
  /// A place in the order of one attempt.
  struct Step {
    std::size_t group = 0;
    std::size_t begin = 0;  // of the round in this group
    std::size_t step = 0;   // from there
    std::size_t passed = 1;
  };

  std::optional<Choice> next_of_many(std::uint32_t before, std::uint8_t passed, SimTime now,
                                     Draw& draw);
  Step begin_attempt(Draw& draw);
  std::uint64_t seed_of(Draw& draw) const;
  std::uint32_t site_at(const Step& at, std::uint64_t seed) const;
  Step after(Step at) const;
  std::optional<Step> living(Step at, std::uint64_t seed, SimTime now) const;
  Step step_of(std::uint32_t site, std::uint8_t passed) const;
  SimTime& dead_until(std::uint32_t site) {
    const auto found = std::find_if(hosts_.begin(), hosts_.end(),
                                    [site](const Host& host) { return host.site == site; });
    WEIR_CHECK(found != hosts_.end(), "the site is a host of the hop");
    return found->dead_until;
  }
  bool is_dead(std::uint32_t site, SimTime now) const;

  struct Host {
    std::uint32_t site;
    SimTime dead_until;
  };

  Hop hop_;
  std::vector<Host> hosts_;
  std::size_t turn_ = 0;  // of the first group
  bool begun_ = false;
};

}  // namespace weir::routing
