#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "analysis/estimate/words.h"
#include "experiments/command/compare_text.h"
#include "experiments/command/json_parts.h"
#include "experiments/command/nested_text.h"
#include "experiments/compare/verdict.h"

namespace weir::experiments {
namespace {

std::string_view word_for(Finding finding) {
  switch (finding) {
    case Finding::less:
      return "less";
    case Finding::more:
      return "more";
    case Finding::none_found:
      return "none found";
    case Finding::same_always:
      return "same in every run";
    case Finding::unknown:
      return "unknown";
  }
  return "";
}

Json difference_json(const Difference& difference) {
  const analysis::Estimate& estimate = difference.paired.estimate;
  if (difference.finding == Finding::unknown) return {{"finding", word_for(difference.finding)}};
  Json doubts = Json::array();
  for (const analysis::Doubt doubt : estimate.doubts) doubts.push_back(analysis::words_for(doubt));
  return {{"finding", word_for(difference.finding)},
          {"difference", estimate.value},
          {"low", estimate.interval.low},
          {"high", estimate.interval.high},
          {"method", analysis::words_for(estimate.method)},
          {"correlation", difference.paired.correlation},
          {"variance_reduction", number(difference.paired.variance_reduction)},
          {"doubts", doubts}};
}

Json against_best_json(const FigureFindings& finding, const std::vector<std::string>& names) {
  Json all = Json::object();
  for (std::size_t v = 0; v < finding.against_best.size(); ++v) {
    const analysis::AgainstBest& against = finding.against_best[v];
    all[names[v]] = {{"difference", against.difference},
                     {"low", against.interval.low},
                     {"high", against.interval.high}};
  }
  const BestVariants best = best_variants(finding, names);
  return {{"variants", all},
          {"best", best.best},
          {"possible", best.possible},
          {"excluded", best.excluded}};
}

Json figure_json(const FigureFindings& finding, const std::vector<std::string>& names) {
  Json json = {{"units", finding.figure.units},
               {"receivers", finding.receivers},
               {"left_out", finding.left_out}};
  for (std::size_t v = 0; v < names.size(); ++v) {
    json["mean"][names[v]] = number(finding.means[v]);
    json["at_horizon"][names[v]] = finding.at_horizon[v];
    if (v > 0) json["against_first"][names[v]] = difference_json(finding.differences[v]);
  }
  if (!finding.against_best.empty()) json["against_best"] = against_best_json(finding, names);
  return json;
}

Json verdict_json(const Comparison& c, std::size_t variant) {
  const Verdict verdict = verdict_on(c.findings, variant, c.contenders[variant].name, c.confidence);
  return {{"found", verdict.found},
          {"none_found", verdict.none_found},
          {"same_always", verdict.same_always},
          {"unknown", verdict.unknown}};
}

Json estimate_json(const analysis::Estimate& estimate) {
  Json doubts = Json::array();
  for (const analysis::Doubt doubt : estimate.doubts) doubts.push_back(analysis::words_for(doubt));
  return {{"value", estimate.value},
          {"low95", estimate.interval.low},
          {"high95", estimate.interval.high},
          {"doubts", doubts}};
}

Json shares_json(const FigureShares& figure) {
  Json json = {{"units", figure.figure.units},
               {"receivers", figure.receivers},
               {"left_out", figure.left_out},
               {"at_horizon", figure.at_horizon}};
  if (!figure.shares) return json;
  json["mean"] = estimate_json(figure.shares->mean);
  json["variance_between_receivers"] = figure.shares->between;
  json["variance_between_traffics"] = figure.shares->within;
  json["share_between_receivers"] = estimate_json(figure.shares->between_share);
  for (const RankedUnknown& unknown : figure.ranking)
    json["unknowns"].push_back({{"path", unknown.path}, {"share", unknown.share}});
  return json;
}

}  // namespace

Json steady_json(const SteadyFigure& figure) {
  Json json{{"series", figure.series},
            {"quantile", number(figure.quantile)},
            {"samples", figure.samples},
            {"cycle", figure.cycle}};
  if (const auto* refusal = std::get_if<analysis::Refusal>(&figure.answer)) {
    json["none_because"] = analysis::words_for(*refusal);
    return json;
  }
  const auto& found = std::get<analysis::SteadyEstimate>(figure.answer);
  json.update(estimate_json(found.estimate));
  json["method"] = analysis::words_for(found.estimate.method);
  json["left_out"] = found.left_out;
  json["batch_length"] = found.batch_length;
  return json;
}

std::string nested_json(const NestedHead& head, const std::vector<FigureShares>& figures) {
  Json json;
  json["scenario"] = head.scenario;
  json["report"] = head.report;
  json["seed"] = head.seed;
  json["receivers"] = head.receivers;
  json["traffics"] = head.traffics;
  json["complete"] = head.complete;
  json["wall_s"] = head.wall_s;
  json["figures"] = Json::object();
  for (const FigureShares& figure : figures)
    json["figures"][figure.figure.name] = shares_json(figure);
  return dump(json);
}

std::string comparison_json(const Comparison& c) {
  const std::vector<std::string> names = c.names();
  Json json;
  json["first"] = names.front();
  json["variants"] = Json::object();
  for (const Contender& contender : c.contenders)
    json["variants"][contender.name] = {{"title", contender.title},
                                        {"report", contender.report},
                                        {"horizon_s", to_seconds(contender.horizon)}};
  json["seed"] = c.seed;
  json["receivers"] = c.receivers;
  json["traffics"] = c.traffics;
  json["confidence"] = c.confidence.value;
  json["interrupted"] = c.interrupted;
  json["wall_s"] = c.wall_s;
  if (c.goal)
    json["goal"] = {{"figure", c.goal->figure},
                    {"precision", c.goal->precision.relative_error},
                    {"most", c.goal->precision.most},
                    {"reached", c.goal->reached}};
  json["remarks"] = c.remarks;
  for (std::size_t v = 1; v < names.size(); ++v) json["verdict"][names[v]] = verdict_json(c, v);
  for (const FigureFindings& finding : c.findings)
    json["figures"][finding.figure.name] = figure_json(finding, names);
  return dump(json);
}

}  // namespace weir::experiments
