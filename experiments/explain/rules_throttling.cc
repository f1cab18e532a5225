#include <array>

#include "experiments/explain/rules.h"

namespace weir::experiments {
namespace {

using enum Coverage;

constexpr std::array kThrottlingRules = std::to_array<Rule>({
    {"S4-51", "TLR", modelled,
     "IP throttling: address, volume and reputation together decide that an address is limited for "
     "a "
     "time.",
     "throttle model history-window; the time is a window."},
    {"S4-52", "R", modelled,
     "Reputation follows from what was sent before and from what recipients judged as spam.",
     "throttle model history-window: the weights, prior and evidence_half_life."},
    {"S4-53", "V", modelled,
     "It happens before the receiver's transport, so the message trace does not show it.",
     "Throttled attempts are in `weir run --sender-log` and not in `--receiver-trace`."},
    {"S4-54", "D", modelled,
     "The replies are 451 4.7.500 with \"Server busy\" or with \"Access denied\", please try again "
     "later.",
     "Replies 451 4.7.500, cause ip-throttling; history-window.in_window says which."},
    {"S4-55", "V", modelled,
     "No notice may come back: the error has to be looked up in the sender's own log.",
     "A deferral stays in the queue and gives no notice before it expires; see `weir run "
     "--sender-log`."},
    {"S4-56", "R", modelled, "By what it judges is not disclosed.",
     "Every value is a parameter with its ground, and may be a distribution over receivers: "
     "{ dist = ... }."},
    {"S4-57", "LT", modelled,
     "Only waiting ends it; how long is not disclosed, reportedly about 24 hours.",
     "history-window.window."},
    {"S4-58", "T", modelled, "It is prevented by naming the address on an inbound connector.",
     "[site.NAME.connector.NAME]."},
    {"S4-59", "T", modelled,
     "That prevents only: a connector made while the address is throttled does not end it.",
     "A window runs to its end; connector.registered and connector.propagation say when it works."},
    {"S4-60", "CL", modelled,
     "The connector is from the organization's server to Office 365, by address, and takes time to "
     "work.",
     "propagation says when it works; retain_headers may be given and changes nothing."},
    {"S4-61", "T", modelled,
     "Only a connector of the organization's own server exempts; the partner type does nothing "
     "here.",
     "connector.type."},
    {"S4-62", "O", modelled,
     "It takes a fixed address that nobody else uses: other clouds and services cannot have one.",
     "A connector that names an address of others draws their mail too (S4-71)."},
    {"S4-63", "RT", modelled,
     "Where the address is shared, the volume is raised little by little instead: warm-up.",
     "[plan.NAME]: geometric, table, flat."},
    {"S4-64", "TR", modelled,
     "The standard plan sends a thirtieth of a month's volume on each of the first 30 days.",
     "plan model flat with days = 30."},
    {"S4-65", "TR", modelled, "The bolder plan sends a fifteenth on each of the first 15 days.",
     "plan model flat with days = 15."},
    {"S4-66", "TR", modelled, "When throttling occurs, the number is to be reduced.",
     "Every plan: cut, hold, resume. The lane besides: pause."},
    {"S4-67", "R", modelled,
     "Providers keep about a month of records, so a cycle of about 30 days works.",
     "throttle model history-window keeps 30 days of history."},
    {"S4-68", "CD", modelled,
     "Inbound connectors serve to force TLS, to refuse other addresses, to relay, and to avoid "
     "throttling.",
     "[organisation.NAME.inbound.NAME]: require_tls, restrict_addresses, relaying, no throttling."},
    {"S4-69", "C", modelled,
     "The partner type serves the first two of these, the organization type the other two.",
     "inbound.type; what a type does not do is a problem that `weir check` reports."},
    {"S4-70", "C", modelled,
     "The first two go by domain or address, the other two by address or certificate.",
     "inbound.sender_domains or inbound.addresses for the partner type; inbound.addresses or "
     "inbound.certificate for the organization type."},
    {"S4-71", "O", modelled,
     "With a shared address on a tenant's connector, mail for another tenant of the same forest "
     "may "
     "be drawn in.",
     "organisation.forest and site.forest: connectors count within one forest."},
    {"S4-72", "LV", modelled,
     "It arrives in the end, but later, and shows in the first tenant's trace.",
     "`passed-on` in the first organisation's trace, `delivered` in the second's, one service of "
     "the system later."},
    {"S4-73", "C", configuration,
     "Keeping internal headers matters with an Exchange server of one's own; else they are kept "
     "anyway.",
     "inbound.retain_headers is taken and changes nothing that is simulated."},
    {"S4-74", "C", configuration,
     "An outbound connector leads from Office 365 to the organization's server or a partner.",
     "[organisation.NAME.outbound.NAME]."},
    {"S4-75", "O", modelled, "It serves to route to another server, or to force TLS.",
     "outbound: smart_hosts, or use_mx with tls = \"forced\"."},
    {"S4-76", "OL", modelled,
     "A shared domain has its MX at Office 365, which passes the rest on to the other server.",
     "organisation.internal_relay with elsewhere, the share of mailboxes on the other server, and "
     "an outbound connector for the domain."},
    {"S4-77", "DO", modelled,
     "An authoritative domain bounces unknown addresses; to pass them on it must be of type "
     "internal relay.",
     "organisation.authoritative or internal_relay; elsewhere; source.unknown."},
    {"S4-78", "O", modelled,
     "A transport rule can send only the mail that matches it to a connector.",
     "A rule with action = \"route\" and connector; outbound: only_by_rule."},
    {"S4-79", "C", configuration,
     "Validating a connector informs only: one that fails is used all the same.",
     "outbound: validated changes nothing that is simulated."},
    {"S4-80", "OT", modelled,
     "Several smart hosts on one connector are used in turn, without priorities.",
     "outbound: smart_hosts with order, turn and start."},
    {"S4-81", "OL", modelled, "If the one whose turn it is does not answer, the next is tried.",
     "outbound: connect_timeout before the next host, and dead_for."},
    {"S4-82", "D", modelled,
     "If it answers with a permanent error, no other is tried and the message bounces.",
     "A 5xx ends the attempt and bounces the message, at whichever host; only 4xx has on_4xx."},
    {"S4-83", "O", modelled,
     "Of several connectors for one domain, the first by name is the one that was seen to be used.",
     "The closest scope first, then the lowest name; system.connector_choice."},
    {"S4-84", "DC", modelled,
     "TLS is demanded when the box for it is ticked, and otherwise used when offered.",
     "outbound: tls; site.tls of the host. Without it mail is deferred with 451 5.7.3."},
    {"S4-85", "O", modelled,
     "A connector may hold for certain domains only; its host is a name or an address.",
     "outbound: domains; smart_hosts names sites, which stand for names and addresses alike."},
    {"S4-86", "OD", modelled,
     "Direct send: any server outside may deliver to a mailbox, but not relay through to others.",
     "Mail that no connector takes is accepted for the organisations' domains only; else 550 "
     "5.7.64."},
    {"S4-87", "O", modelled,
     "Mail from Gmail to a mailbox in Exchange Online is direct send as well.",
     "As S4-86: a source, its address, and the site that the domain's mx names."},
    {"S4-88", "O", modelled,
     "If the domain's MX is elsewhere, the sender must name the Exchange Online host itself.",
     "source.site names the host; without it mail goes to the domain's mx."},
    {"S4-89", "C", configuration, "Direct send takes neither a licence nor a setting.",
     "Nothing to set: it works without a connector and without address.authenticated_as."},
    {"S4-90", "D", modelled,
     "It takes port 25, optionally TLS, and the host that the domain's MX names.",
     "domain.mx, address.tls and site.tls; other ports than 25 are for clients that log in "
     "(S1-04)."},
});
static_assert(kThrottlingRules.size() == 40);

}  // namespace

std::span<const Rule> throttling_rules() { return kThrottlingRules; }

}  // namespace weir::experiments
