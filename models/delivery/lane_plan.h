#pragma once
/// Which lanes a configuration makes: one for each (address, hop) that some source, some system or
/// the notices may use, whichever pools the address is in.

#include <map>
#include <span>
#include <vector>

#include "models/delivery/config.h"

namespace weir {

struct LanePlan {
  struct Route {
    std::uint32_t address = 0;
    std::uint32_t hop = 0;
    std::uint32_t pool = 0;  // the first that uses it; its settings hold
  };
  std::vector<Route> lanes;

  /// The lanes from the addresses of a pool to a hop, in the order of the pool.
  struct Group {
    std::uint32_t pool = 0;
    std::uint32_t hop = 0;
    std::size_t begin = 0;  // in members
    std::size_t size = 0;
  };
  std::vector<Group> groups;

  /// The index of such a group. REQUIRES: it was planned.
  std::uint32_t group_of(std::uint32_t pool, std::uint32_t hop) const {
    return group_at.at({pool, hop});
  }
  std::span<const std::uint32_t> of(std::uint32_t group) const {
    return std::span(members).subspan(groups[group].begin, groups[group].size);
  }

  std::vector<std::uint32_t> members;  // of all groups
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> group_at;
};

LanePlan plan_lanes(const WorldConfig& config);

}  // namespace weir
