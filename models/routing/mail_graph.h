#pragma once
/// The ways that mail can take, as a plain graph: from its sources over sites, systems and
/// organisations to mailboxes, or back to the sender.
///
/// Each arc names the domains whose mail may pass it, so that the graph of one domain is the arcs
/// that name it. All inbound connectors count as if they were in effect.

#include <span>
#include <string>
#include <vector>

#include "models/routing/attribution.h"
#include "models/routing/router.h"

namespace weir::routing {

/// Mail of one source.
struct Flow {
  /// Some of it: for a domain, which may be kNone, by the sender's own system to these sites.
  struct Part {
    std::uint32_t domain = kNone;
    std::vector<std::vector<std::uint32_t>> sites{};  // as in a hop; of mail that starts at a pool
  };

  std::string name;
  std::uint32_t sender_domain = kNone;
  std::vector<std::uint32_t> addresses{};  // that send it
  std::uint32_t system = kNone;            // where it begins, if inside one
  std::uint32_t organisation = kNone;
  std::vector<Part> parts{};
};

/// What the graph asks for that is no part of the network.
struct Surroundings {
  std::vector<bool> submission_sites{};                      // by site: clients log in there
  std::vector<std::vector<std::uint32_t>> system_addresses;  // by system, that it sends by
};

enum class Place : std::uint8_t { source, site, system, organisation, mailboxes, returned };

struct PlaceNode {
  Place place = Place::site;
  std::uint32_t index = 0;  // of the site, system, organisation or domain; kNone: no certain one
  std::string name{};
  bool begins = false;  // mail starts here
  bool ends = false;    // mail is delivered or returned here
};

/// Why mail goes from one place to another.
enum class Passage : std::uint8_t {
  submits,    // by the sender's own system
  door,       // the site is a door of the system
  attracts,   // an inbound connector draws it to its organisation (S2-03)
  inside,     // to another organisation without leaving the system (S0-02, S2-04)
  mx,         // where DNS says
  connector,  // by an outbound connector or route
  delivers,
  misplaces,  // delivers where the domain no longer is (S0-03)
  returns,    // to the sender
};

constexpr std::array<EnumWord<Passage>, 9> words_of(Passage) {
  return {{{Passage::submits, "submits"},
           {Passage::door, "door"},
           {Passage::attracts, "attracts"},
           {Passage::inside, "inside"},
           {Passage::mx, "mx"},
           {Passage::connector, "connector"},
           {Passage::delivers, "delivers"},
           {Passage::misplaces, "misplaces"},
           {Passage::returns, "returns"}}};
}

struct PassageArc {
  std::uint32_t from = 0, to = 0;  // nodes
  Passage passage = Passage::mx;
  std::string why{};                     // the connector's name, the preference, the reply
  bool backup = false;                   // only when all hosts before do not answer
  bool strays = false;                   // mail for addresses without a mailbox here (S4-77)
  bool bypasses = false;                 // past what the MX leads to (S0-11)
  std::vector<std::uint32_t> domains{};  // ascending
};

struct MailGraph {
  std::vector<PlaceNode> nodes;
  std::vector<PassageArc> arcs;
};

MailGraph mail_graph(const Network& network, const Router& router, const Attributor& attributor,
                     const Surroundings& surroundings, std::span<const Flow> flows);

}  // namespace weir::routing
