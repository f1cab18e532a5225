#include "experiments/run/run_figures.h"

namespace weir::experiments {
namespace {

FigureValue count(std::uint64_t n) { return static_cast<std::int64_t>(n); }

constexpr auto kFigures = std::to_array<RunFigure>({
    {"windows", "1", "throttling windows opened",
     [](const ReceiverFigures& r) { return count(r.windows); }},
    {"listings", "1", "listings on the block list",
     [](const ReceiverFigures& r) { return count(r.listings); }},
    {"submitted", "1", "recipients of the reported source submitted",
     [](const ReceiverFigures& r) { return count(r.report_submitted); }},
    {"delivered_all", "1", "recipients of all sources delivered",
     [](const ReceiverFigures& r) { return count(r.recipients.of(Outcome::delivered)); }},
    {"bounced_all", "1", "recipients of all sources bounced",
     [](const ReceiverFigures& r) { return count(r.recipients.of(Outcome::bounced)); }},
    {"expired_all", "1", "recipients of all sources expired",
     [](const ReceiverFigures& r) { return count(r.recipients.of(Outcome::expired)); }},
    {"attempts", "1", "attempts", [](const ReceiverFigures& r) { return count(r.attempts.total); }},
    {"events", "1", "events of the simulation",
     [](const ReceiverFigures& r) { return count(r.events); }},
    {"fingerprint", "1", "fingerprint of the run, as a signed number",
     [](const ReceiverFigures& r) { return count(r.fingerprint); }},
    {"window_hours", "h", "time in throttling windows",
     [](const ReceiverFigures& r) { return FigureValue(r.window_hours); }},
    {"reputation_end", "1", "reputation at the end, mean over addresses",
     [](const ReceiverFigures& r) { return FigureValue(r.reputation_end); }},
    {"margin", "1", "largest volume over a limit of the receiver, in its life",
     [](const ReceiverFigures& r) { return FigureValue(r.margin); }},
    {"delay_mean", "s",
     "delay since release of the reported source's mail that was delivered, mean",
     [](const ReceiverFigures& r) { return FigureValue(r.delay_mean); }},
    {"delay_p50", "s", "the same, half of it; infinite: not delivered",
     [](const ReceiverFigures& r) { return FigureValue(r.delay_p50); }},
    {"delay_p90", "s", "the same, nine tenths of it",
     [](const ReceiverFigures& r) { return FigureValue(r.delay_p90); }},
    {"delay_p99", "s", "the same, all but a hundredth",
     [](const ReceiverFigures& r) { return FigureValue(r.delay_p99); }},
});

}  // namespace

std::span<const RunFigure> run_figures() { return kFigures; }

}  // namespace weir::experiments
