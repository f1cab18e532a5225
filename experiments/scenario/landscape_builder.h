#pragma once
/// From a routing network to what a world runs: numbers for hops and destinations, and the systems.

#include <map>
#include <memory>

#include "models/delivery/config.h"
#include "models/system/landscape.h"

namespace weir::experiments {

/// Adds hops and destinations to a world's configuration, each once.
class LandscapeBuilder {
 public:
  /// `landscape`: with its network and all lists by site, address, system and organisation.
  /// REQUIRES: the world's sites are complete.
  LandscapeBuilder(std::shared_ptr<system::Landscape> landscape, WorldConfig& world)
      : landscape_(std::move(landscape)), world_(world) {}

  /// The destination of these domains, or of a group of one. REQUIRES: at least one domain.
  std::uint32_t destination(system::Destination destination);

  /// The hop to the mail exchangers of the domain; nothing when it cannot be resolved.
  std::optional<std::uint32_t> mail_hop(std::uint32_t domain);

  /// Settles routes and chance, numbers all hops, and gives each system its transport.
  void finish(const Chance& chance);

 private:
  std::uint32_t hop(const std::string& name, const routing::Hop& hop);
  std::vector<std::uint32_t> hops_of(std::uint32_t system) const;

  std::shared_ptr<system::Landscape> landscape_;
  WorldConfig& world_;
  std::map<system::Destination, std::uint32_t> destinations_;
  std::map<routing::Hop, std::uint32_t> hops_;
};

}  // namespace weir::experiments
