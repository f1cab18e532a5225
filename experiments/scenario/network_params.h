#pragma once
/// The tables [domain.NAME] and [organisation.NAME] of a scenario.

#include <optional>
#include <string>
#include <vector>

#include "models/routing/network.h"
#include "sim/params.h"

namespace weir::experiments {

struct DomainParams {
  std::vector<std::string> mx;
  std::string a;
  std::optional<std::vector<std::string>> spf;
  routing::SpfAll spf_all = routing::SpfAll::fail;

  static void describe(auto field) {
    field("mx", &DomainParams::mx,
          "Its mail exchangers: the preference, of which the lowest is tried first, and the site, "
          "as in [\"10 filter\", \"20 on-premises\"].");
    field("a", &DomainParams::a, "The site that mail goes to when it has no MX.");
    field("spf", &DomainParams::spf,
          "Names of the addresses that its SPF record permits to send; \"none\": no record.");
    field("spf_all", &DomainParams::spf_all, "What the SPF record says of all other addresses.",
          Source{"S3-05: -all"});
  }
};

struct OrganisationParams {
  std::string system;
  std::string server;
  std::string forest;
  std::vector<std::string> authoritative;
  std::vector<std::string> internal_relay;
  std::vector<std::string> stale;
  Probability elsewhere;

  static void describe(auto field) {
    using P = OrganisationParams;
    field("system", &P::system, "The system it lives on; when empty, the only one.");
    field("server", &P::server,
          "The server it lives on: organisations of one server deliver to each other inside it "
          "(S0-02). When empty, one of its own.");
    field("forest", &P::forest,
          "The forest of that server: a connector attracts mail of its own forest only (S4-71). "
          "When empty, all of them.");
    field("authoritative", &P::authoritative,
          "Accepted domains of which it has all mailboxes: other addresses bounce (S4-77).");
    field("internal_relay", &P::internal_relay,
          "Accepted domains of which others have mailboxes too: mail for addresses that it does "
          "not know goes on (S4-77).");
    field("stale", &P::stale,
          "Domains that have moved away but still stand here: their mail is delivered to the old "
          "place by everybody on the server (S0-03).");
    field("elsewhere", &P::elsewhere,
          "Share of the mailboxes of its domains that are on another system: mail for them bounces "
          "in an authoritative domain and goes on in an internal relay domain.",
          Source{"S4-76, S4-77"});
  }
};

}  // namespace weir::experiments
