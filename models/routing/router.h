#pragma once
/// Routing inside a system: where mail that it has goes next.
///
/// In this order: the connector that a transport rule names (S4-78); the mailbox, or a bounce, when
/// the domain is the organisation's own (S4-77); the connector whose scope fits best (S4-85);
/// another organisation on the same server (S0-02); the domain's mail exchangers (S0-01). A system
/// without organisations has its routes for connectors and no mailboxes.

#include <functional>
#include <map>
#include <vector>

#include "models/reply.h"
#include "models/routing/local_delivery.h"
#include "models/routing/network.h"

namespace weir::routing {

/// Whether the recipient has a mailbox here, as far as the organisation knows.
enum class Mailbox : std::uint8_t { here, missing };

/// Mail in the hands of a system, as far as routing asks.
struct Leg {
  std::uint32_t system = 0;
  std::uint32_t organisation = kNone;  // whose transport has it
  std::uint32_t domain = kNone;        // of the recipient
  Mailbox mailbox = Mailbox::here;
  std::uint32_t connector = kNone;  // that a rule names
};

enum class Way : std::uint8_t {
  mailbox,  // delivered by this organisation
  inside,   // handed to Route::organisation on the same server
  hop,      // sent on to Route::hop
  fail,     // returned to the sender with Route::reply
};

struct Route {
  Way way = Way::fail;
  Reply reply = Reply::accepted;
  std::uint32_t organisation = kNone;
  std::uint32_t connector = kNone;  // that it takes
  std::uint32_t hop = kNone;        // index of Router::hops()
  bool stale = false;               // delivered where the domain no longer is (S0-03)
  bool bypasses = false;            // past what its MX leads to (S0-11)
};

struct NamedHop {
  std::string name;  // the first that leads there: "contoso/A", "MX of a.example"
  Hop hop;
};

class Router {
 public:
  using DrawOfPair = std::function<Draw(std::uint64_t)>;

  /// Works every choice out beforehand. `draw_of` gives the draw of a pair of organisations, see
  /// pair_key(). REQUIRES: the network outlives this and does not change.
  Router(const Network& network, const DrawOfPair& draw_of);

  Route route(const Leg& leg) const;

  /// The connectors of the organisation, or the routes of a system without any.
  static const std::vector<OutboundConnector>& connectors(const Network& network,
                                                          std::uint32_t system,
                                                          std::uint32_t organisation);

  /// All hops there are, each once.
  const std::vector<NamedHop>& hops() const { return hops_; }
  const Servers& servers() const { return servers_; }

 private:
  /// What is decided for an organisation or a system; by domain, or by connector and domain.
  struct Table {
    std::vector<std::uint32_t> chosen;  // connector
    std::vector<LocalDelivery> local;
    std::vector<std::vector<std::uint32_t>> hops;  // of each connector; one for all, or by domain
  };

  std::uint32_t number_of(std::string name, Hop hop);
  std::uint32_t mx_hop(std::uint32_t domain, const HopManner& manner);
  Table table_of(const std::string& owner, std::uint32_t organisation,
                 const std::vector<OutboundConnector>& connectors, ConnectorChoice choice);
  const Table& table(const Leg& leg) const;
  Route by_connector(const Leg& leg, std::uint32_t connector) const;
  Route by_mx(const Leg& leg) const;

  const Network& network_;
  Servers servers_;
  std::vector<NamedHop> hops_;
  std::map<Hop, std::uint32_t> numbers_;
  std::vector<Table> of_organisation_, of_system_;
  std::vector<std::vector<std::uint32_t>> mx_hops_;  // by system and domain
};

}  // namespace weir::routing
