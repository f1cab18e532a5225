#pragma once
/// What all mail systems of a scenario have before them: the network, the rules of organisations,
/// and the numbers of hops and destinations. Built once; changed by nobody.

#include <map>
#include <memory>
#include <optional>

#include "models/filter/chain.h"
#include "models/group/group.h"
#include "models/routing/attribution.h"
#include "models/routing/router.h"
#include "models/system/send_limits.h"
#include "models/system/transport.h"

namespace weir::system {

/// What an organisation adds to its place in the network.
struct OrganisationRules {
  std::optional<filter::Chain> filters;  // nothing: its mail passes none
  std::vector<group::Group> groups;
  SendLimitParams limits;
};

/// The pools that a system sends by.
struct Pools {
  std::uint32_t normal = 0;
  std::uint32_t high_risk = 0;  // as normal where there is none
  std::uint32_t relay = 0;      // as normal where there is none
};

struct Landscape {
  Calendar calendar;
  routing::Network network;
  std::optional<routing::Router> router;
  std::optional<routing::Attributor> attributor;
  std::vector<std::uint32_t> hop_numbers;  // in the world, of the router's hops
  std::vector<OrganisationRules> organisations;
  std::vector<Pools> pools;           // by system
  std::vector<bool> submission_site;  // by site
  std::vector<bool> high_risk;        // by address: in the high-risk pool of some system
  std::vector<bool> tls;              // by address
  std::vector<Destination> destinations;

  /// The destination that is the domain alone; `elsewhere`: its mailboxes on another system.
  /// REQUIRES: there is one.
  std::uint32_t destination_of(std::uint32_t domain, bool elsewhere = false) const {
    return single_destinations.at({domain, elsewhere});
  }
  std::map<std::pair<std::uint32_t, bool>, std::uint32_t> single_destinations;
};

}  // namespace weir::system
