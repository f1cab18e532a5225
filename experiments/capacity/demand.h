#pragma once
/// What a scenario's mail asks of each place on its way, from the traffic equations.
///
/// Rates are per second and means over the horizon. What a plan holds beyond the horizon asks for
/// nothing. Retries after a site's own transient deferrals and notices about bounces come back as
/// traffic; deferrals by throttles do not: they are what a ceiling makes, not what the mail asks.

#include <map>
#include <string>
#include <vector>

#include "experiments/capacity/load.h"
#include "experiments/capacity/walk.h"

namespace weir::experiments {

/// What the mail of one source asks, and what the notices about it do.
struct Ask {
  double mail = 0.0;
  double notices = 0.0;

  double all() const { return mail + notices; }
};

/// By source.
using Asks = std::map<std::uint32_t, Ask>;

double sum_of(const Asks& asks);
double mail_of(const Asks& asks);

/// What is asked of a lane, or of a site by one address or by all.
struct Demand {
  Asks attempts;     // a second
  Asks accepted;     // messages a second
  Asks recipients;   // accepted, a second
  Asks connections;  // busy, in the mean, those being opened included
  Asks sessions;     // of these the site knows so many: those that are open
  Asks connects;     // connections opened a second, each used to the full

  void add(const Demand& other);
};

struct PairedParty {
  std::uint32_t address = 0;
  std::uint32_t site = 0;

  friend auto operator<=>(const PairedParty&, const PairedParty&) = default;
};

struct Demands {
  std::vector<double> submitted;  // messages a second, by source
  std::vector<Profile> released;  // what plans let go, by source
  std::vector<double> let_go;     // the share of what is submitted that does so in time, by source
  std::map<std::uint32_t, Demand> lanes;
  std::map<PairedParty, Demand> parties;
  std::map<std::uint32_t, Demand> sites;
  std::map<std::uint32_t, Asks> systems;  // messages worked on a second
  double spectral_radius = 0.0;           // of the traffic equations
  std::string refusal;                    // why they have no answer; empty when they have
};

/// `config` is the scenario's own; its loads and its walk.
Demands find_demands(const WorldConfig& config, const std::vector<SourceLoad>& loads,
                     const Walk& walk);

/// How many attempts a message may make on a lane before it expires, at least 1.
std::uint32_t attempts_in_lifetime(const retry::Schedule& schedule);

}  // namespace weir::experiments
