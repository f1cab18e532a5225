#include "experiments/command/tune_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "experiments/command/json.h"
#include "experiments/command/text.h"

namespace weir::experiments {
namespace {

constexpr std::size_t kPrintedDays = 60;

/// A pool that would be this much faster is limited by what its addresses have in common.
constexpr double kFaster = 0.97;

std::string percent(double share) { return fmt::format("{:.2f} %", 100 * share); }

std::string days_text(double days) {
  return std::isfinite(days) ? fmt::format("{:.1f}", days) : std::string("never");
}

/// The days of the plan that matter: until it is through, and one more.
std::size_t printed_days(const Study& study, const Tuning& tuning) {
  const auto needed = static_cast<std::size_t>(std::ceil(tuning.days)) + 1;
  const std::size_t all = tuning.plan.shape.days.size();
  return study.params().aim == Aim::delay_quantile ? all : std::min({needed, all, kPrintedDays});
}

std::string goal_text(const Study& study) {
  switch (study.params().aim) {
    case Aim::days:
      return fmt::format("{} recipients delivered", count_text(study.volume()));
    case Aim::daily:
      return fmt::format("{} recipients a day reached", count_text(study.params().daily->in(24h)));
    case Aim::mean_delay:
      return "mail held on average";
    case Aim::delay_quantile:
      return fmt::format("{:g} % of the mail released", 100 * study.params().quantile.value);
  }
  return "";
}

void plan_table(std::string& out, const Study& study, const Tuning& tuning) {
  const auto days = tuning.plan.shape.whole_days();
  out += fmt::format("  {:>5}  {:>14}  {:>8}\n", "day",
                     study.addresses() > 1 ? "each address" : "recipients", "growth");
  for (std::size_t d = 0; d < printed_days(study, tuning); ++d)
    out += fmt::format(
        "  {:>5}  {:>14}  {}\n", d + 1, count_text(static_cast<std::uint64_t>(days[d])),
        d == 0
            ? std::string()
            : fmt::format("{:>7.2f}x", tuning.plan.shape.days[d] / tuning.plan.shape.days[d - 1]));
  if (study.params().tune_spread)
    out += fmt::format("  released over {:.1f} h of each day\n", tuning.plan.shape.spread_hours);
}

void reaction_text(std::string& out, const Tuning& tuning) {
  const auto& r = tuning.reaction;
  if (r.receivers == 0) return;
  out += fmt::format("\n  when a window opens (tried at {} such receivers): ", r.receivers);
  if (r.is_other)
    out += fmt::format(
        "cut {:.0f} %, once in {:.0f} h, hold {:.0f} h,\n"
        "  take back {:.0f} % a day: {:.1f} h lost on average, {:.1f} h with the reaction as it "
        "was\n",
        100 * r.reaction.cut, r.reaction.cut_once_in_hours, r.reaction.hold_hours,
        100 * r.reaction.resume, r.lost, r.lost_before);
  else
    out += fmt::format("none of those tried is better than the reaction as it is, {:.1f} h lost\n",
                       r.lost);
}

void validation_text(std::string& out, const Study& study, const Tuning& tuning) {
  if (!tuning.validation) {
    out += "\n  NOT VALIDATED by runs (--validate 0): risk and days are of a computed outlook\n";
    return;
  }
  const ComparedPlan& v = *tuning.validation;
  out += fmt::format(
      "\n  validated by {} full runs, each over a receiver the search never saw:\n"
      "  a window at {} of them: {} (at most {}, 95 % confidence); promised {}, gap {:+.2f} "
      "points\n"
      "  it holds at {} of {} receivers; {:.1f} days in the mean, {} delivered\n",
      count_text(v.receivers), count_text(v.windows), percent(v.risk), percent(v.upper95),
      percent(study.params().risk.value), 100 * tuning.gap, count_text(v.receivers - v.windows),
      count_text(v.receivers), v.days, percent(v.delivered));
  for (const std::string& what : tuning.broken) out += fmt::format("  NOT MET: {}\n", what);
}

std::string interval_text(const analysis::PairedDifference& d, double unit) {
  return fmt::format("{:+.2f} ({:+.2f} to {:+.2f})", unit * d.estimate.value,
                     unit * d.estimate.interval.low, unit * d.estimate.interval.high);
}

void against_text(std::string& out, const Tuning& tuning) {
  if (tuning.against.empty()) return;
  out += fmt::format("\n  beside others, at the first {} of these receivers\n",
                     tuning.against.front().receivers);
  out += fmt::format("  {:<18}{:>8}{:>10}{:>12}   {:<26}{}\n", "plan", "days", "risk", "at most",
                     "days behind (95 %)", "risk above, points (95 %)");
  for (const ComparedPlan& c : tuning.against)
    out += fmt::format("  {:<18}{:>8.1f}{:>10}{:>12}   {:<26}{}\n", c.name, c.days, percent(c.risk),
                       percent(c.upper95), c.behind ? interval_text(*c.behind, 1) : "",
                       c.riskier ? interval_text(*c.riskier, 100) : "");
}

void frontier_text(std::string& out, const Study& study, const Tuning& tuning) {
  if (tuning.frontier.size() > 1) {
    out += "\n  what another risk costs (by outlook)\n";
    for (const FrontierPoint& p : tuning.frontier)
      out += fmt::format("  {:>9}  {:>7} days\n", percent(p.asked), days_text(p.days));
  }
  if (tuning.pools.empty()) return;
  const bool priced = study.params().cost_per_address_day > 0;
  out +=
      fmt::format("\n  what more addresses bring (by outlook)\n  {:>9}  {:>7}  {}{}\n", "addresses",
                  "days", priced ? fmt::format("{:>10}  ", "cost") : std::string(), "what limits");
  for (const FrontierPoint& p : tuning.pools)
    out +=
        fmt::format("  {:>9}  {:>7}  {}{}\n", p.addresses, days_text(p.days),
                    priced ? fmt::format("{:>10.1f}  ", p.cost) : std::string(),
                    p.days_apart < kFaster * p.days
                        ? fmt::format("the rules for the /24 and the domain; without them {} days",
                                      days_text(p.days_apart))
                        : std::string("each address"));
  out += fmt::format(
      "  chosen: {} address{}, {}\n", study.addresses(), study.addresses() == 1 ? "" : "es",
      study.params().within ? fmt::format("the fewest that get there within {:.1f} days",
                                          to_seconds(*study.params().within) / to_seconds(24h))
                            : std::string("the cheapest"));
}

void unknowns_text(std::string& out, const Tuning& tuning) {
  if (tuning.unknowns.empty()) return;
  out +=
      "\n  what is not known of the receiver: share in how near the plan comes to its limits, and\n"
      "  days at the same risk if it were known to be in the middle\n";
  for (const UnknownWorth& u : tuning.unknowns)
    out += fmt::format("  {:<44}{:>7.1f} %{:>8} days\n", u.path, 100 * u.share, days_text(u.days));
  if (tuning.certain_days)
    out += fmt::format("  if all were known to be in the middle: {} days; certainty costs {:.1f}\n",
                       days_text(*tuning.certain_days), tuning.days - *tuning.certain_days);
  if (tuning.dependent_risk)
    out += fmt::format("  if strict receivers also allowed less growth (0.7): risk {}\n",
                       percent(*tuning.dependent_risk));
}

// --- The same as a tree, for JSON ---------------------------------------------------------------

template <class T>
Setting value(T v) {
  Setting setting;
  setting.value = v;
  return setting;
}
Setting value(std::uint64_t v) { return value(static_cast<std::int64_t>(v)); }

Setting interval_tree(const analysis::PairedDifference& d) {
  Setting tree = make_table();
  tree.set("mean", value(d.estimate.value));
  tree.set("low", value(d.estimate.interval.low));
  tree.set("high", value(d.estimate.interval.high));
  return tree;
}

Setting comparison_tree(const ComparedPlan& c) {
  Setting tree = make_table();
  tree.set("name", value(c.name));
  tree.set("receivers", value(c.receivers));
  tree.set("windows", value(c.windows));
  tree.set("risk", value(c.risk));
  tree.set("upper95", value(c.upper95));
  tree.set("days", value(c.days));
  tree.set("delivered", value(c.delivered));
  if (c.behind) tree.set("days_behind", interval_tree(*c.behind));
  if (c.riskier) tree.set("risk_above", interval_tree(*c.riskier));
  return tree;
}

Setting plan_tree(const Study& study, const Tuning& tuning) {
  Setting days;
  SettingList list;
  const auto whole = tuning.plan.shape.whole_days();
  for (std::size_t d = 0; d < printed_days(study, tuning); ++d) list.push_back(value(whole[d]));
  days.value = std::move(list);
  Setting tree = make_table();
  tree.set("family", value(std::string(ValueType<FamilyName>::word(tuning.plan.family))));
  tree.set("days", std::move(days));
  tree.set("addresses", value(std::uint64_t{study.addresses()}));
  tree.set("spread_hours", value(tuning.plan.shape.spread_hours));
  return tree;
}

Setting frontier_tree(const std::vector<FrontierPoint>& points) {
  SettingList list;
  for (const FrontierPoint& p : points) {
    Setting one = make_table();
    one.set("risk_asked", value(p.asked));
    one.set("risk", value(p.risk));
    one.set("addresses", value(std::uint64_t{p.addresses}));
    one.set("days", value(p.days));
    one.set("cost", value(p.cost));
    one.set("days_apart", value(p.days_apart));
    one.set("limited_by_domain", value(p.days_apart < kFaster * p.days));
    list.push_back(std::move(one));
  }
  Setting tree;
  tree.value = std::move(list);
  return tree;
}

Setting unknowns_tree(const Tuning& tuning) {
  SettingList list;
  for (const UnknownWorth& u : tuning.unknowns) {
    Setting one = make_table();
    one.set("path", value(u.path));
    one.set("share", value(u.share));
    one.set("days_if_known", value(u.days));
    list.push_back(std::move(one));
  }
  Setting tree;
  tree.value = std::move(list);
  return tree;
}

}  // namespace

std::string tuning_text(const TuneHead& head, const Study& study, const Tuning& tuning) {
  std::string out = head.title + "\n";
  out += fmt::format("  the best plan found, of family {}: {} after {} days, at a risk of {}\n\n",
                     ValueType<FamilyName>::word(tuning.plan.family), goal_text(study),
                     days_text(tuning.days), percent(study.params().risk.value));
  plan_table(out, study, tuning);
  if (tuning.geometric)
    out += fmt::format(
        "\n  the best geometric plan: {} days ({} on day 1, {:.3f} times as many each day)\n",
        days_text(tuning.geometric->objective), count_text(tuning.geometric->shape.days.front()),
        tuning.geometric->shape.days[1] / tuning.geometric->shape.days[0]);
  reaction_text(out, tuning);
  validation_text(out, study, tuning);
  against_text(out, tuning);
  frontier_text(out, study, tuning);
  unknowns_text(out, tuning);
  return out + fmt::format("\n  seed {}, {:.0f} s\n", study.seed(), head.wall_s);
}

std::string tuning_json(const TuneHead& head, const Study& study, const Tuning& tuning) {
  Setting tree = make_table();
  tree.set("scenario", value(head.title));
  tree.set("seed", value(study.seed()));
  tree.set("risk", value(study.params().risk.value));
  tree.set("plan", plan_tree(study, tuning));
  tree.set("days_to_deliver", value(tuning.days));
  if (tuning.geometric) tree.set("geometric_days", value(tuning.geometric->objective));
  if (tuning.validation) {
    Setting validation = comparison_tree(*tuning.validation);
    validation.set("gap", value(tuning.gap));
    tree.set("validation", std::move(validation));
  }
  SettingList broken;
  for (const std::string& what : tuning.broken) broken.push_back(value(what));
  Setting not_met;
  not_met.value = std::move(broken);
  tree.set("not_met", std::move(not_met));
  SettingList against;
  for (const ComparedPlan& c : tuning.against) against.push_back(comparison_tree(c));
  Setting others;
  others.value = std::move(against);
  tree.set("against", std::move(others));
  tree.set("frontier", frontier_tree(tuning.frontier));
  tree.set("pools", frontier_tree(tuning.pools));
  tree.set("unknowns", unknowns_tree(tuning));
  if (tuning.certain_days) tree.set("days_if_all_known", value(*tuning.certain_days));
  if (tuning.dependent_risk) tree.set("dependent_risk", value(*tuning.dependent_risk));
  if (tuning.reaction.receivers > 0) {
    Setting reaction = make_table();
    reaction.set("receivers", value(std::uint64_t{tuning.reaction.receivers}));
    reaction.set("hours_lost_before", value(tuning.reaction.lost_before));
    reaction.set("hours_lost", value(tuning.reaction.lost));
    if (tuning.reaction.is_other) {
      const Reaction& r = tuning.reaction.reaction;
      reaction.set("cut", value(r.cut));
      reaction.set("cut_once_in_hours", value(r.cut_once_in_hours));
      reaction.set("hold_hours", value(r.hold_hours));
      reaction.set("resume", value(r.resume));
    }
    tree.set("reaction", std::move(reaction));
  }
  tree.set("wall_s", value(head.wall_s));
  return setting_json(tree);
}

std::string plan_toml(const TuneHead& head, const Study& study, const Tuning& tuning) {
  std::string out = "# Made by: " + head.command + "\n";
  out += fmt::format("# {} after {} days at a risk of {}", goal_text(study), days_text(tuning.days),
                     percent(study.params().risk.value));
  if (tuning.validation)
    out += fmt::format("; in {} full runs {} (at most {}, 95 % confidence)",
                       tuning.validation->receivers, percent(tuning.validation->risk),
                       percent(tuning.validation->upper95));
  // Variants of the old plan mean nothing to the new one, and the question has been answered.
  Setting root = tuning.tuned;
  std::erase_if(*root.table(), [](const auto& entry) {
    return entry.first == "variant" || entry.first == "tune";
  });
  return out + "\n" + to_toml(root) + "\n";
}

}  // namespace weir::experiments
