#include <array>

#include "experiments/explain/rules.h"

namespace weir::experiments {
namespace {

using enum Coverage;

constexpr std::array kRules = std::to_array<Rule>({
    {"S4-01", "C", configuration,
     "Groups come as distribution, security, mail-enabled security, dynamic and Office 365 groups.",
     ""},
    {"S4-02", "TL", not_yet, "A message to a distribution group goes to all its members at once.",
     ""},
    {"S4-03", "C", configuration, "Its members are changed by its owners and by administrators.",
     ""},
    {"S4-04", "D", not_yet, "A security group is for permissions: mail to it is not delivered.",
     ""},
    {"S4-05", "T", not_yet,
     "A mail-enabled security group spreads mail as a distribution group does.", ""},
    {"S4-06", "C", configuration,
     "Changing one takes its owner, or an administrator with a switch for it.", ""},
    {"S4-07", "TL", not_yet,
     "A dynamic group finds its members anew for every message, so changed attributes count at the "
     "next.",
     ""},
    {"S4-08", "TC", not_yet,
     "An Office 365 group has a mailbox of its own and shows mail to its members as conversations.",
     ""},
    {"S4-09", "DL", not_yet,
     "Incoming mail passes connection filter, malware filter, transport rules and spam filter, in "
     "this order.",
     ""},
    {"S4-10", "D", not_yet, "A transport rule acts on a condition; it is no filter.", ""},
    {"S4-11", "DO", not_yet,
     "Outgoing mail passes the malware filter, then the outbound spam filter; transport rules "
     "apply "
     "too.",
     ""},
    {"S4-12", "D", not_yet, "The connection filter allows or refuses by the source address.", ""},
    {"S4-13", "D", not_yet,
     "An address on the tenant's allow list is not held against Microsoft's own block list.", ""},
    {"S4-14", "D", not_yet, "Mail from such an address also skips the spam filter.", ""},
    {"S4-15", "D", not_yet,
     "The tenant's block list refuses by server address, not by sender or domain.", ""},
    {"S4-16", "V", partly,
     "What a block list refuses does not show in the receiver's message trace.",
     "Refusals by the receiver's own list (550 5.7.606) are in the sender's log only: see `weir "
     "run "
     "--sender-log --receiver-trace`. A tenant's list is not simulated."},
    {"S4-17", "D", not_yet, "The malware filter compares content with known patterns.", ""},
    {"S4-18", "D", not_yet,
     "Mail with malware is quarantined, and only administrators can release it.", ""},
    {"S4-19", "D", not_yet,
     "By default it is quarantined; the documents do not agree whether a message without the file "
     "is "
     "delivered.",
     ""},
    {"S4-20", "D", not_yet,
     "With the default notice the infected file is replaced by a text and the message delivered.",
     ""},
    {"S4-21", "D", not_yet, "The same with a text of the administrator's.", ""},
    {"S4-22", "TC", not_yet,
     "Administrators may be told of it by mail; by default nobody is, the sender included.", ""},
    {"S4-23", "D", not_yet, "The malware filter can be neither switched off nor bypassed.", ""},
    {"S4-24", "D", not_yet,
     "An archive with a password passes, reportedly not when the password is trivial.", ""},
    {"S4-25", "D", not_yet,
     "Transport rules act both ways; they may reject, or let chosen senders skip the spam filter.",
     ""},
    {"S4-26", "D", not_yet,
     "The spam filter gives each message a level (SCL) from its content and source together.", ""},
    {"S4-27", "D", partly, "A level above a threshold makes the message spam.",
     "Without levels: source.spam is the share of recipients whose filter says spam."},
    {"S4-28", "D", not_yet, "Levels 5 and 6 lead to the action for spam.", ""},
    {"S4-29", "D", not_yet, "Level 9 leads to the action for spam of high confidence.", ""},
    {"S4-30", "D", modelled, "By default spam is delivered to the junk folder.",
     "source.spam; counted as junked."},
    {"S4-31", "D", not_yet, "Another action adds a header and delivers to the junk folder.", ""},
    {"S4-32", "D", not_yet,
     "Another puts words before the subject and delivers to the junk folder.", ""},
    {"S4-33", "DOT", not_yet, "Another sends the message to a different address.", ""},
    {"S4-34", "DV", not_yet,
     "Another deletes: no delivery and no notice to the sender, only a line in the log.", ""},
    {"S4-35", "DT", not_yet,
     "Another quarantines; users may be told by mail what is being kept for them.", ""},
    {"S4-36", "C", configuration, "That mail to users exists with quarantine only.", ""},
    {"S4-37", "R", not_yet, "Outbound spam control looks at mail that leaves and is judged spam.",
     ""},
    {"S4-38", "OR", not_yet,
     "It is not stopped: it leaves through other addresses, the pool for high-risk mail.", ""},
    {"S4-39", "DR", not_yet, "Receivers are likelier to take mail from that pool for spam.", ""},
    {"S4-40", "R", not_yet,
     "The purpose is to keep the risk away from the addresses that all tenants share.", ""},
    {"S4-41", "TD", not_yet, "Users who send like spammers are forbidden to send.", ""},
    {"S4-42", "D", not_yet, "An administrator can release them.", ""},
    {"S4-43", "DR", partly, "Two lists of addresses count: Microsoft's own and that of Spamhaus.",
     "throttle model history-window keeps a list of the receiver's own (550 5.7.606); no model "
     "uses "
     "Spamhaus's yet."},
    {"S4-44", "R", modelled,
     "What leads to a listing is not disclosed; typically repeated bulk mail or an open relay.",
     "An assumption of throttle model history-window: listing_windows within listing_span, or a "
     "reputation below listing_reputation."},
    {"S4-45", "D", modelled,
     "Microsoft's list refuses with 550 5.7.606 and where to ask for removal.",
     "Reply 550 5.7.606, cause block-list."},
    {"S4-46", "D", not_yet, "Spamhaus's list refuses with 550 5.7.1 and where to look it up.",
     "The reply is known (cause spamhaus), but no model gives it yet."},
    {"S4-47", "D", not_yet,
     "On the tenant's allow list, an address is safe from Microsoft's list, also from later "
     "listings.",
     ""},
    {"S4-48", "D", not_yet,
     "Nothing of the kind helps against Spamhaus: the address has to be removed there.", ""},
    {"S4-49", "L", partly, "A change of the allow list takes about an hour to work.",
     "There is no allow list; the hour is taken for connectors: connector.propagation."},
    {"S4-50", "D", modelled,
     "The sender asks for removal on the list's own page; after that mail passes again.",
     "throttle model history-window: request_after, delist_time."},
});
static_assert(kRules.size() == 50);

}  // namespace

std::span<const Rule> filtering_rules() { return kRules; }

}  // namespace weir::experiments
