#pragma once
/// Which way the mail of a scenario goes, learnt from a sample of it.
///
/// Some of the messages of each source pass through the scenario's own world, in which nothing
/// takes time and only plans limit: no throttles, no outages, no waiting. What is left are the
/// decisions: selection of an address, connectors, smart hosts, filters, groups, bounces.

#include <cstdint>
#include <map>
#include <vector>

#include "models/delivery/config.h"

namespace weir::experiments {

/// Where mail can be. `index` is that of the scenario, of a lane that of the world's lanes.
struct Spot {
  enum class Kind : std::uint8_t { source, lane, site, system, end };

  Kind kind = Kind::source;
  std::uint32_t index = 0;

  friend auto operator<=>(const Spot&, const Spot&) = default;
};

/// Mail of one source, or the notices about it: what shares the ways that it takes.
struct Traveller {
  std::uint32_t source = 0;
  bool notice = false;

  friend auto operator<=>(const Traveller&, const Traveller&) = default;
};

/// A traveller at a place that works on it: a source, a lane, a system, or the end.
struct Stop {
  Traveller who;
  Spot where;

  friend auto operator<=>(const Stop&, const Stop&) = default;
};

/// How often a lane turned to a site with the mail of one traveller.
struct Attempts {
  std::uint64_t all = 0;
  std::uint64_t accepted = 0;
};

struct Walk {
  struct LaneEnds {
    std::uint32_t address = 0;
    std::uint32_t hop = 0;
    std::uint32_t pool = 0;
  };

  std::vector<LaneEnds> lanes;
  std::vector<std::uint64_t> messages;                       // that walked, by source
  std::map<std::pair<Stop, Stop>, std::uint64_t> steps;      // from stop to stop, every one
  std::map<std::pair<Stop, std::uint32_t>, Attempts> tries;  // of a stop at a lane, by site

  /// Messages that went from place to place at least once, by source; notices left out. Here sites
  /// are places too.
  std::map<std::pair<Spot, Spot>, std::map<std::uint32_t, std::uint64_t>> passed;

  /// Messages that were at a place at least once.
  std::map<Spot, std::map<std::uint32_t, std::uint64_t>> been;
};

/// `most`: how many messages of each source walk, fewer where there are very many sources.
Walk walk(WorldConfig config, std::uint64_t most = 20'000);

}  // namespace weir::experiments
