#include <array>

#include "experiments/explain/rules.h"

namespace weir::experiments {
namespace {

using enum Coverage;

constexpr std::array kDeliveryRules = std::to_array<Rule>({
    {"S0-01", "OL", modelled,
     "A server that relays asks DNS for the MX of the recipient's domain and delivers to that "
     "host.",
     "[domain.NAME] mx and a: where mail of a system goes that no connector takes, and mail of a "
     "source without a site."},
    {"S0-02", "OL", modelled,
     "When the recipient's domain lives on the same server, mail is handed over inside it, without "
     "DNS.",
     "organisation.server: organisations of one server hand mail over inside; the trace says "
     "passed-on."},
    {"S0-03", "OD", modelled,
     "A server that still lists a domain which has moved away goes on delivering its mail locally, "
     "to the wrong place.",
     "organisation.stale; the trace marks such mail misplaced, and results count it."},
    {"S0-04", "O", modelled,
     "Every domain in Office 365 has an MX name of its own, yet the names of two tenants led to "
     "the same IP addresses.",
     "domain.mx names a site, and those of many domains may name the same; its system tells "
     "organisations apart by the recipient's domain."},
    {"S0-05", "OL", modelled,
     "A filter may stand in front: the public MX is the filter's, which passes mail on to Office "
     "365 by a fixed route.",
     "The filter is a system with a site that domain.mx names and a [system.NAME.route.NAME] to "
     "the organisation's site."},
    {"S0-06", "O", modelled, "Outgoing mail goes from client to Office 365 to the recipient's MX.",
     "source.system: mail begins inside and leaves by an address of the system's pool."},
    {"S0-07", "OL", modelled,
     "Mail from outside passes the filter in front first: one hop and one scan more.",
     "The filter's own servers and service_time, and a lane to it and one from it."},
    {"S0-08", "OL", modelled,
     "Between two tenants of Office 365 the MX was seen to be used, so the recipient's filter in "
     "front was passed too.",
     "Organisations of different servers send to each other by MX, as to anybody."},
    {"S0-09", "O", modelled, "Whether Office 365 always asks for the MX in that case is not known.",
     "system.colocation = \"probability\" with colocation_share; by default only "
     "organisation.server decides."},
    {"S0-10", "O", modelled,
     "What decides is whether both tenants share a server: theirs did not, by the IP addresses "
     "that sent.",
     "organisation.server; see S0-09 for servers that are not known."},
    {"S0-11", "OLD", modelled,
     "Tenants that do share a server may deliver locally, past the filter in front.",
     "Local delivery as in S0-02; the trace marks what went past the filter filter-bypassed."},
    {"S0-12", "OV", modelled,
     "A design should expect local delivery: mail that went past the filter has to be counted.",
     "The remark filter-bypassed in the trace, and filter_bypassed of each organisation in "
     "results."},
    {"S1-01", "O", modelled,
     "An application hands mail to an SMTP server, which sends it to people inside and outside.",
     "A source, the site of the relay's system, and its routes to systems inside and outside."},
    {"S1-02", "OT", modelled,
     "Without a server of one's own, all mail has to leave through Exchange Online.",
     "All routes of the relay lead to Exchange Online's submission site, whose limits then bound "
     "all mail (client-submission)."},
    {"S1-03", "D", modelled,
     "Client submission wants a user with a mailbox, port 587, TLS and the mailbox's server name.",
     "Throttle client-submission at a site with front = \"submission\"; of the client: "
     "authenticated_as, mailbox, tls, port."},
    {"S1-04", "D", modelled,
     "Submission uses port 587 and a mailbox user's credentials, not port 25.",
     "client-submission: ports; address.port and address.authenticated_as of the client."},
    {"S1-05", "OLT", modelled,
     "Programs that know only port 25 without credentials need a relay between; others go direct.",
     "A system without organisations between the two: its own address logs in, its clients need "
     "not."},
    {"S1-06", "DC", configuration,
     "The relay's account must be a cloud account, not a federated one.",
     "A federated account cannot log in: address.mailbox = false, which client-submission refuses "
     "with 535 5.7.3."},
    {"S1-07", "OC", configuration, "The host to relay to is shown in each user's own settings.",
     "smart_hosts of a route name the site; each sender may have its own."},
    {"S1-08", "OD", modelled,
     "IIS SMTP takes remote domains such as *.com but not *; a domain that matches none is not "
     "sent to the smart host.",
     "pattern_style = \"iis\" of a route refuses such patterns when the scenario is checked; what "
     "no route takes goes by MX."},
    {"S1-09", "OC", configuration,
     "Each remote domain must allow relaying and name Exchange Online as its smart host.",
     "A route stands for a remote domain: domains, smart_hosts, enabled."},
    {"S1-10", "DC", configuration, "The relay logs in with basic authentication over TLS.",
     "address.authenticated_as and address.tls of the relay; client-submission refuses it without "
     "them."},
    {"S1-11", "DC", configuration, "The relay's outgoing port is set to 587.",
     "address.port of the relay; client-submission refuses other ports than its own."},
    {"S1-12", "C", configuration,
     "Setting outbound security for the whole virtual server again is probably unnecessary.",
     "Nothing to set: an address has one way to log in, whatever it sends."},
    {"S1-13", "D", modelled,
     "A sender address other than the logged-in user's is refused with 550 5.7.1.",
     "address.sends_as and address.may_send_as; client-submission answers 550 5.7.1."},
    {"S1-14", "DR", modelled,
     "A server that sends but is no MX of its domain is refused by receivers that check this by "
     "reverse DNS.",
     "address.reverse = false, and throttle no-reverse-dns at the receiver."},
    {"S1-15", "O", modelled,
     "So both stand in the MX list: Exchange Online first, the sending server with lower priority.",
     "The preferences of domain.mx: the lowest is asked first."},
    {"S1-16", "OD", modelled,
     "The price: while Exchange Online cannot be reached, mail from outside may come to that "
     "server.",
     "[site.NAME.outage.NAME]: mail goes to the site of the next preference while none of the "
     "first answers."},
    {"S2-01", "TLR", modelled,
     "A sudden rise of the volume from one address makes Exchange Online limit what it takes from "
     "it.",
     "throttle model history-window: growth, hour_share, window."},
    {"S2-02", "TL", modelled,
     "A connector from the organization's own mail server is how a legitimate server avoids that.",
     "[organisation.NAME.inbound.NAME] of type \"organization\"; without organisations, "
     "[site.NAME.connector.NAME]."},
    {"S2-03", "O", modelled, "Such a connector draws the server's mail to the tenant that owns it.",
     "The connector's organisation handles the mail first: `passed-on` or `sent` in its trace."},
    {"S2-04", "OLV", modelled,
     "Mail for other tenants also passes the connector's tenant first and is then relayed: one "
     "more "
     "hop.",
     "The mail passes the system's servers and the organisation's filters once more, then goes on "
     "to the recipients' organisation; `weir run --receiver-trace` shows both."},
    {"S2-05", "C", configuration, "That detour is intended.",
     "weir does it whenever a connector draws mail; nothing is to be set."},
    {"S2-06", "DO", modelled,
     "The connector's tenant applies its transport rules on the way, so one of them can stop mail "
     "for "
     "others.",
     "[organisation.NAME.rule.NAME] of the connector's organisation, such as recipient = "
     "\"unregistered\" with action = \"reject\"."},
    {"S2-07", "O", modelled,
     "A server is recognised by the name in its certificate or by its IP address.",
     "inbound.certificate against address.certificate; inbound.addresses. A certificate is looked "
     "at first."},
    {"S2-08", "D", modelled,
     "The certificate is recommended; by IP address relaying may be refused.",
     "By address alone, mail for elsewhere is refused with 550 5.7.64 when the sender's domain is "
     "not the organisation's."},
    {"S2-09", "O", modelled,
     "By certificate, step 1: connectors of all tenants whose certificate name matches are "
     "candidates.",
     "The connectors of all organisations on the system, or of those in the forest of the site."},
    {"S2-10", "O", modelled,
     "Step 2: the connector's name must be a domain of its tenant; a wildcard covers subdomains.",
     "inbound.certificate against the organisation's accepted domains; \"*.name\" stands for the "
     "name and all below it."},
    {"S2-11", "O", modelled,
     "Step 3, if that fails: the sender's or the recipient's domain must belong to the tenant.",
     "source.from and source.to against the accepted domains of the connector's organisation."},
    {"S2-12", "O", modelled, "If a step passes, the message goes to the connector's tenant.",
     "The connector's organisation sends it on: by its connectors, by MX, or to a neighbour."},
    {"S2-13", "OT", modelled,
     "If both fail the connector is not used, and its exemption from throttling is lost.",
     "It is then ordinary mail, taken for the system's own domains only, and throttled as such."},
    {"S2-14", "C", configuration,
     "The certificate's name should be the organization's main mail domain.",
     "address.certificate and inbound.certificate say what the names are; weir follows S2-10 "
     "whatever they are."},
    {"S2-15", "O", modelled,
     "When certificate, connector and tenant name the same domain, foreign senders and recipients "
     "pass too.",
     "As S2-10: the sender and the recipient are not looked at then."},
    {"S2-16", "O", modelled,
     "By IP address only one thing is checked: the sender's or the recipient's domain is the "
     "tenant's.",
     "inbound.addresses, with source.from and source.to against the accepted domains."},
    {"S2-17", "D", modelled,
     "By IP address with a foreign sender, recipients of several domains cannot be attributed: the "
     "relay is refused.",
     "source.together = true sends one envelope for several domains: 550 5.7.64, cause "
     "relay-denied. By transaction, not by session."},
    {"S2-18", "D", modelled, "That holds even when all these domains are of the same tenant.",
     "As S2-17."},
    {"S2-19", "D", modelled,
     "The example: one sender at contoso.com, recipients at adatum.com and at fabrikam.com.",
     "Vector V3 of the tests."},
    {"S2-20", "D", modelled,
     "The text of the refusal is not given; a published list has 5.7.64 for it.",
     "Reply 550 5.7.64, \"TenantAttribution; Relay Access Denied\"."},
    {"S3-01", "OL", modelled,
     "A mail program submits, servers transfer, and the last one stores into the mailbox.",
     "A client's lane to a site with front = \"submission\", a system that transfers, and the "
     "organisation that delivers."},
    {"S3-02", "C", configuration,
     "Mail is sent by SMTP and read by IMAP or POP3, each with or without TLS.",
     "Sending is simulated (address.tls, site.tls); reading a mailbox puts no load on delivery and "
     "is not."},
    {"S3-03", "C", configuration, "Outlook is a mail program; Exchange transfers and stores.",
     "A mail program is an address that submits; a server is a system."},
    {"S3-04", "DR", modelled,
     "Large receivers demand that senders authenticate, usually at least by SPF.",
     "[organisation.NAME.filter] spf_fail_levels: how heavily a receiver takes a failed check."},
    {"S3-05", "C", configuration,
     "The SPF record stands in the DNS of the sender's domain and lists its addresses.",
     "[domain.NAME] spf names the addresses, spf_all what is said of others; checked when the "
     "scenario is read."},
    {"S3-06", "D", modelled,
     "The receiver compares the connecting address with those of the envelope sender's domain.",
     "domain.spf of the envelope sender against the address that connects, not one before it."},
    {"S3-07", "DR", modelled, "If it is not among them, the sender is taken for forged.",
     "[organisation.NAME.filter] spf_fail_levels raises the spam level; the verdict counts against "
     "the address."},
    {"S3-08", "R", modelled,
     "SPF says nothing about a legitimate server that is abused: reputation is a thing apart.",
     "Reputation rests on complaints, traps, unknown recipients and spam verdicts alone (throttle "
     "history-window); passing SPF adds nothing."},
});
static_assert(kDeliveryRules.size() == 56);

}  // namespace

std::span<const Rule> delivery_rules() { return kDeliveryRules; }

}  // namespace weir::experiments
