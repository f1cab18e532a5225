#pragma once
/// Attribution: whose mail a receiving system takes an envelope for, by its inbound connectors.
///
/// A certificate is looked at first, then the address (S2-07). The connectors of all organisations
/// on the system are candidates (S2-09), but for those of another forest than that of the servers
/// that receive (S4-71). By certificate: the configured name is itself a domain of the connector's
/// organisation (S2-10), or else the sender's or the recipient's domain is (S2-11). By address:
/// only the latter (S2-16), the sender's first; where that leaves the recipient's and there are
/// several recipient domains, the envelope is refused (S2-17, S2-18). What no connector takes is
/// ordinary mail (S2-13), which a system with organisations takes for their domains only (S4-86).

#include <span>
#include <vector>

#include "models/reply.h"
#include "models/routing/network.h"

namespace weir::routing {

struct Envelope {
  std::uint32_t site = 0;
  std::uint32_t address = 0;  // that connects
  std::uint32_t sender_domain = kNone;
  std::span<const std::uint32_t> recipient_domains{};  // of one transaction; not empty
  bool tls = true;
};

struct Attribution {
  Reply refusal = Reply::accepted;
  std::uint32_t organisation = kNone;  // whose transport handles it first
  std::uint32_t connector = kNone;     // of the organisation, that decided so
  bool exempt = false;                 // from throttling (S4-58, S4-61)
  bool enhanced_filtering = false;     // judge the address before the connecting one (facts 2.3)
};

class Attributor {
 public:
  /// REQUIRES: the network outlives this and does not change.
  explicit Attributor(const Network& network);

  /// Decides one envelope. Whoever takes all domains of a session for those of the envelope gets
  /// S2-17 by session.
  Attribution attribute(const Envelope& envelope, SimTime now) const;

  /// Whether a connector of the organization type of any organisation in the forest of the
  /// receiving servers names the address: allow lists are not heard then (facts 2.3).
  bool is_on_connector(std::uint32_t address, std::uint32_t site, std::uint32_t recipient_domain,
                       SimTime now) const;

  /// Whether the site's servers and the organisation are in different forests (facts 2.3).
  bool is_other_forest(std::uint32_t site, std::uint32_t organisation) const;

 private:
  /// A connector of the organization type that knows the address.
  struct Candidate {
    std::uint32_t organisation;
    std::uint32_t connector;
    bool names_own_domain;  // by certificate only
  };
  struct Candidates {
    std::vector<Candidate> by_certificate, by_address;
  };
  struct Door {
    std::uint32_t system;
    std::string_view forest;  // empty: any
  };

  void add_candidates(std::uint32_t address, std::uint32_t organisation, std::uint32_t connector);
  Door door_of(const Envelope& envelope) const;
  bool counts(const Candidate& candidate, const Door& door, SimTime now) const;
  const Candidate* with_domain(const std::vector<Candidate>& candidates, std::uint32_t domain,
                               const Door& door, SimTime now) const;
  const Candidate* by_certificate(const Envelope& envelope, const Door& door, SimTime now) const;
  Attribution taken(const Candidate& candidate) const;
  Attribution ordinary(const Envelope& envelope, const Door& door, SimTime now) const;
  void demand(const Envelope& envelope, SimTime now, Attribution& attribution) const;

  const Network& network_;
  std::vector<Candidates> of_address_;
};

}  // namespace weir::routing
