#pragma once
/// The keys of [address.NAME]: the address itself, the server behind it, and what it is like as a
/// client that submits mail.

#include <string>
#include <vector>

#include "models/throttle/policy.h"
#include "sim/params.h"

namespace weir::experiments {

struct AddressParams {
  std::string ip;
  std::string domain;
  bool reverse = true;
  bool open_relay = false;
  bool outdated = false;
  std::vector<std::string> certificate;
  std::vector<throttle::BlockList> blocked;
  std::string authenticated_as;
  bool mailbox = true;
  std::string sends_as;
  std::vector<std::string> may_send_as;
  bool tls = true;
  std::int64_t port = 25;

  static void describe(auto field) {
    field("ip", &AddressParams::ip,
          "IPv4 address; addresses of one /24 are a group to the receiver. When empty, one of its "
          "own.");
    field("domain", &AddressParams::domain,
          "Sender domain of its mail; addresses of one domain are a group to the receiver.");
    field("reverse", &AddressParams::reverse,
          "Whether reverse DNS names the server that sends from it.", Source{"S1-14"});
    field("open_relay", &AddressParams::open_relay,
          "Whether its server passes on the mail of strangers.", Source{"S4-44"});
    field("outdated", &AddressParams::outdated,
          "Whether its server is an Exchange Server that is no longer supported.",
          Source{"facts 2.3"});
    field("certificate", &AddressParams::certificate,
          "Names that the certificate of its server bears, such as \"*.contoso.com\"; connectors "
          "may know the server by them (S2-07). Empty: it presents none.");
    field("blocked", &AddressParams::blocked,
          "Block lists that it is on for reasons of its own; throttle model block-list says when.",
          Source{"S4-43"});
    describe_client(field);
  }

  static void describe_client(auto& field) {
    field("authenticated_as", &AddressParams::authenticated_as,
          "As a client that submits mail: the user it logs in as; empty: it does not.",
          Source{"S1-03"});
    field("mailbox", &AddressParams::mailbox, "As a client: whether that user has a mailbox.",
          Source{"S1-03"});
    field("sends_as", &AddressParams::sends_as,
          "As a client: the sender its mail names; empty: the user it logs in as.",
          Source{"S1-13"});
    field("may_send_as", &AddressParams::may_send_as,
          "As a client: other senders that the user may name.", Source{"S1-13"});
    field("tls", &AddressParams::tls, "As a client: whether it begins TLS.", Source{"S1-03"});
    field("port", &AddressParams::port, "As a client: the port it connects to.",
          Bounds<std::int64_t>{1, 65'535}, Source{"S1-04"});
  }
};

}  // namespace weir::experiments
