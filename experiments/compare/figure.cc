#include "experiments/compare/figure.h"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/core.h>

#include "experiments/run/run_figures.h"

namespace weir::experiments {
namespace {

using analysis::Best;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A figure of run_figures(), with what a comparison adds to it.
struct Addition {
  std::string_view name;
  FigureKind kind;
  std::optional<Best> best;
  FigureWords words;
};

// Not here: `events` and `fingerprint`, which say nothing of mail. The mean delay has no better end
// since mail that was never delivered is not in it.
std::vector<Addition> additions() {
  using enum FigureKind;
  return {
      {"margin",
       amount,
       Best::smallest,
       {"largest volume over a limit", "comes to a volume over its limit", "larger", "smaller"}},
      {"delay_mean",
       amount,
       {},
       {"delay, mean of the delivered", "delivers with a mean delay", "longer", "shorter"}},
      {"delay_p50",
       time,
       Best::smallest,
       {"delay, half of the mail", "has a median delay", "longer", "shorter"}},
      {"delay_p90",
       time,
       Best::smallest,
       {"delay, 90 % of the mail", "has a 90 % delay", "longer", "shorter"}},
      {"delay_p99",
       time,
       Best::smallest,
       {"delay, 99 % of the mail", "has a 99 % delay", "longer", "shorter"}},
      {"windows", amount, Best::smallest, {"windows", "opens", "more windows", "fewer windows"}},
      {"window_hours",
       amount,
       Best::smallest,
       {"time in windows", "is throttled", "longer", "shorter"}},
      {"listings", amount, Best::smallest, {"listings", "gets", "more listings", "fewer listings"}},
      {"submitted", amount, {}, {"submitted", "submits", "more", "less"}},
      {"delivered_all",
       amount,
       Best::largest,
       {"delivered, all mail", "delivers", "more in all", "fewer in all"}},
      {"bounced_all", amount, Best::smallest, {"bounces", "bounces", "more", "fewer"}},
      {"expired_all", amount, Best::smallest, {"expired", "lets", "more expire", "fewer expire"}},
      {"attempts", amount, {}, {"attempts", "makes", "more attempts", "fewer attempts"}},
      {"reputation_end",
       amount,
       Best::largest,
       {"reputation at the end", "ends with a reputation", "higher", "lower"}},
  };
}

double number_of(const FigureValue& value) {
  return std::visit([](auto v) { return static_cast<double>(v); }, value);
}

ComparedFigure figure_from(const Addition& addition) {
  for (const RunFigure& figure : run_figures()) {
    if (figure.name != addition.name) continue;
    return {.name = std::string(figure.name),
            .units = std::string(figure.units),
            .kind = addition.kind,
            .best = addition.best,
            .words = addition.words,
            .of = [of = figure.of](const ReceiverFigures& r) { return number_of(of(r)); }};
  }
  throw std::logic_error("no run has a figure " + std::string(addition.name));
}

ComparedFigure delivered_by(std::int64_t day) {
  return {
      .name = fmt::format("delivered_by_day_{}", day),
      .units = "1",
      .kind = FigureKind::amount,
      .best = Best::largest,
      .words = {fmt::format("delivered by day {}", day), "delivers",
                fmt::format("more by day {}", day), fmt::format("fewer by day {}", day)},
      .of = [day](const ReceiverFigures& r) { return static_cast<double>(r.delivered_by(day)); }};
}

ComparedFigure share_with(std::string name, FigureWords words,
                          std::uint64_t ReceiverFigures::*happened) {
  return {.name = std::move(name),
          .units = "1",
          .kind = FigureKind::share,
          .best = Best::smallest,
          .words = std::move(words),
          .of = [happened](const ReceiverFigures& r) { return r.*happened > 0 ? 1.0 : 0.0; }};
}

}  // namespace

double days_to_deliver(const ReceiverFigures& figures, double share) {
  if (figures.report_submitted == 0) return kNone;
  return figures.days_until(share * static_cast<double>(figures.report_submitted));
}

std::vector<ComparedFigure> compared_figures(std::int64_t days, double delivered_share) {
  std::vector<ComparedFigure> all;
  for (const std::int64_t day : kReportDays)
    if (day <= days) all.push_back(delivered_by(day));
  all.push_back({.name = "days_to_deliver",
                 .units = "d",
                 .kind = FigureKind::time,
                 .best = Best::smallest,
                 .words = {fmt::format("time to deliver {:g} %", 100 * delivered_share), "delivers",
                           "later", "earlier"},
                 .of = [delivered_share](const ReceiverFigures& r) {
                   return days_to_deliver(r, delivered_share);
                 }});
  for (const Addition& addition : additions()) {
    if (addition.name == "windows")
      all.push_back(share_with("share_with_window",
                               {"receivers with a window", "opens a window at",
                                "more of the receivers", "fewer of the receivers"},
                               &ReceiverFigures::windows));
    if (addition.name == "listings")
      all.push_back(share_with("share_listed",
                               {"receivers that list", "is listed by", "more of the receivers",
                                "fewer of the receivers"},
                               &ReceiverFigures::listings));
    all.push_back(figure_from(addition));
  }
  return all;
}

}  // namespace weir::experiments
