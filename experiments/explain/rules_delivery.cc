#include <array>

#include "experiments/explain/rules.h"

namespace weir::experiments {
namespace {

using enum Coverage;

constexpr std::array kRules = std::to_array<Rule>({
    {"S0-01", "OL", partly,
     "A server that relays asks DNS for the MX of the recipient's domain and delivers to that "
     "host.",
     "A source names its site directly; neither DNS nor MX records are simulated."},
    {"S0-02", "OL", not_yet,
     "When the recipient's domain lives on the same server, mail is handed over inside it, without "
     "DNS.",
     ""},
    {"S0-03", "OD", not_yet,
     "A server that still lists a domain which has moved away goes on delivering its mail locally, "
     "to the wrong place.",
     ""},
    {"S0-04", "O", not_yet,
     "Every domain in Office 365 has an MX name of its own, yet the names of two tenants led to "
     "the "
     "same IP addresses.",
     ""},
    {"S0-05", "OL", not_yet,
     "A filter may stand in front: the public MX is the filter's, which passes mail on to Office "
     "365 "
     "by a fixed route.",
     ""},
    {"S0-06", "O", partly, "Outgoing mail goes from client to Office 365 to the recipient's MX.",
     "As one lane from an address to a site; the hop inside Office 365 is not simulated."},
    {"S0-07", "OL", not_yet,
     "Mail from outside passes the filter in front first: one hop and one scan more.", ""},
    {"S0-08", "OL", not_yet,
     "Between two tenants of Office 365 the MX was seen to be used, so the recipient's filter in "
     "front was passed too.",
     ""},
    {"S0-09", "O", not_yet, "Whether Office 365 always asks for the MX in that case is not known.",
     ""},
    {"S0-10", "O", not_yet,
     "What decides is whether both tenants share a server: theirs did not, by the IP addresses "
     "that "
     "sent.",
     ""},
    {"S0-11", "OLD", not_yet,
     "Tenants that do share a server may deliver locally, past the filter in front.", ""},
    {"S0-12", "OV", not_yet,
     "A design should expect local delivery: mail that went past the filter has to be counted.",
     ""},
    {"S1-01", "O", partly,
     "An application hands mail to an SMTP server, which sends it to people inside and outside.",
     "The server's sending side is simulated: source, lane, site. Submission to it is not."},
    {"S1-02", "OT", not_yet,
     "Without a server of one's own, all mail has to leave through Exchange Online.", ""},
    {"S1-03", "D", not_yet,
     "Client submission wants a user with a mailbox, port 587, TLS and the mailbox's server name.",
     ""},
    {"S1-04", "D", not_yet,
     "Submission uses port 587 and a mailbox user's credentials, not port 25.", ""},
    {"S1-05", "OLT", not_yet,
     "Programs that know only port 25 without credentials need a relay between; others go direct.",
     ""},
    {"S1-06", "DC", configuration,
     "The relay's account must be a cloud account, not a federated one.", ""},
    {"S1-07", "OC", configuration, "The host to relay to is shown in each user's own settings.",
     ""},
    {"S1-08", "OD", not_yet,
     "IIS SMTP takes remote domains such as *.com but not *; a domain that matches none is not "
     "sent "
     "to the smart host.",
     ""},
    {"S1-09", "OC", configuration,
     "Each remote domain must allow relaying and name Exchange Online as its smart host.", ""},
    {"S1-10", "DC", configuration, "The relay logs in with basic authentication over TLS.", ""},
    {"S1-11", "DC", configuration, "The relay's outgoing port is set to 587.", ""},
    {"S1-12", "C", configuration,
     "Setting outbound security for the whole virtual server again is probably unnecessary.", ""},
    {"S1-13", "D", not_yet,
     "A sender address other than the logged-in user's is refused with 550 5.7.1.", ""},
    {"S1-14", "DR", not_yet,
     "A server that sends but is no MX of its domain is refused by receivers that check this by "
     "reverse DNS.",
     ""},
    {"S1-15", "O", not_yet,
     "So both stand in the MX list: Exchange Online first, the sending server with lower priority.",
     ""},
    {"S1-16", "OD", not_yet,
     "The price: while Exchange Online cannot be reached, mail from outside may come to that "
     "server.",
     ""},
    {"S2-01", "TLR", modelled,
     "A sudden rise of the volume from one address makes Exchange Online limit what it takes from "
     "it.",
     "throttle model history-window: growth, hour_share, window."},
    {"S2-02", "TL", modelled,
     "A connector from the organization's own mail server is how a legitimate server avoids that.",
     "[site.NAME.connector.NAME] with type = \"organization\"."},
    {"S2-03", "O", not_yet, "Such a connector draws the server's mail to the tenant that owns it.",
     ""},
    {"S2-04", "OLV", not_yet,
     "Mail for other tenants also passes the connector's tenant first and is then relayed: one "
     "more "
     "hop.",
     ""},
    {"S2-05", "C", configuration, "That detour is intended.", ""},
    {"S2-06", "DO", not_yet,
     "The connector's tenant applies its transport rules on the way, so one of them can stop mail "
     "for "
     "others.",
     ""},
    {"S2-07", "O", partly,
     "A server is recognised by the name in its certificate or by its IP address.",
     "By address only: connector.addresses. Certificates are not simulated."},
    {"S2-08", "D", not_yet,
     "The certificate is recommended; by IP address relaying may be refused.", ""},
    {"S2-09", "O", not_yet,
     "By certificate, step 1: connectors of all tenants whose certificate name matches are "
     "candidates.",
     ""},
    {"S2-10", "O", not_yet,
     "Step 2: the connector's name must be a domain of its tenant; a wildcard covers subdomains.",
     ""},
    {"S2-11", "O", not_yet,
     "Step 3, if that fails: the sender's or the recipient's domain must belong to the tenant.",
     ""},
    {"S2-12", "O", not_yet, "If a step passes, the message goes to the connector's tenant.", ""},
    {"S2-13", "OT", not_yet,
     "If both fail the connector is not used, and its exemption from throttling is lost.", ""},
    {"S2-14", "C", configuration,
     "The certificate's name should be the organization's main mail domain.", ""},
    {"S2-15", "O", not_yet,
     "When certificate, connector and tenant name the same domain, foreign senders and recipients "
     "pass too.",
     ""},
    {"S2-16", "O", not_yet,
     "By IP address only one thing is checked: the sender's or the recipient's domain is the "
     "tenant's.",
     ""},
    {"S2-17", "D", not_yet,
     "By IP address with a foreign sender, recipients of several domains cannot be attributed: the "
     "relay is refused.",
     ""},
    {"S2-18", "D", not_yet, "That holds even when all these domains are of the same tenant.", ""},
    {"S2-19", "D", not_yet,
     "The example: one sender at contoso.com, recipients at adatum.com and at fabrikam.com.", ""},
    {"S2-20", "D", not_yet,
     "The text of the refusal is not given; a published list has 5.7.64 for it.", ""},
    {"S3-01", "OL", partly,
     "A mail program submits, servers transfer, and the last one stores into the mailbox.",
     "The transfer is simulated: [lane] is the sending server, [site.NAME] the receiving one."},
    {"S3-02", "C", configuration,
     "Mail is sent by SMTP and read by IMAP or POP3, each with or without TLS.", ""},
    {"S3-03", "C", configuration, "Outlook is a mail program; Exchange transfers and stores.", ""},
    {"S3-04", "DR", not_yet,
     "Large receivers demand that senders authenticate, usually at least by SPF.", ""},
    {"S3-05", "C", configuration,
     "The SPF record stands in the DNS of the sender's domain and lists its addresses.", ""},
    {"S3-06", "D", not_yet,
     "The receiver compares the connecting address with those of the envelope sender's domain.",
     ""},
    {"S3-07", "DR", not_yet, "If it is not among them, the sender is taken for forged.", ""},
    {"S3-08", "R", partly,
     "SPF says nothing about a legitimate server that is abused: reputation is a thing apart.",
     "Reputation rests on complaints, traps, unknown recipients and spam verdicts alone (throttle "
     "model history-window); SPF is not simulated."},
});
static_assert(kRules.size() == 56);

}  // namespace

std::span<const Rule> delivery_rules() { return kRules; }

}  // namespace weir::experiments
