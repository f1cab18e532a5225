#include <array>

#include "experiments/explain/rules.h"

namespace weir::experiments {
namespace {

using enum Coverage;

constexpr std::array kFilteringRules = std::to_array<Rule>({
    {"S4-01", "C", configuration,
     "Groups come as distribution, security, mail-enabled security, dynamic and Office 365 groups.",
     "organisation.group.kind; what each does with mail: S4-02 to S4-08."},
    {"S4-02", "TL", modelled, "A message to a distribution group goes to all its members at once.",
     "[organisation.NAME.group.NAME]: members by domain, and groups in groups."},
    {"S4-03", "C", configuration, "Its members are changed by its owners and by administrators.",
     "A change takes effect at its instant: organisation.group.changes."},
    {"S4-04", "D", modelled, "A security group is for permissions: mail to it is not delivered.",
     "organisation.group.kind = \"security\": the message bounces."},
    {"S4-05", "T", modelled,
     "A mail-enabled security group spreads mail as a distribution group does.",
     "organisation.group.kind = \"mail-enabled-security\"."},
    {"S4-06", "C", configuration,
     "Changing one takes its owner, or an administrator with a switch for it.", "As S4-03."},
    {"S4-07", "TL", modelled,
     "A dynamic group finds its members anew for every message, so changed attributes count at the "
     "next.",
     "organisation.group.kind = \"dynamic\" with organisation.group.changes: expanded by the "
     "members of that instant."},
    {"S4-08", "TC", modelled,
     "An Office 365 group has a mailbox of its own and shows mail to its members as conversations.",
     "organisation.group.kind = \"office365\": one mailbox more than it has members; "
     "conversations are not simulated."},
    {"S4-09", "DL", modelled,
     "Incoming mail passes connection filter, malware filter, transport rules and spam filter, in "
     "this order.",
     "[organisation.NAME.filter] and [organisation.NAME.rule.NAME], always in this order."},
    {"S4-10", "D", modelled, "A transport rule acts on a condition; it is no filter.",
     "[organisation.NAME.rule.NAME]: conditions, and an action."},
    {"S4-11", "DO", modelled,
     "Outgoing mail passes the malware filter, then the outbound spam filter; transport rules "
     "apply "
     "too.",
     "The same tables; where rules stand among them: filter.outbound_rules."},
    {"S4-12", "D", modelled, "The connection filter allows or refuses by the source address.",
     "filter.allow, filter.block: names of addresses."},
    {"S4-13", "D", modelled,
     "An address on the tenant's allow list is not held against Microsoft's own block list.",
     "filter.allow, for throttle models block-list with list = \"microsoft\" and history-window. "
     "Not where a connector of the forest names the address, nor across forests (facts 2.3)."},
    {"S4-14", "D", modelled, "Mail from such an address also skips the spam filter.",
     "filter.allow: level -1."},
    {"S4-15", "D", modelled,
     "The tenant's block list refuses by server address, not by sender or domain.",
     "filter.block: reply 550 5.7.513, cause tenant-block-list."},
    {"S4-16", "V", modelled,
     "What a block list refuses does not show in the receiver's message trace.",
     "Refusals by block lists (550 5.7.606, 5.7.1, 5.7.513) are in the sender's log only: see "
     "`weir run --sender-log --receiver-trace`."},
    {"S4-17", "D", modelled, "The malware filter compares content with known patterns.",
     "source.malware is the share of mail that has some; patterns are not simulated."},
    {"S4-18", "D", modelled,
     "Mail with malware is quarantined, and only administrators can release it.",
     "filter.malware_action = \"quarantine\"; nothing is released."},
    {"S4-19", "D", modelled,
     "By default it is quarantined; the documents do not agree whether a message without the file "
     "is "
     "delivered.",
     "filter.malware_action: the whole message is kept; delivery without the file is for "
     "choice."},
    {"S4-20", "D", modelled,
     "With the default notice the infected file is replaced by a text and the message delivered.",
     "filter.malware_action = \"default-text\": delivered, marked malware-replaced in the trace."},
    {"S4-21", "D", modelled, "The same with a text of the administrator's.",
     "filter.malware_action = \"custom-text\"."},
    {"S4-22", "TC", modelled,
     "Administrators may be told of it by mail; by default nobody is, the sender included.",
     "filter.admin_notice: one mail for each."},
    {"S4-23", "D", modelled, "The malware filter can be neither switched off nor bypassed.",
     "It has no switch, and neither the allow list nor a rule comes before it on the way in."},
    {"S4-24", "D", modelled,
     "An archive with a password passes, reportedly not when the password is trivial.",
     "source.locked, filter.trivial_password."},
    {"S4-25", "D", modelled,
     "Transport rules act both ways; they may reject, or let chosen senders skip the spam filter.",
     "rule.direction, rule.action."},
    {"S4-26", "D", modelled,
     "The spam filter gives each message a level (SCL) from its content and source together.",
     "source.spam and source.high_confidence give the content; SPF, a high-risk pool "
     "and, where it is known, a poor reputation of the address raise the level: "
     "filter.spf_fail_levels, filter.high_risk_levels, filter.poor_reputation_levels."},
    {"S4-27", "D", modelled, "A level above a threshold makes the message spam.",
     "filter.spam_level."},
    {"S4-28", "D", modelled, "Levels 5 and 6 lead to the action for spam.", "filter.spam_action."},
    {"S4-29", "D", modelled, "Level 9 leads to the action for spam of high confidence.",
     "filter.high_confidence_action, from filter.high_confidence_level up: levels 7 to 9."},
    {"S4-30", "D", modelled, "By default spam is delivered to the junk folder.",
     "filter.spam_action = \"junk\"; counted as junked. Without filters: source.spam."},
    {"S4-31", "D", modelled, "Another action adds a header and delivers to the junk folder.",
     "filter.spam_action = \"header\": junked, marked header-added in the trace."},
    {"S4-32", "D", modelled,
     "Another puts words before the subject and delivers to the junk folder.",
     "filter.spam_action = \"subject\": junked, marked subject-marked in the trace."},
    {"S4-33", "DOT", modelled, "Another sends the message to a different address.",
     "filter.spam_action = \"redirect\", filter.redirect_to."},
    {"S4-34", "DV", modelled,
     "Another deletes: no delivery and no notice to the sender, only a line in the log.",
     "filter.spam_action = \"delete\": counted as deleted, and the trace has the line."},
    {"S4-35", "DT", modelled,
     "Another quarantines; users may be told by mail what is being kept for them.",
     "filter.spam_action = \"quarantine\", filter.user_notice."},
    {"S4-36", "C", configuration, "That mail to users exists with quarantine only.",
     "filter.user_notice with any other action is refused when the scenario is checked."},
    {"S4-37", "R", modelled, "Outbound spam control looks at mail that leaves and is judged spam.",
     "[organisation.NAME.filter] on mail that leaves; filter.outbound_missed."},
    {"S4-38", "OR", modelled,
     "It is not stopped: it leaves through other addresses, the pool for high-risk mail.",
     "system.high_risk_pool; also for bounce messages and for senders whose domain has neither MX "
     "nor A (facts 2.3)."},
    {"S4-39", "DR", modelled, "Receivers are likelier to take mail from that pool for spam.",
     "filter.high_risk_levels of the receivers."},
    {"S4-40", "R", modelled,
     "The purpose is to keep the risk away from the addresses that all tenants share.",
     "system.high_risk_pool; what it spares the other tenants: docs/models/other-tenants.md."},
    {"S4-41", "TD", modelled, "Users who send like spammers are forbidden to send.",
     "[organisation.NAME.user_limits], each source a user: returned with 550 5.1.8, cause "
     "restricted-user. As a front door: throttle model restricted-users."},
    {"S4-42", "D", modelled, "An administrator can release them.", "user_limits.release_after."},
    {"S4-43", "DR", modelled, "Two lists of addresses count: Microsoft's own and that of Spamhaus.",
     "throttle model block-list: list = \"microsoft\" or \"spamhaus\"; history-window has a list "
     "of Microsoft's too."},
    {"S4-44", "R", modelled,
     "What leads to a listing is not disclosed; typically repeated bulk mail or an open relay.",
     "Assumptions, each a parameter: throttle model block-list (traps, complaints, spam, bulk, "
     "open relay); history-window: listing_windows within listing_span, or a reputation below "
     "listing_reputation."},
    {"S4-45", "D", modelled,
     "Microsoft's list refuses with 550 5.7.606 and where to ask for removal.",
     "Reply 550 5.7.606, cause block-list."},
    {"S4-46", "D", modelled, "Spamhaus's list refuses with 550 5.7.1 and where to look it up.",
     "Reply 550 5.7.1, cause spamhaus, of throttle model block-list with list = \"spamhaus\"."},
    {"S4-47", "D", modelled,
     "On the tenant's allow list, an address is safe from Microsoft's list, also from later "
     "listings.",
     "filter.allow is asked at every attempt, whenever the listing began."},
    {"S4-48", "D", modelled,
     "Nothing of the kind helps against Spamhaus: the address has to be removed there.",
     "throttle model block-list with list = \"spamhaus\" does not hear of allow lists; "
     "request_after and zone say how it ends."},
    {"S4-49", "L", modelled, "A change of the allow list takes about an hour to work.",
     "filter.propagation after filter.allow_registered."},
    {"S4-50", "D", modelled,
     "The sender asks for removal on the list's own page; after that mail passes again.",
     "throttle models block-list (request_after, removal_median, relisted) and history-window "
     "(request_after, delist_time)."},
});
static_assert(kFilteringRules.size() == 50);

}  // namespace

std::span<const Rule> filtering_rules() { return kFilteringRules; }

}  // namespace weir::experiments
