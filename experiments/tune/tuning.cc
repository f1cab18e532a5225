#include "experiments/tune/tuning.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/core.h>

#include "analysis/interval.h"
#include "sim/units.h"

namespace weir::experiments {
namespace {

constexpr std::uint64_t kFewestReceivers = 200;
constexpr std::uint64_t kComparedReceivers = 200;
constexpr std::size_t kReactionReceivers = 16;
constexpr std::size_t kWorthReceivers = 1'024;
constexpr double kDependence = 0.7;

FrontierPoint point_of(double asked, const Study& study, const std::vector<TunedPlan>& plans) {
  FrontierPoint point;
  point.asked = asked;
  point.addresses = study.addresses();
  point.days = plans.empty() ? std::numeric_limits<double>::infinity() : plans.front().objective;
  const TuneParams& p = study.params();
  point.cost =
      point.days * (p.cost_per_day + p.cost_per_address_day * static_cast<double>(point.addresses));
  if (plans.empty()) return point;
  point.risk = plans.front().risk;
  point.plans = plans;
  return point;
}

/// How many days of a growing plan are told apart, when the best ramp takes so many.
std::int64_t length_beside(double ramp_days) {
  return std::max<std::int64_t>(8, std::llround(1.2 * ramp_days));
}

/// One question from beginning to end.
class Pipeline {
 public:
  Pipeline(const Study& study, const TuningOptions& options, Memo& memo)
      : study_(study),
        options_(options),
        memo_(memo),
        tuner_(study, options.budget, memo, [this](const std::string& step) { say(step, 0.0); }),
        runs_(study, options.budget.jobs, memo, [this](std::uint64_t done, std::uint64_t total) {
          say("running", static_cast<double>(done) / static_cast<double>(total));
        }) {}

  std::optional<Tuning> go() {
    if (!search()) return std::nullopt;
    race();
    react();
    validate();
    frontier();
    worth();
    return std::move(tuning_);
  }

 private:
  double risk() const { return study_.params().risk.value; }
  void say(const std::string& what, double share) const {
    if (options_.progress) options_.progress(what, share);
  }

  /// The geometric family first: cheap, and a good place for the others to begin at.
  bool search() {
    const auto ramps = tuner_.tune(
        "geometric", study_.family(FamilyName::geometric), risk(),
        {.generations = options_.generations / 3, .known = known(FamilyName::geometric)});
    if (!ramps.empty())
      tuning_.geometric = tuner_.sharpened("geometric/sharp", ramps.front(), risk());
    length_ = ramps.empty() ? 0 : length_beside(ramps.front().objective);
    for (const TunedPlan& plan : options_.known)
      if (plan.family == FamilyName::growth)
        length_ = static_cast<std::int64_t>(plan.shape.days.size());
    for (const FamilyName name : options_.families) {
      std::vector<TunedPlan> plans = ramps;
      if (name != FamilyName::geometric) {
        const PlanFamily family = study_.family(name, length_);
        Tuner::Effort effort{.generations = options_.generations};
        effort.known = known(name);
        if (!ramps.empty()) effort.known.push_back(family.embedded(ramps.front().point));
        plans = tuner_.tune(word_of(name), family, risk(), effort);
      }
      for (const TunedPlan& plan : plans) finalists_.push_back(plan);
    }
    std::stable_sort(finalists_.begin(), finalists_.end(),
                     [](const auto& a, const auto& b) { return a.objective < b.objective; });
    finalists_.resize(std::min<std::size_t>(finalists_.size(), 3));
    for (std::size_t i = 0; i < finalists_.size(); ++i)
      finalists_[i] = tuner_.sharpened(fmt::format("sharp{}", i), finalists_[i], risk());
    std::erase_if(finalists_, [](const TunedPlan& plan) { return std::isinf(plan.objective); });
    return !finalists_.empty();
  }

  std::vector<analysis::Point> known(FamilyName family) const {
    std::vector<analysis::Point> points;
    for (const TunedPlan& plan : options_.known)
      if (plan.family == family) points.push_back(plan.point);
    return points;
  }

  static std::string word_of(FamilyName name) {
    return std::string(ValueType<FamilyName>::word(name));
  }

  void race() {
    std::vector<NamedScenario> scenarios;
    for (const TunedPlan& plan : finalists_) scenarios.push_back({"", study_.scenario(plan.shape)});
    const bool runs = options_.validate.value_or(1) > 0;
    const FullRuns::Race race = runs ? runs_.race(scenarios) : FullRuns::Race{};
    tuning_.plan = finalists_[race.best];
    tuning_.race_rounds = race.rounds;
    tuning_.days = tuning_.plan.objective;
    tuning_.tuned = study_.scenario(tuning_.plan.shape);
  }

  /// At receivers of the large panel where the plan opens a window.
  void react() {
    if (options_.validate.value_or(1) == 0) return;
    const Outlook seen = study_.outlook(tuning_.plan.shape, Tuner::kLarge);
    std::vector<std::size_t> throttled;
    const std::vector<double> margins = tuner_.all_margins(tuner_.large_panel(), seen);
    for (std::size_t i = 0; i < margins.size() && throttled.size() < kReactionReceivers; ++i)
      if (margins[i] > 1.0) throttled.push_back(i);
    ReactionSearch search(study_, runs_, tuning_.plan.shape, study_.delivery_days(seen));
    tuning_.reaction = search.best(tuner_.large_panel(), throttled);
    if (tuning_.reaction.is_other)
      tuning_.tuned = study_.scenario(tuning_.plan.shape, &tuning_.reaction.reaction);
  }

  void validate() {
    const auto usual = static_cast<std::uint64_t>(std::ceil(10.0 / risk()));
    const std::uint64_t receivers = options_.validate.value_or(std::max(kFewestReceivers, usual));
    if (receivers == 0) return;
    const PlanRuns ours =
        runs_.run("validation", {{"tuned", tuning_.tuned}}, receivers, study_.seed()).front();
    tuning_.validation = compared(ours, ours);
    tuning_.gap = tuning_.validation->risk - risk();
    find_broken(ours);
    std::vector<NamedScenario> others = study_.others();
    if (tuning_.geometric)
      others.insert(others.begin(), {"best geometric", study_.scenario(tuning_.geometric->shape)});
    const std::uint64_t few = std::min(receivers, kComparedReceivers);
    for (const PlanRuns& runs : runs_.run("against", others, few, study_.seed()))
      tuning_.against.push_back(compared(runs, ours));
  }

  static ComparedPlan compared(const PlanRuns& runs, const PlanRuns& ours) {
    ComparedPlan c;
    c.name = runs.name;
    c.receivers = runs.days.size();
    c.windows = runs.windows();
    c.risk = static_cast<double>(c.windows) / static_cast<double>(c.receivers);
    c.upper95 = analysis::clopper_pearson_upper(c.windows, c.receivers);
    for (const double days : runs.days) c.days += days / static_cast<double>(c.receivers);
    c.delivered = runs.delivered;
    if (&runs == &ours || c.receivers < 2) return c;
    c.behind = analysis::paired_difference(std::span(ours.days).first(c.receivers), runs.days);
    const std::vector<double> a(ours.window.begin(),
                                ours.window.begin() + static_cast<std::ptrdiff_t>(c.receivers));
    const std::vector<double> b(runs.window.begin(), runs.window.end());
    c.riskier = analysis::paired_difference(a, b);
    return c;
  }

  /// What the runs refute: with confidence for the risk, by their means for the rest.
  void find_broken(const PlanRuns& ours) {
    const TuneParams& p = study_.params();
    const ComparedPlan& v = *tuning_.validation;
    const auto least =
        analysis::clopper_pearson_interval(v.windows, v.receivers, Probability{0.9}).low;
    if (least > p.risk.value)
      tuning_.broken.push_back(
          fmt::format("the risk is at least {:.2f} %, with 95 % confidence", 100 * least));
    if (p.aim == Aim::days && ours.delivered < p.delivered.value)
      tuning_.broken.push_back(fmt::format("{:.2f} % are delivered", 100 * ours.delivered));
    if (ours.late > p.late.value)
      tuning_.broken.push_back(fmt::format("{:.2f} % are late", 100 * ours.late));
    if (p.delay_p99 && ours.delay_p99_s > to_seconds(*p.delay_p99))
      tuning_.broken.push_back(
          fmt::format("99 % are delivered within {:.0f} s only", ours.delay_p99_s));
  }

  void frontier() {
    if (!study_.robust()) return;
    for (const double asked : options_.frontier) {
      const PlanFamily family = study_.family(tuning_.plan.family, length_of_plan());
      const auto plans = tuner_.tune(fmt::format("risk{}", asked), family, asked,
                                     {.generations = options_.generations / 4,
                                      .known = {tuning_.plan.point},
                                      .screen = false});
      tuning_.frontier.push_back(point_of(asked, study_, plans));
    }
    tuning_.frontier.push_back(point_of(risk(), study_, {tuning_.plan}));
    std::stable_sort(tuning_.frontier.begin(), tuning_.frontier.end(),
                     [](const auto& a, const auto& b) { return a.asked < b.asked; });
  }

  std::int64_t length_of_plan() const {
    return tuning_.plan.family == FamilyName::geometric ? 0 : length_;
  }

  void worth() {
    if (!study_.robust()) return;
    say("unknowns", 0.0);
    const Numbers found = memo_.once("unknowns", [&] { return worth_numbers(); });
    const auto& paths = tuner_.large_panel().unknowns();
    for (std::size_t u = 0; u < paths.size(); ++u)
      tuning_.unknowns.push_back({paths[u], found[2 * u], found[2 * u + 1]});
    std::stable_sort(tuning_.unknowns.begin(), tuning_.unknowns.end(),
                     [](const auto& a, const auto& b) { return a.share > b.share; });
    tuning_.certain_days = found[2 * paths.size()];
    if (!std::isnan(found.back())) tuning_.dependent_risk = found.back();
  }

  Numbers worth_numbers() {
    const Panel& panel = tuner_.large_panel();
    const std::size_t count = panel.unknowns().size();
    std::vector<double> shares(count);
    for (const auto& share : margin_shares(panel)) shares[share.unknown] = share.share;
    Numbers numbers;
    for (std::size_t u = 0; u < count; ++u) {
      const Panel knowing(study_.root(), kWorthReceivers, study_.seed(), Tuner::kLarge + 2, true,
                          u);
      numbers.push_back(shares[u]);
      numbers.push_back(tuner_.days_at(knowing, tuning_.plan, risk()));
    }
    const Panel middle(study_.root(), 1, study_.seed(), 0, false);
    numbers.push_back(tuner_.days_at(middle, tuning_.plan, risk()));
    numbers.push_back(dependent_risk());
    return numbers;
  }

  /// Of the logarithm of the margin, over two traffics.
  std::vector<analysis::UnknownShare> margin_shares(const Panel& panel) const {
    std::vector<std::vector<double>> margins;
    for (std::uint64_t traffic = 0; traffic < 2; ++traffic)
      margins.push_back(tuner_.all_margins(panel, study_.outlook(tuning_.plan.shape, traffic)));
    std::vector<double> values;
    std::vector<double> unknowns;
    for (std::size_t i = 0; i < panel.size(); ++i) {
      for (const auto& of_traffic : margins)
        values.push_back(std::log(std::max(1e-6, std::min(of_traffic[i], 1e6))));
      unknowns.insert(unknowns.end(), panel.point(i).begin(), panel.point(i).end());
    }
    return analysis::rank_unknowns(values, margins.size(), unknowns, panel.unknowns().size());
  }

  /// NaN where the scenario does not leave both open.
  double dependent_risk() const {
    const auto dependent = study_.with_dependence("probation", "growth", kDependence);
    if (!dependent) return std::numeric_limits<double>::quiet_NaN();
    const Panel panel(dependent->root(), options_.budget.calibration, study_.seed(),
                      Tuner::kLarge + 3, true);
    const auto margins =
        tuner_.all_margins(panel, study_.outlook(tuning_.plan.shape, Tuner::kLarge));
    return static_cast<double>(exceeding(margins)) / static_cast<double>(panel.size());
  }

  const Study& study_;
  const TuningOptions& options_;
  Memo& memo_;
  Tuner tuner_;
  FullRuns runs_;
  std::int64_t length_ = 0;
  std::vector<TunedPlan> finalists_;
  Tuning tuning_;
};

}  // namespace

std::vector<FrontierPoint> best_of_pools(const Study& study, const std::vector<std::int64_t>& sizes,
                                         const TuningOptions& options, Memo& memo,
                                         Problems& problems) {
  const double risk = study.params().risk.value;
  std::vector<FrontierPoint> points;
  // A share of the whole means the same for every pool: what was good for one is tried for the
  // next.
  std::vector<analysis::Point> ramp;
  std::vector<analysis::Point> growth;
  std::int64_t length = 0;
  for (const std::int64_t size : sizes) {
    const Study pool = study.with_addresses(static_cast<std::size_t>(size), problems);
    if (!problems.empty()) return {};
    Tuner tuner(pool, options.budget, memo, [&](const std::string& step) {
      if (options.progress) options.progress(step, 0.0);
    });
    const std::string label = fmt::format("pool{}", size);
    const auto ramps = tuner.tune(label + "/geometric", pool.family(FamilyName::geometric), risk,
                                  {.generations = options.generations / 3, .known = ramp});
    std::vector<TunedPlan> plans = ramps;
    if (!plans.empty()) {
      ramp = {plans.front().point};
      if (length == 0) length = length_beside(plans.front().objective);
      const PlanFamily family = pool.family(FamilyName::growth, length);
      growth.push_back(family.embedded(ramp.front()));
      auto grown =
          tuner.tune(label + "/growth", family, risk,
                     {.generations = options.generations, .known = growth, .screen = false});
      growth.clear();
      if (!grown.empty()) growth.push_back(grown.front().point);
      if (!grown.empty() && grown.front().objective < plans.front().objective)
        plans = {grown.front()};
    }
    if (!plans.empty() && !ramps.empty()) plans.push_back(ramps.front());
    FrontierPoint& point = points.emplace_back(point_of(risk, pool, plans));
    point.days_apart = plans.empty() ? point.days : tuner.days_apart(plans.front(), risk);
  }
  return points;
}

std::optional<Tuning> tune(const Study& study, const TuningOptions& options, Memo& memo) {
  return Pipeline(study, options, memo).go();
}

}  // namespace weir::experiments
