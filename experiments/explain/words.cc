#include "experiments/explain/words.h"

#include <array>

namespace weir::experiments {
namespace {

constexpr std::string_view kOutcome = "outcome of a recipient";
constexpr std::string_view kAttempt = "result of an attempt";
constexpr std::string_view kStanding = "state of an address at a site";
constexpr std::string_view kFigure = "figure of a result";
constexpr std::string_view kTerm = "word";

constexpr std::array kWords = std::to_array<Word>({
    {"submitted", kOutcome,
     "Handed to the sending system: message x recipient, counted before groups are expanded."},
    {"expanded", kOutcome, "Recipients that groups added. No group is simulated yet: 0."},
    {"refused", kOutcome, "Not taken at submission. Nothing is refused there yet: 0."},
    {"delivered", kOutcome, "Accepted by the site and put into the recipient's inbox."},
    {"junked", kOutcome,
     "Accepted by the site, taken for spam by its filter, and put into the junk folder."},
    {"quarantined", kOutcome, "Accepted and kept apart by a filter. No filter does so yet: 0."},
    {"deleted", kOutcome, "Accepted and deleted by a rule or action. No rule does so yet: 0."},
    {"redirected", kOutcome, "Sent on to another address. No rule does so yet: 0."},
    {"bounced", kOutcome, "Rejected for good by the site; the sender gets a bounce message."},
    {"expired", kOutcome,
     "Deferred until it was older than the retry schedule's lifetime, and then returned."},
    {"held", kOutcome,
     "Still held by a plan at the end of the run. Held mail is in no queue: it neither ages nor "
     "expires."},
    {"in_flight", kOutcome,
     "Released but not finished at the end of the run: queued, being sent, or waiting for a "
     "retry."},
    {"accepted", kAttempt, "The site took the message."},
    {"deferred", kAttempt,
     "The site answered with a code from 400 to 499: not now. The message is tried again."},
    {"rejected", kAttempt,
     "The site answered with a code from 500 to 599: never. The message bounces."},
    {"new", kStanding, "The site knows no history of the address."},
    {"known", kStanding, "The address has a history that its limit is made of."},
    {"throttled", kStanding, "A window is open: nothing or only a trickle is let through."},
    {"listed", kStanding,
     "The address is on the receiver's block list: all its mail is rejected until it is removed."},
    {"delay_s", kFigure,
     "Seconds from release to delivery. What is never delivered counts as infinite, so a quantile "
     "may be null, printed as `never`."},
    {"held_s", kFigure, "Seconds that mail was held by a plan before it was released."},
    {"windows", kFigure, "Throttling windows: how many were opened, and hours spent in them."},
    {"reputation_end", kFigure,
     "The address's reputation with the site at the end, from 0 to 100. See the parameters prior, "
     "full_reputation and listing_reputation."},
    {"fingerprint", kFigure,
     "A number folded from every event of a run: two runs with the same one did the same."},
    {"clamped", kFigure, "Drawn durations that were cut at the horizon."},
    {"causes", kFigure, "Refused attempts by the rule or limit that refused them."},
    {"replies", kFigure, "Attempts by the code of the site's reply."},
    {"attempt", kTerm, "One try to deliver a message: it ends with the site's reply."},
    {"verdict", kTerm, "What the site decides of an attempt: accept, defer or reject."},
    {"cause", kTerm, "Which rule or limit decided; every refusal carries one."},
    {"window", kTerm, "The time span in which an address is throttled."},
    {"span", kTerm, "The time over which a limit counts."},
    {"back_off", kTerm,
     "What a lane does after a deferral that concerns its address: see lane.pause."},
    {"schedule", kTerm, "The waits between attempts of one message: see the family retry."},
    {"receiver", kTerm,
     "One draw of everything that is not known of the receiving side; --replications runs over "
     "many."},
    {"variant", kTerm,
     "A table [variant.NAME] whose values go on top of the scenario's; all variants meet the same "
     "receivers and the same traffic."},
    {"dist", kTerm,
     "Any value may be a distribution instead, which each receiver draws once: "
     "{ dist = \"lognormal\", median = \"24 h\", sigma = 0.3 }, "
     "{ dist = \"uniform\", from = \"1 h\", to = \"3 h\" } or "
     "{ dist = \"choice\", of = [\"closed\", \"trickle\"] }. A run of one receiver uses receiver 0 "
     "unless --receiver says otherwise; `weir check --effective` shows the one in the middle."},
});

}  // namespace

std::span<const Word> all_words() { return kWords; }

}  // namespace weir::experiments
