#pragma once
/// All ceilings of a scenario, beside what is asked of them.

#include "experiments/capacity/capacity.h"
#include "experiments/capacity/demand.h"
#include "experiments/capacity/setting_names.h"

namespace weir::experiments {

/// A ceiling and the place that it is at, for the network.
struct Ceiling {
  enum class At : std::uint8_t { plan, lane, party, site, system, group };

  At at = At::lane;
  std::uint32_t index = 0;  // of the lane, site, system; of a plan its source
  std::uint32_t other =
      0;  // of a party its site, then `index` is the address; of a plan the address
  Bottleneck shown;
};

/// Messages of each source that come by a place, a second.
using PassingMail = std::map<std::uint32_t, double>;

std::vector<Ceiling> find_ceilings(const WorldConfig& config, const SettingNames& names,
                                   const Walk& walk, const std::vector<SourceLoad>& loads,
                                   const Demands& demands);

/// "new -> eo": the address and the site or hop that a lane leads to.
std::string lane_name(const WorldConfig& config, const Walk::LaneEnds& lane);

/// How much mail comes by: what walked, scaled to what sources submit and plans let go.
double mail_per_second(const std::map<std::uint32_t, std::uint64_t>& walked, const Walk& walk,
                       const Demands& demands);

}  // namespace weir::experiments
