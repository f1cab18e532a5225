#pragma once
/// What breaks first: the ceilings of a scenario, each named by the setting that makes it, beside
/// what its mail asks of them. No event is run.
///
/// Means over the horizon, so a ceiling that is asked for less than it gives may still be passed
/// for hours: `busiest` says by how much. docs/capacity.md explains method and limits.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/flow/network.h"
#include "analysis/flow/queue.h"
#include "experiments/scenario/scenario.h"

namespace weir::experiments {

/// One ceiling at one place.
struct Bottleneck {
  std::string kind{};     // plan, lane, address, site or system
  std::string name{};     // of the place: "new -> eo"
  std::string setting{};  // that makes the ceiling: "lane.connection_limit"
  std::string unit{};  // of what is counted: messages, attempts, recipients; connections, servers
  double asked = 0.0;  // a second; of connections and servers: busy
  double ceiling = 0.0;
  Duration span{};             // of the ceiling as it is written; 0: nothing that comes at a rate
  double utilisation = 0.0;    // asked over ceiling; of one for new addresses, in the busiest span
  double busiest = 0.0;        // the same in the busiest hour, or span
  bool while_new = false;      // growing volume may pass it: no bound
  double mail_per_second = 0;  // messages of the sources that meet it, retries and notices left out
  double bound = 0;            // and how many of them it could let pass
  std::optional<analysis::QueueFigures> queue{};  // of lanes and systems
};

/// The most that can pass, and the settings of the smallest cut that makes it so.
struct Bound {
  double per_second = 0.0;  // messages; infinity: nothing limits them
  std::vector<std::string> settings;
};

struct Capacity {
  std::string title;
  double submitted = 0.0;               // messages a second, over the horizon
  std::vector<Bottleneck> bottlenecks;  // by utilisation, the busiest first
  Bound carried;                        // of this mail, with the ways it takes
  Bound most;                           // of any mail, however it is divided among these ways
  std::optional<double> headroom;       // how many times this mail would fill the first ceiling
  std::vector<std::string> loop;        // one way round, when mail can go round
  double spectral_radius = 0.0;         // of the traffic equations
  std::string refusal;                  // why they have no answer
  std::string verdict;                  // what breaks first, in a sentence
  analysis::Network network;            // ready to be drawn
};

/// Makes the scenario anew: it is used up three times, by reading its sources, by letting a sample
/// of its mail walk, and for its settings.
using MakeScenario = std::function<Scenario()>;

/// `root`: the scenario's tables, for the names of settings.
Capacity find_capacity(const MakeScenario& make, const Setting& root);

}  // namespace weir::experiments
