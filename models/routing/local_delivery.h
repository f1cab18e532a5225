#pragma once
/// Local delivery: whether a server hands mail over inside itself, past DNS (S0-02).
///
/// Organisations that name the same server share one; others do with a given chance, where the
/// system says so (S0-10; rules.md 1.6, 8). Then neither MX nor what stands in front is asked
/// (S0-11), and a domain that has moved away is still found here (S0-03).

#include <functional>

#include "models/routing/network.h"
#include "sim/random.h"

namespace weir::routing {

/// The name of a pair of organisations, for draws; the same in either order.
constexpr std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
  return a < b ? static_cast<std::uint64_t>(a) << 32 | b : static_cast<std::uint64_t>(b) << 32 | a;
}

/// Whether two organisations of one system share a server; `draw` is keyed by pair_key().
bool share_server(const Network& network, std::uint32_t a, std::uint32_t b, Draw& draw);

/// Who shares a server with whom, settled for a run.
class Servers {
 public:
  /// `draw_of` gives the draw of a pair.
  Servers(const Network& network, const std::function<Draw(std::uint64_t)>& draw_of);

  bool share(std::uint32_t a, std::uint32_t b) const { return a == b || shared_[a][b]; }

 private:
  std::vector<std::vector<bool>> shared_;
};

struct LocalDelivery {
  std::uint32_t organisation = kNone;  // that takes it; kNone: mail goes by DNS (S0-01)
  bool stale = false;                  // the domain has moved away: the wrong place (S0-03)
  bool bypasses = false;               // its MX leads elsewhere, to a filter in front (S0-11)
};

/// Where mail of `organisation` for the domain is delivered inside.
LocalDelivery deliver_locally(const Network& network, const Servers& servers,
                              std::uint32_t organisation, std::uint32_t domain);

}  // namespace weir::routing
