#include "experiments/tune/reaction_search.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "models/purpose.h"
#include "sim/quasi_random.h"

namespace weir::experiments {
namespace {

using analysis::Candidate;
using analysis::Point;
using analysis::Trial;

constexpr std::size_t kScreened = 32;
constexpr std::uint64_t kGenerations = 8;
constexpr std::size_t kFinalists = 4;
constexpr std::uint64_t kScreeningTraffic = 1'000;  // numbers of traffics: generations lie below
constexpr std::uint64_t kFinalTraffic = 1'001;

/// Of all draws of a search, those of this one.
constexpr std::uint32_t kOrdinal = 0xffff;

}  // namespace

Reaction ReactionSearch::at(const Point& point) {
  constexpr double kDeepest = 0.02;  // what a cut leaves
  constexpr double kSlowest = 0.01;  // taken back a day
  return {.cut = 1.0 - std::pow(kDeepest, point[0]),
          .cut_once_in_hours = std::round(96.0 * point[1]),
          .hold_hours = std::round(48.0 * point[2]),
          .resume = std::pow(kSlowest, point[3])};
}

BestReaction ReactionSearch::best(const Panel& panel, const std::vector<std::size_t>& throttled) {
  BestReaction best;
  best.receivers = throttled.size();
  if (throttled.empty()) return best;
  panel_ = &panel;
  throttled_ = throttled;
  std::vector<Reaction> finalists;
  for (const Point& point : found()) finalists.push_back(at(point));
  Reactions all{nullptr};
  for (const Reaction& reaction : finalists) all.push_back(&reaction);
  const std::vector<double> hours = lost("final", kFinalTraffic, all);
  const auto least =
      static_cast<std::size_t>(std::min_element(hours.begin(), hours.end()) - hours.begin());
  best.lost_before = hours.front();
  best.lost = hours[least];
  best.is_other = least > 0;
  if (best.is_other) best.reaction = finalists[least - 1];
  return best;
}

std::vector<double> ReactionSearch::lost(const std::string& step, std::uint64_t traffic,
                                         const Reactions& all) {
  std::vector<NamedScenario> scenarios;
  for (const Reaction* reaction : all) {
    const Setting root = study_.scenario(shape_, reaction);
    for (const std::size_t receiver : throttled_)
      scenarios.push_back({"", panel_->scenario(receiver, root)});
  }
  const std::uint64_t seed = mix64(StreamKey{study_.seed(), 2, traffic});
  const auto runs = runs_.run("reaction/" + step, scenarios, 1, seed);
  std::vector<double> hours(all.size(), 0.0);
  for (std::size_t i = 0; i < runs.size(); ++i)
    hours[i / throttled_.size()] +=
        24.0 * (runs[i].days.front() - days_) / static_cast<double>(throttled_.size());
  return hours;
}

std::vector<Trial> ReactionSearch::trials(const std::string& step, std::uint64_t traffic,
                                          const std::vector<Point>& points) {
  std::vector<Reaction> reactions;
  for (const Point& point : points) reactions.push_back(at(point));
  Reactions all;
  for (const Reaction& reaction : reactions) all.push_back(&reaction);
  std::vector<Trial> trials;
  for (const double hours : lost(step, traffic, all)) trials.push_back({hours, {}});
  return trials;
}

/// Where the search stood at last, and its best by what it was told.
std::vector<Point> ReactionSearch::found() {
  SobolPoints even(kDimension);
  std::vector<Point> points;
  for (std::size_t i = 0; i < kScreened; ++i) {
    const auto point = even.next();
    points.emplace_back(point.begin(), point.end());
  }
  const std::vector<Trial> screened = trials("screen", kScreeningTraffic, points);
  std::vector<Candidate> known;
  for (std::size_t i = 0; i < points.size(); ++i) known.push_back({points[i], screened[i]});
  analysis::Search search({.dimension = kDimension, .generations = kGenerations}, known);
  const Chance chance(StreamKey{study_.seed(), 0, 0});
  Point stands;
  while (!search.done()) {
    const std::uint64_t generation = search.generation();
    Draw draw = chance.draw(purpose::search, generation, kOrdinal);
    const std::vector<Point> asked = search.ask([&] { return draw.normal(); });
    stands = asked.back();
    search.tell(trials(fmt::format("{}", generation), generation, asked));
  }
  std::vector<Point> last{stands};
  for (const Candidate& candidate : search.best())
    if (last.size() < kFinalists) last.push_back(candidate.point);
  return last;
}

}  // namespace weir::experiments
