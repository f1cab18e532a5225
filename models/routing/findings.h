#pragma once
/// What in a network is not as somebody will have meant it, found before any mail moves.
///
/// A finding is a warning: the network works, and does what the finding says. Loops are found in
/// the graph of each domain by whoever has an algorithm for that.

#include <string>
#include <vector>

#include "models/routing/mail_graph.h"

namespace weir::routing {

struct Finding {
  std::string kind;  // a word or two: "shadowed connector"
  std::string path;  // in the scenario: "organisation.contoso.outbound.B"
  std::string text;

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// Mail that nobody takes: no mail exchanger, or a system that does not serve the domain.
void find_unreachable(const Network& network, const MailGraph& graph, std::vector<Finding>& found);

/// Connectors that never take anything, because another always wins.
void find_shadowed(const Network& network, std::vector<Finding>& found);

/// Mail exchangers that are doors of a system where nobody has the domain.
void find_foreign_hosts(const Network& network, std::vector<Finding>& found);

/// Connectors for an authoritative domain: its unknown addresses bounce before they get there.
void find_unused_scopes(const Network& network, std::vector<Finding>& found);

/// Delivery inside a server: to the old place, or past the filter in front.
void find_local_surprises(const Network& network, const Servers& servers,
                          std::vector<Finding>& found);

/// Inbound connectors that other organisations' mail may meet, or that need a domain's help.
void find_weak_connectors(const Network& network, std::vector<Finding>& found);

/// All of these.
std::vector<Finding> find_all(const Network& network, const Router& router, const MailGraph& graph);

}  // namespace weir::routing
