#include "experiments/tune/study.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include <fmt/core.h>

#include "experiments/scenario/document.h"

namespace weir::experiments {
namespace {

Setting word(std::string text) {
  Setting setting;
  setting.value = std::move(text);
  return setting;
}

Setting number(double value) {
  Setting setting;
  setting.value = value;
  return setting;
}

/// The name of the source that is tuned; problems when there is none.
std::string source_name(const Scenario& scenario, const TuneParams& params, const Setting& table,
                        Problems& problems) {
  if (params.source.empty()) return scenario.world.sources[scenario.report].name;
  std::vector<std::string> known;
  for (const SourceConfig& source : scenario.world.sources) known.push_back(source.name);
  if (std::ranges::find(known, params.source) == known.end())
    problems.push_back({table.place, "tune.source", params.source,
                        "no such source" + suggestion(params.source, known)});
  return params.source;
}

/// A first day may be as small as this share of the whole.
constexpr double kLeastShare = 1e-4;

}  // namespace

Study::Study(Setting root, TuneParams params, std::uint64_t seed, bool robust, Problems& problems)
    : root_(std::move(root)), params_(std::move(params)), seed_(seed), robust_(robust) {
  measure(problems);
}

/// Reads from the scenario what the question is about.
void Study::measure(Problems& problems) {
  const Setting* given = root_.find("tune");
  if (given != nullptr)
    if (const Setting* files = given->find("against"); files != nullptr && files->list() != nullptr)
      against_ = *files->list();
  const Setting none = make_table();
  const Setting& table = given != nullptr ? *given : none;
  Scenario scenario =
      build_scenario(median_receiver(root_), {seed_, 0, 0}, TraceCheck::header, problems);
  if (!problems.empty()) return;
  const std::string source = source_name(scenario, params_, table, problems);
  if (!problems.empty()) return;
  const Setting* links = root_.at_path("source." + source);
  const Setting* plan = links != nullptr ? links->find("plan") : nullptr;
  const auto fail = [&](std::string what) {
    problems.push_back(
        {links != nullptr ? links->place : table.place, "source." + source, "", std::move(what)});
  };
  if (plan == nullptr || plan->string() == nullptr)
    return fail("no plan holds it, so there is nothing to tune: give it a `plan`");
  plan_ = *plan->string();
  if (const std::string why = cannot_foresee(scenario.world); !why.empty())
    return fail(why +
                ": such a scenario cannot be tuned; make its plan's mail go from a pool to a site");
  for (std::uint32_t i = 0; i < scenario.world.sources.size(); ++i)
    if (scenario.world.sources[i].name == source) source_ = i;
  addresses_ = scenario.world.pools[scenario.world.sources[source_].pool].addresses.size();
  horizon_days_ = to_seconds(scenario.frame.horizon) / 86'400.0;
  const Outlook outlook = foresee(scenario.world, source_);
  submitted_ = std::accumulate(outlook.submitted.begin(), outlook.submitted.end(), 0.0);
  volume_ =
      params_.volume ? static_cast<double>(*params_.volume) : params_.delivered.value * submitted_;
  if (submitted_ <= 0.0) return fail("it submits nothing: there is no plan to tune");
  if (volume_ > outlook.deliverable * submitted_)
    return fail(
        fmt::format("{:.0f} recipients are to be delivered, but of the {:.0f} submitted only "
                    "{:.2f} % can be: lower tune.delivered or tune.volume",
                    volume_, submitted_, 100 * outlook.deliverable));
  if (const double share = scenario.world.sources[source_].params.complaints.value;
      share > params_.complaints.value)
    return fail(
        fmt::format("{:.2f} % of its mail is complained of, more than tune.complaints: no "
                    "plan changes that",
                    100 * share));
  if (!Panel(root_, 1, seed_, 0, false).margin(0, outlook))
    return fail(
        "its receivers limit no volume (throttle model history-window), so no plan can be "
        "too fast for them");
}

Study Study::with_addresses(std::size_t count, Problems& problems) const {
  Setting root = root_;
  Setting* tables = root.find("address");
  const Setting first = tables->table()->front().second;
  const std::string name = tables->table()->front().first;
  *tables = make_table();
  for (std::size_t i = 0; i < count; ++i) {
    Setting one = first;
    // Of one /24 as long as there is room in it: the receiver's groups are part of the question.
    one.set("ip", word(fmt::format("198.51.{}.{}", 100 + i / 250, 1 + i % 250)));
    tables->set(i == 0 ? name : fmt::format("{}-{}", name, i + 1), std::move(one));
  }
  return {std::move(root), params_, seed_, robust_, problems};
}

std::optional<Study> Study::with_dependence(const std::string& driver, const std::string& follower,
                                            double correlation) const {
  Problems problems;
  const std::vector<Unknown> unknowns = find_unknowns(root_, problems);
  const auto named = [&](const std::string& name) -> const Unknown* {
    for (const Unknown& unknown : unknowns)
      if (unknown.path.ends_with("." + name)) return &unknown;
    return nullptr;
  };
  if (named(driver) == nullptr || named(follower) == nullptr) return std::nullopt;
  Setting between;
  between.value = SettingList{word(named(driver)->path), word(named(follower)->path)};
  Setting ensemble = make_table();
  ensemble.set("between", std::move(between));
  ensemble.set("correlation", number(correlation));
  Study study = *this;
  study.root_.set("ensemble", std::move(ensemble));
  return study;
}

PlanFamily Study::family(FamilyName name, std::int64_t days) const {
  const double whole = params_.aim == Aim::daily ? params_.daily->in(24h) : submitted_;
  const double each = whole / static_cast<double>(addresses_);
  return {name,
          {.least_first = std::max(1.0, each * kLeastShare),
           .most_first = std::max(2.0, each),
           .most_growth = params_.most_growth,
           .length = days > 0 ? days : static_cast<std::int64_t>(std::ceil(horizon_days_)),
           .knots = params_.knots,
           .spread = params_.tune_spread}};
}

Setting Study::scenario(const PlanShape& shape, const Reaction* reaction) const {
  Setting table = make_table();
  const Setting* before = root_.at_path("plan." + plan_);
  for (const char* key : {"spread", "cut", "cut_once_in", "hold", "resume", "gate"})
    if (const Setting* kept = before != nullptr ? before->find(key) : nullptr)
      table.set(key, *kept);
  table.set("model", word("table"));
  SettingList days;
  const double most =
      params_.aim == Aim::daily ? params_.daily->in(24h) / static_cast<double>(addresses_) : 1e12;
  for (const std::int64_t day : shape.whole_days()) {
    Setting entry;
    entry.value = std::min(day, static_cast<std::int64_t>(std::ceil(most)));
    days.push_back(std::move(entry));
  }
  Setting list;
  list.value = std::move(days);
  table.set("days", std::move(list));
  if (params_.tune_spread)
    table.set("spread", word(fmt::format("{:.0f} min", 60 * shape.spread_hours)));
  if (reaction != nullptr) {
    table.set("cut", word(fmt::format("{:.0f} %", 100 * reaction->cut)));
    table.set("cut_once_in", word(fmt::format("{:.0f} min", 60 * reaction->cut_once_in_hours)));
    table.set("hold", word(fmt::format("{:.0f} min", 60 * reaction->hold_hours)));
    table.set("resume", word(fmt::format("{:.0f} %", 100 * reaction->resume)));
  }
  Setting root = root_;
  root.find("plan")->set(plan_, std::move(table));
  return root;
}

std::vector<Study::Other> Study::others() const {
  std::vector<Other> others;
  const Setting* label = root_.find("label");
  others.push_back({label != nullptr ? *label->string() : "as it is", root_});
  for (const std::string& name : variant_names(root_))
    others.push_back({name, apply_variant(root_, name)});
  const double each = submitted_ / static_cast<double>(addresses_);
  for (const double days : {30.0, 15.0}) {
    std::string name = fmt::format("flat-{:.0f}", days);
    const auto same = [&](const Other& other) { return other.name == name; };
    if (params_.aim == Aim::daily || std::ranges::any_of(others, same)) continue;
    others.push_back({std::move(name), scenario({.days = {each / days}})});
  }
  for (const Setting& file : against_) {
    Setting table = make_table();
    table.set("model", word("table"));
    table.set("file", file);
    Setting root = root_;
    root.find("plan")->set(plan_, std::move(table));
    others.push_back({std::filesystem::path(*file.string()).stem().string(), std::move(root)});
  }
  return others;
}

Outlook Study::outlook(const PlanShape& shape, std::uint64_t traffic) const {
  Problems problems;
  Scenario built = build_scenario(median_receiver(scenario(shape)), {seed_, 0, traffic},
                                  TraceCheck::header, problems);
  WEIR_CHECK(problems.empty(), problems.empty() ? "" : problems.front().text());
  return foresee(built.world, source_);
}

double Study::objective(const PlanShape& shape, const Outlook& outlook) const {
  switch (params_.aim) {
    case Aim::days:
      return outlook.hours_to_deliver(volume_) / 24.0;
    case Aim::daily:
      return shape.day_of(params_.daily->in(24h) / static_cast<double>(addresses_));
    case Aim::mean_delay:
      return outlook.hours_held() / 24.0;
    case Aim::delay_quantile:
      return outlook.hours_held(params_.quantile.value) / 24.0;
  }
  return 0.0;
}

analysis::Trial Study::trial(const PlanShape& shape, std::uint64_t traffic, const Panel& panel,
                             double risk) const {
  const Outlook seen = outlook(shape, traffic);
  analysis::Trial trial;
  trial.objective = objective(shape, seen);
  // A search stands bounds better than infinities.
  constexpr double kMost = 1e6;
  const double margin = std::clamp(upper_quantile(panel.margins(seen), risk), 1e-6, kMost);
  trial.constraints.push_back(std::log(margin));
  const double sent = std::accumulate(seen.released.begin(), seen.released.end(), 0.0);
  if (params_.aim != Aim::daily)
    trial.constraints.push_back(volume_ / std::max(1.0, seen.deliverable * sent) - 1.0);
  return trial;
}

}  // namespace weir::experiments
