#pragma once
/// Networks written down in a line, for tests.

#include <initializer_list>
#include <string>

#include "analysis/flow/network.h"

namespace weir::analysis::testing {

struct Link {
  std::string from, to;
  double per_second = std::numeric_limits<double>::infinity();
};

/// Nodes are made as they are named. What begins with "s" is a source, with "t" a sink.
inline Network network_of(std::initializer_list<Link> links) {
  Network network;
  const auto node = [&](const std::string& name) {
    const std::size_t known = network.find(name);
    if (known != Network::kNone) return known;
    const Role role = name[0] == 's' ? Role::source : name[0] == 't' ? Role::sink : Role::passage;
    return network.add(Node{.name = name, .kind = "node", .role = role});
  };
  for (const Link& link : links) {
    const std::size_t from = node(link.from);
    const std::size_t to = node(link.to);
    network.add(Arc{.from = from, .to = to, .limit = {link.per_second, link.from + link.to}});
  }
  return network;
}

}  // namespace weir::analysis::testing
