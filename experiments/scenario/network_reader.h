#pragma once
/// The reader of [domain.NAME], [organisation.NAME] with its connectors, and [system.NAME.route].

#include "models/routing/network.h"
#include "sim/setting.h"

namespace weir::experiments {

/// The tables inside [organisation.NAME] that others read.
inline constexpr std::string_view kOrganisationTables[] = {"filter", "rule", "group", "user_limits",
                                                           "tenant_limits"};

/// Completes `network`, whose sites, addresses and systems are there already by name, sites with
/// their system. Every value with its effect goes to `effective`. Keys of a system's table that are
/// none of routing's are left to whoever reads the rest of it.
void read_network(const Setting& root, routing::Network& network, Problems& problems,
                  Setting& effective);

/// The keys of [system.NAME] that read_network() reads.
std::vector<std::string> routing_keys();

}  // namespace weir::experiments
